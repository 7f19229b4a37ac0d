/** The moments that a schedule means, each by the clock of its zone. */
import { daysBetween } from '../assessments/calendar-day.ts'
import { daysAfter, momentOf, wallClock } from '../shared/zoned-time.ts'
import { type MonthlyDay, type Schedule, WEEKDAYS, type Weekday, type WeeklySchedule } from './schedule.ts'
import { cronDays, cronTime } from './schedule-cron.ts'

const HOUR_MS = 60 * 60 * 1000
/** Older than this, a missed occurrence is not made up for. */
const TOO_OLD_MS = 24 * HOUR_MS
/** Sending many at once takes a while, and nobody minds that. */
const LATE_MS = HOUR_MS

export interface Occurrence {
  /** The day that the schedule names, `2026-12-24`: at most one occurrence has it, so it tells them apart. */
  localDate: string
  /** In UTC. */
  at: string
  /** `09:00`, as the clock in the zone shows then. Where the schedule's own time does not exist on that day, it is the next that does. */
  local: string
  zone: string
}

/** Later than `after`, in order. */
export function occurrencesAfter(schedule: Schedule, after: Date, count: number): Occurrence[] {
  return occurrences(schedule, after).take(count).toArray()
}

/** The last one after `since` that should have run by now, unless it is too old. One that is due this moment counts. */
export function lastMissed(schedule: Schedule, since: Date, now: Date, withinMs = TOO_OLD_MS): Occurrence | undefined {
  const from = new Date(Math.max(since.getTime(), now.getTime() - withinMs))
  let last: Occurrence | undefined
  for (const occurrence of occurrences(schedule, from)) {
    if (Date.parse(occurrence.at) > now.getTime()) return last
    last = occurrence
  }
  return last
}

export function isLate({ at }: Pick<Occurrence, 'at'>, now: Date): boolean {
  return now.getTime() - Date.parse(at) > LATE_MS
}

function* occurrences(schedule: Schedule, after: Date): Generator<Occurrence> {
  const { zone } = schedule
  const time = schedule.kind === 'cron' ? cronTime(schedule.expression) : schedule.time
  // What was due late yesterday can be after midnight when the clocks go forward.
  for (const localDate of days(schedule, daysAfter(wallClock(zone, after).day, -1))) {
    const at = momentOf(localDate, time, zone)
    if (at > after) yield { localDate, at: at.toISOString(), local: clockText(wallClock(zone, at).minutes), zone }
  }
}

function* days(schedule: Schedule, from: string): Generator<string> {
  if (schedule.kind === 'cron') return yield* cronDays(schedule.expression, from)
  const isIts = schedule.kind === 'weekly' ? (day: string) => isInWeek(schedule, day) : (day: string) => isInMonth(schedule.on, day)
  for (let day = schedule.kind === 'weekly' && schedule.anchor > from ? schedule.anchor : from; ; day = daysAfter(day, 1)) {
    if (isIts(day)) yield day
  }
}

function isInWeek({ every, weekdays, anchor }: WeeklySchedule, day: string): boolean {
  const weeks = daysBetween(mondayOf(anchor), mondayOf(day)) / 7
  return weekdays.includes(weekdayOf(day)) && weeks % every === 0
}

function isInMonth(on: MonthlyDay, day: string): boolean {
  const dayOfMonth = Number(day.slice(8))
  const left = daysInMonth(day) - dayOfMonth
  if ('day' in on) return dayOfMonth === on.day || (left === 0 && dayOfMonth < on.day)
  return weekdayOf(day) === on.weekday && (on.nth === 'last' ? left < 7 : Math.ceil(dayOfMonth / 7) === on.nth)
}

export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[indexInWeek(day)] as Weekday
}

export function mondayOf(day: string): string {
  return daysAfter(day, -indexInWeek(day))
}

/** Monday is 0. */
function indexInWeek(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

function daysInMonth(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
