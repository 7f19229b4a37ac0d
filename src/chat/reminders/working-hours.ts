/** When somebody may be reminded: in the working hours of the place where they live. */
import { dayIn } from '../../assessments/calendar-day.ts'
import { isWorkingDay, minutesIn } from '../../shared/zoned-time.ts'

const FROM_MINUTES = 9 * 60
const TO_MINUTES = 17 * 60

export function isWorkingHour(zone: string, now: Date): boolean {
  const minutes = minutesIn(zone, now)
  return isWorkingDay(dayIn(zone, now)) && minutes >= FROM_MINUTES && minutes < TO_MINUTES
}
