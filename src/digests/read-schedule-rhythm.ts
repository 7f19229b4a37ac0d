/** Finds in what somebody wrote how often, and on which days. */
import { UserError } from '../shared/errors.ts'
import { LAST_DAY, MAX_WEEKS, type MonthlyDay, WEEKDAYS, type Weekday } from './schedule.ts'

const DAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?'
const NTH = { first: 1, '1st': 1, second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, last: 'last' } as const
const OF_MONTH = '(?:(?: of)? (?:the|each|every|a) month| monthly)'

/** What can't be had, or not so, and what to write instead. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/\bhourly|\b(?:hours?|minutes?|minutely)\b/, 'A digest comes once a day at most. Write for example “weekdays at 9” or “every Monday at 9”.'],
  [/\b(?:twice|thrice|(?:two|three|\d) times|\dx)\b/, 'Name the days, for example “every Monday and Thursday at 9”.'],
  [/\b(?:bi|semi)-?weekly\b/, '“Biweekly” can mean two things. Write “every other Monday at 9” or “every Monday and Thursday at 9”.'],
  [/\b(?:bi|semi)-?monthly\b/, '“Bimonthly” can mean two things. Write “every 2 weeks on Monday” or, for every other month, “cron 0 9 1 */2 *”.'],
  [
    /\b(?:quarterly|quarters?|yearly|annually|years?|(?:other|second|2nd|third|3rd|\d+) months?|months)\b/,
    'For every few months write a cron expression, for example “cron 0 9 1 1,4,7,10 *” for the first day of each quarter.',
  ],
  [/\b\d+ days\b|\bother day\b/, 'Digests follow weeks or months. Name the days, for example “every Monday and Thursday at 9”.'],
  [
    /\b(?:first|1st|last) (?:working|business|week) ?days?\b/,
    'For the first working day of the month write “cron 0 9 1W * *”, for the last one “cron 0 9 LW * *”.',
  ],
  [
    /\b\d{4}-\d\d-\d\d\b|\b(?:today|tomorrow|january|february|march|april|may|june|july|august|september|october|november|december)\b/,
    'A digest comes again and again: name weekdays or a day of the month, for example “every other Monday starting 2026-12-14 at 9”.',
  ],
  [new RegExp(`\\b(?:fifth|5th) ${DAY}\\b`), 'Not every month has five of a weekday. Write for example “last Friday of the month at 9”.'],
]

export type Rhythm = { kind: 'weekly'; every: number; weekdays: Weekday[] } | { kind: 'monthly'; on: MonthlyDay | undefined }

export interface FoundRhythm {
  /** Undefined where nothing says how often. */
  rhythm: Rhythm | undefined
  notes: string[]
  rest: string
}

/** @param text in small letters, without the zone, with numbers as digits */
export function readRhythm(text: string): FoundRhythm {
  for (const [pattern, instead] of REFUSED) if (pattern.test(text)) throw new UserError(instead)
  const nth = readNth(text)
  const weeks = readWeeks(nth.rest)
  const month = readMonth(weeks.rest)
  const { weekdays, rest } = readWeekdays(month.rest)

  const days = [...nth.days, ...month.days]
  if (days.length > 1) {
    throw new UserError('A monthly digest has one day. For several write a cron expression, for example “cron 0 9 1,15 * *” or “cron 0 9 * * MON#1,MON#3”.')
  }
  const [on] = days
  if (!month.isMonthly && on === undefined) {
    const isWeekly = weeks.every !== undefined || weekdays.length > 0
    return { rhythm: isWeekly ? { kind: 'weekly', every: weeks.every ?? 1, weekdays } : undefined, notes: weeks.notes, rest }
  }
  if (weeks.every !== undefined) throw new UserError('Choose weeks or months: “every other Monday at 9” or “first Monday of the month at 9”.')
  if (weekdays.length > 0) throw new UserError('Say which of them in the month, for example “first Monday of the month at 9”.')
  return { rhythm: { kind: 'monthly', on }, notes: [], rest }
}

/** `second tuesday of the month`; without the month, `every second tuesday` is about weeks. */
function readNth(text: string): { days: MonthlyDay[]; rest: string } {
  const days: MonthlyDay[] = []
  const speaksOfMonth = /\bmonth(?:ly)?\b/.test(text)
  const pattern = new RegExp(`\\b(every |each )?(${Object.keys(NTH).join('|')}) (${DAY})\\b${OF_MONTH}?`, 'g')
  const rest = text.replace(pattern, (all: string, every: string | undefined, word: keyof typeof NTH, day: string) => {
    const nth = NTH[word]
    if (every !== undefined && !speaksOfMonth && nth !== 1 && nth !== 'last') return all
    days.push({ nth, weekday: weekdayOf(day) })
    return ' '
  })
  return { days, rest }
}

function readWeeks(text: string): { every: number | undefined; notes: string[]; rest: string } {
  const found: number[] = []
  const notes: string[] = []
  const take = (every: number) => {
    if (every < 1 || every > MAX_WEEKS) {
      throw new UserError(`Between 1 and ${MAX_WEEKS} weeks can lie from one digest to the next. Write for example “every 3 weeks”.`)
    }
    found.push(every)
    return ' '
  }
  const rest = text
    .replace(new RegExp(`\\b(?:every|each) (\\d+) ?(?:weeks?\\b|(?=${DAY}\\b))`, 'g'), (_, every: string) => take(Number(every)))
    .replace(new RegExp(`\\b(?:every|each) (?:other|alternate) (?:weeks?\\b|(?=${DAY}\\b))|\\balternate (?:weeks?\\b|(?=${DAY}\\b))`, 'g'), () => take(2))
    .replace(/\b(?:every fortnight|fortnightly)\b/g, () => take(2))
    .replace(new RegExp(`\\b(?:every|each) (second|2nd|third|3rd|fourth|4th) (?:weeks?\\b|(${DAY})\\b)`, 'g'), (_, word: keyof typeof NTH, day?: string) => {
      const every = Number(NTH[word])
      if (day !== undefined) notes.push(`Read as every ${every} weeks; for once a month write “${word} ${nameOf(day)} of the month”.`)
      return `${take(every)}${day ?? ''}`
    })
    .replace(/\b(?:weekly|(?:every|each|once a|per|a) week)\b/g, () => take(1))
  const counts = [...new Set(found)]
  // "Weekly, every 3 weeks" is said by nobody who knows what they want.
  if (counts.length > 1) throw new UserError('This says how often twice. Write for example “every 3 weeks on Thursday at 14:00”.')
  return { every: counts[0], notes, rest }
}

function readMonth(text: string): { isMonthly: boolean; days: MonthlyDay[]; rest: string } {
  const days: MonthlyDay[] = []
  const isMonthly = /\bmonth(?:ly)?\b|\bmonth-?end\b/.test(text)
  const take = (day: number) => {
    if (day < 1 || day > LAST_DAY) throw new UserError(`No month has a day ${day}. Write for example “monthly on the 15th at 9”.`)
    days.push({ day })
    return ' '
  }
  const rest = text
    .replace(new RegExp(`\\b(?:last day|end|last(?=${OF_MONTH}))${OF_MONTH}?(?!\\w)|\\bmonth[ -]?end\\b`, 'g'), () => take(LAST_DAY))
    .replace(/\b(\d+)(?:st|nd|rd|th)\b(?: day\b)?/g, (_, day: string) => take(Number(day)))
    .replace(/\bday (\d+)\b/g, (_, day: string) => take(Number(day)))
    .replace(/\bfirst(?: day)?\b/g, () => take(1))
    .replace(/\bon (?:the )?(\d+)\b(?![:.h]| ?(?:am|pm)\b)/g, (all: string, day: string) => (isMonthly && days.length === 0 ? take(Number(day)) : all))
    .replace(new RegExp(`\\bmonthly\\b|\\b(?:once a|per|in)? ?month\\b|${OF_MONTH}`, 'g'), ' ')
  return { isMonthly, days, rest }
}

function readWeekdays(text: string): { weekdays: Weekday[]; rest: string } {
  const found = new Set<Weekday>()
  const take = (days: readonly Weekday[]) => {
    for (const day of days) found.add(day)
    return ' '
  }
  const rest = text
    .replace(/\b(?:week|work|working |business )days?\b/g, () => take(WEEKDAYS.slice(0, 5)))
    .replace(/\bweekends?\b/g, () => take(WEEKDAYS.slice(5)))
    .replace(/\bdaily\b|\b(?:every|each) day\b/g, () => take(WEEKDAYS))
    .replace(new RegExp(`\\b(?:from )?(${DAY}) ?(?:-|to|through|thru|until) ?(${DAY})\\b`, 'g'), (_, from: string, to: string) =>
      take(range(weekdayOf(from), weekdayOf(to))),
    )
    .replace(new RegExp(`\\b${DAY}\\b`, 'g'), (day) => take([weekdayOf(day)]))
  return { weekdays: WEEKDAYS.filter((each) => found.has(each)), rest }
}

/** Friday to Monday goes over the end of the week. */
function range(from: Weekday, to: Weekday): Weekday[] {
  const first = WEEKDAYS.indexOf(from)
  const length = ((WEEKDAYS.indexOf(to) - first + 7) % 7) + 1
  return [...WEEKDAYS, ...WEEKDAYS].slice(first, first + length)
}

function weekdayOf(text: string): Weekday {
  return WEEKDAYS.find((each) => each.startsWith(text.slice(0, 3))) as Weekday
}

function nameOf(text: string): string {
  const weekday = weekdayOf(text)
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}`
}
