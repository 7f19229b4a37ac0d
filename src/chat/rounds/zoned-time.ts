/** Days and times as the clock on somebody's wall shows them, and the moment in UTC that they mean. */
import { dayIn } from '../../assessments/calendar-day.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Minutes since midnight. @param zone IANA; one that is unknown counts as UTC */
export function minutesIn(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: known(zone), hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).formatToParts(at)
  const read = (type: 'hour' | 'minute') => Number(parts.find((part) => part.type === type)?.value)
  return read('hour') * 60 + read('minute')
}

/** Monday to Friday. */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

export function workingDaysAfter(day: string, count: number): string {
  if (count === 0) return day
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  return workingDaysAfter(next, isWorkingDay(next) ? count - 1 : count)
}

/** A time that the change to summer time leaves out is the one an hour later. */
export function momentOf(day: string, time: string, zone: string): Date {
  const asUtc = new Date(`${day}T${time}:00Z`)
  const nearby = shifted(asUtc, asUtc, zone)
  return shifted(asUtc, nearby, zone)
}

/** @param near tells on which side of a change of the clocks */
function shifted(asUtc: Date, near: Date, zone: string): Date {
  const wall = Date.parse(`${dayIn(zone, near)}T00:00:00Z`) + minutesIn(zone, near) * MINUTE_MS
  const offset = wall - Math.floor(near.getTime() / MINUTE_MS) * MINUTE_MS
  return new Date(asUtc.getTime() - offset)
}

function known(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return 'UTC'
    throw error
  }
}
