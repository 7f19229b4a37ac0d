/** On which days somebody is reminded of an action: when it is due, and once more when it is a week overdue. */
import { daysAfter, isWorkingDay } from '../../shared/zoned-time.ts'

const WEEK = 7
/** The longest weekend, and zones that are a day ahead or behind. */
const AROUND_DAYS = 3

/** What is due on a weekend can be done before it only. */
export function firstReminderOf(due: string): string {
  return isWorkingDay(due) ? due : firstReminderOf(daysAfter(due, -1))
}

/**
 * Since which day somebody should have been told. What nobody could tell on that day is told on a later one, for a week: after it the next
 * reminder comes, or it is too old.
 */
export function remindedSince(due: string, today: string): string | undefined {
  const first = firstReminderOf(due)
  const second = daysAfter(due, WEEK)
  if (today < first || today >= daysAfter(second, WEEK)) return undefined
  return today < second ? first : second
}

/** The days on which an action may be due of which somebody is reminded now, wherever they are. */
export function dueAround(now: Date): { from: string; to: string } {
  const today = now.toISOString().slice(0, 10)
  return { from: daysAfter(today, -2 * WEEK - AROUND_DAYS), to: daysAfter(today, AROUND_DAYS) }
}
