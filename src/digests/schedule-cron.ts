/**
 * Cron expressions, at most one time a day: croner says on which days, and what the clock does on them is
 * decided where it is for all schedules.
 */
import { Cron } from 'croner'

const EXAMPLE = '“0 9 * * 1”, Mondays at 09:00'
/** Far enough back that whatever ever comes has come by now, leap days too. */
const LONG_AGO = new Date('2000-01-01T00:00:00Z')

/** What is wrong with it and what to write instead. */
export function cronProblem(expression: string): string | undefined {
  const fields = fieldsOf(expression)
  if (fields.length !== 5) {
    return `A cron expression has five fields here: minute, hour, day of the month, month, weekday. Seconds are left out. Write for example ${EXAMPLE}.`
  }
  if (!fields.slice(0, 2).every((field) => /^\d{1,2}$/.test(field))) {
    return `A digest comes once a day at most, so the minute and the hour are one number each. Write for example ${EXAMPLE}.`
  }
  try {
    if (open(expression).nextRun(LONG_AGO) === null) return `The cron expression “${expression}” names a day that never comes. Write for example ${EXAMPLE}.`
  } catch (error) {
    // What croner throws for text that it can't read.
    if (error instanceof TypeError || error instanceof RangeError) {
      return `The cron expression “${expression}” can't be read. Write for example ${EXAMPLE}.`
    }
    throw error
  }
  return undefined
}

/** `09:00` */
export function cronTime(expression: string): string {
  const [minute = '', hour = ''] = fieldsOf(expression)
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
}

/** @param from the first day that may be among them */
export function* cronDays(expression: string, from: string): Generator<string> {
  const job = open(expression)
  let last: Date | null = new Date(Date.parse(`${from}T00:00:00Z`) - 1000)
  while (true) {
    last = job.nextRun(last)
    if (last === null) return
    yield last.toISOString().slice(0, 10)
  }
}

function open(expression: string): Cron {
  return new Cron(expression, { mode: '5-part', timezone: 'UTC', paused: true })
}

function fieldsOf(expression: string): string[] {
  return expression.trim().split(/\s+/)
}
