/** When somebody may be reminded: in the working hours of the place where they live, and not as soon as the round has begun. */
import { dayIn } from '../../assessments/calendar-day.ts'
import { isWorkingDay, minutesIn } from '../../shared/zoned-time.ts'

const FROM_MINUTES = 9 * 60
const TO_MINUTES = 17 * 60
/** Who was asked just now need not be told again. */
const LEAVE_ALONE_MS = 4 * 60 * 60 * 1000

export function isWorkingHour(zone: string, now: Date): boolean {
  const minutes = minutesIn(zone, now)
  return isWorkingDay(dayIn(zone, now)) && minutes >= FROM_MINUTES && minutes < TO_MINUTES
}

export function isTooEarly({ startedAt }: { startedAt: string }, now: Date): boolean {
  return now.getTime() < Date.parse(startedAt) + LEAVE_ALONE_MS
}
