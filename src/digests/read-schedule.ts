/** What somebody writes about when a digest should come, such as "every other Monday at 9 in Berlin", as a schedule. */
import { UserError } from '../shared/errors.ts'
import { isZone, momentOf, wallClock } from '../shared/zoned-time.ts'
import { type Rhythm, readRhythm } from './read-schedule-rhythm.ts'
import { readStart } from './read-schedule-start.ts'
import { readTime } from './read-schedule-time.ts'
import { readZone } from './read-schedule-zone.ts'
import { type Schedule, scheduleSchema, type Weekday } from './schedule.ts'
import { cronProblem } from './schedule-cron.ts'
import { occurrencesAfter } from './schedule-occurrences.ts'

const MAX_LENGTH = 200
const DEFAULT_TIME = '09:00'
const EXAMPLES = 'Write for example “every other Monday at 9 in Berlin”, “first Tuesday of the month at 10:00” or “cron 0 9 * * 1 Europe/Berlin”.'
/** Say nothing more about when. */
const FILLER =
  /\b(?:a|an|and|at|by|digests?|each|every|for|give|in|it|local|me|my|of|on|once|our|per|please|post|send|the|time|timezone|to|us|zone)\b|[,;:()&+/@-]/g
const CRON = /^\s*(?:cron(?: expression)?\b ?:? ?|(?=.*\*)(?=[\d*][\d*,/-]*\s+[\d*][\d*,/-]*\s+[\d*?L][\w*,/#?+-]*(?:\s|$)))/i
const CRON_FIELD = /^[\d*?][\w*?,/#+-]*$/
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

export type ReadSchedule = { schedule: Schedule; assumed: string[] } | { problem: string }

export interface Reader {
  now: Date
  /** Of the person who writes: what they mean when they name no place. */
  zone: string
}

/** @returns the schedule and what was filled in, each a sentence; or what is wrong and what to write instead */
export function readSchedule(text: string, { now, zone }: Reader): ReadSchedule {
  const reader = { now, zone: isZone(zone) ? zone : 'UTC' }
  try {
    const clean = tidied(text)
    if (clean.length > MAX_LENGTH) throw new UserError(`This is too long for a schedule. ${EXAMPLES}`)
    const cron = CRON.exec(clean)
    return cron === null ? readWords(clean.toLowerCase(), reader) : readCron(clean.slice(cron[0].length), reader)
  } catch (error) {
    if (error instanceof UserError) return { problem: error.message }
    throw error
  }
}

function readCron(text: string, reader: Reader): ReadSchedule {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const afterFields = words.slice(5).findIndex((word) => !CRON_FIELD.test(word))
  const length = afterFields === -1 ? words.length : 5 + afterFields
  const expression = words.slice(0, length).join(' ')
  const problem = cronProblem(expression)
  if (problem !== undefined) throw new UserError(problem)
  const place = readPlace(words.slice(length).join(' ').toLowerCase(), reader)
  refuseRest(place.rest)
  return { schedule: scheduleSchema.parse({ kind: 'cron', expression, zone: place.zone }), assumed: place.assumed }
}

function readWords(text: string, reader: Reader): ReadSchedule {
  const place = readPlace(withDigits(text), reader)
  const { start, rest: afterStart } = readStart(place.rest, wallClock(place.zone, reader.now).day)
  const { rhythm, notes, rest: afterRhythm } = readRhythm(afterStart)
  const { time: given, notes: timeNotes, rest } = readTime(afterRhythm)
  refuseRest(rest)
  if (rhythm === undefined) throw new UserError(`This does not say how often. ${EXAMPLES}`)
  const time = given ?? DEFAULT_TIME
  const assumed = [...notes, ...timeNotes, ...missing(rhythm), ...(given === undefined ? [`No time given: ${time}.`] : []), ...place.assumed]
  return { schedule: scheduleSchema.parse(filled(rhythm, { time, zone: place.zone, start }, reader.now)), assumed }
}

function missing(rhythm: Rhythm): string[] {
  if (rhythm.kind === 'monthly') return rhythm.on === undefined ? ['No day given: the first Monday of the month.'] : []
  return rhythm.weekdays.length === 0 ? ['No weekday given: Monday.'] : []
}

interface Filling {
  time: string
  zone: string
  start: string | undefined
}

function filled(rhythm: Rhythm, { time, zone, start }: Filling, now: Date): Schedule {
  if (rhythm.kind === 'monthly') {
    if (start !== undefined) throw new UserError('A monthly digest comes from now on: leave the first day out, or pause the digest until then.')
    return { kind: 'monthly', on: rhythm.on ?? { nth: 1, weekday: 'monday' }, time, zone }
  }
  const { every } = rhythm
  const weekdays: Weekday[] = rhythm.weekdays.length === 0 ? ['monday'] : rhythm.weekdays
  const weekly = { kind: 'weekly' as const, weekdays, time, zone }
  const from = start ?? wallClock(zone, now).day
  const after = start === undefined ? now : new Date(momentOf(start, '00:00', zone).getTime() - 1)
  const [first] = occurrencesAfter({ ...weekly, every: 1, anchor: from }, after, 1)
  return { ...weekly, every, anchor: first?.localDate ?? from }
}

function readPlace(text: string, { now, zone: own }: Reader): { zone: string; assumed: string[]; rest: string } {
  const { zone, notes, rest } = readZone(text, { own, now })
  return { zone: zone ?? own, assumed: zone === undefined ? [`No place given: ${own}.`] : notes, rest }
}

function refuseRest(rest: string): void {
  const unread = rest.replace(FILLER, ' ').replace(/\s+/g, ' ').trim()
  if (unread !== '') throw new UserError(`“${unread}” can't be read as part of a schedule. ${EXAMPLES}`)
}

/** Without accents, quotation marks and the dots of a.m. */
function tidied(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[–—]/g, '-')
    .replace(/['’]/g, '')
    .replace(/[“”„"`!]/g, ' ')
  return plain
    .replace(/\.(?!\d)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function withDigits(text: string): string {
  return text.replace(new RegExp(`\\b(?:${NUMBERS.join('|')})\\b`, 'g'), (word) => String(NUMBERS.indexOf(word) + 1))
}
