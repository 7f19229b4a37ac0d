/** A schedule and its occurrences in plain words, the same on every surface. */
import { wallClock } from '../shared/zoned-time.ts'
import { LAST_DAY, type MonthlyDay, type Schedule, WEEKDAYS, type Weekday, type WeeklySchedule } from './schedule.ts'
import { cronTime } from './schedule-cron.ts'
import { type Occurrence, occurrencesAfter, weekdayOf } from './schedule-occurrences.ts'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const NTH = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', last: 'last' } as const

/** `every other Monday at 09:00 Berlin time` */
export function describeSchedule(schedule: Schedule): string {
  const clock = clockOf(schedule.zone)
  switch (schedule.kind) {
    case 'weekly':
      return `${describeWeeks(schedule)} at ${schedule.time} ${clock}`
    case 'monthly':
      return `${describeDay(schedule.on)} at ${schedule.time} ${clock}`
    case 'cron':
      return `at ${cronTime(schedule.expression)} ${clock} on the days of the cron expression “${schedule.expression}”`
  }
}

/** As it can be typed again. */
export function scheduleAsTyped(schedule: Schedule): string {
  return schedule.kind === 'cron' ? `cron ${schedule.expression} ${schedule.zone}` : describeSchedule(schedule)
}

/** `Monday 7 December 2026, 09:00 (Europe/Berlin)` */
export function sayOccurrence({ at, local, zone }: Occurrence): string {
  const { day } = wallClock(zone, new Date(at))
  return `${weekdayName(weekdayOf(day))} ${sayDay(day)}, ${local} (${zone})`
}

/** `7 December 2026` */
export function sayDay(day: string): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

/** What every answer about a schedule repeats. */
export function nextThree(schedule: Schedule, now: Date): string[] {
  return occurrencesAfter(schedule, now, 3).map(sayOccurrence)
}

export function weekdayName(weekday: Weekday): string {
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}`
}

function describeWeeks({ every, weekdays }: WeeklySchedule): string {
  if (every === 1) return daysText(weekdays, 'every ')
  if (every === 2) return weekdays.length === 1 ? daysText(weekdays, 'every other ') : `every other week, ${daysText(weekdays, 'on ')},`
  return `every ${every} weeks on ${daysText(weekdays, '')}`
}

/** @param before what comes before days that are named one by one */
function daysText(weekdays: readonly Weekday[], before: string): string {
  if (weekdays.length === 7) return 'every day'
  if (weekdays.join() === WEEKDAYS.slice(0, 5).join()) return 'Monday to Friday'
  const names = weekdays.map(weekdayName)
  return `${before}${[names.slice(0, -1).join(', '), ...names.slice(-1)].filter((each) => each !== '').join(' and ')}`
}

function describeDay(on: MonthlyDay): string {
  if ('nth' in on) return `on the ${NTH[on.nth]} ${weekdayName(on.weekday)} of every month`
  if (on.day === LAST_DAY) return 'on the last day of every month'
  return `on the ${ordinal(on.day)} of every month${on.day > 28 ? ', or its last day if it is shorter,' : ''}`
}

function ordinal(day: number): string {
  const ending = Math.floor(day / 10) === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}

/** `Berlin time`; what has no place in its name, such as UTC, is said as it is. */
function clockOf(zone: string): string {
  if (!zone.includes('/') || zone.startsWith('Etc/')) return zone
  return `${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')} time`
}
