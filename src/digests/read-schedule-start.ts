/** Finds in what somebody wrote the day from which weeks are counted. */
import { daysBetween, isDay } from '../assessments/calendar-day.ts'
import { UserError } from '../shared/errors.ts'
import { daysAfter } from '../shared/zoned-time.ts'
import { mondayOf } from './schedule-occurrences.ts'

const MAX_DAYS = 366
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const DAY = '\\d{1,2}(?:st|nd|rd|th)?'
const START = new RegExp(
  '\\b(?:starting|beginning|from|as of)(?: on| from)?(?: the)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)?(?: the)? (?:' +
    [
      '(?<iso>\\d{4}-\\d\\d-\\d\\d)',
      '(?<week>this|next) week',
      `(?<day>${DAY})(?: of)? (?<month>${MONTH})\\b,?(?: (?<year>\\d{4}))?`,
      `(?<month2>${MONTH}) (?<day2>${DAY})\\b,?(?: (?<year2>\\d{4}))?`,
    ].join('|') +
    ')',
)

/** @param text in small letters @param today in the zone of the schedule */
export function readStart(text: string, today: string): { start: string | undefined; rest: string } {
  const match = START.exec(text)
  if (match === null) return { start: undefined, rest: text }
  const { iso, week, day, month, year, day2, month2, year2 } = match.groups ?? {}
  const rest = text.replace(START, ' ')
  if (week !== undefined) return { start: daysAfter(mondayOf(today), week === 'next' ? 7 : 0), rest }
  const start = iso ?? dayNamed({ day: day ?? day2 ?? '', month: month ?? month2 ?? '', year: year ?? year2 }, today)
  if (!isDay(start)) throw new UserError(`There is no such day as in “${match[0]}”. Write for example “starting 2026-12-14”.`)
  if (Math.abs(daysBetween(today, start)) > MAX_DAYS) throw new UserError(`“${match[0]}” is more than a year away. Name a nearer day, or leave it out.`)
  return { start, rest }
}

/** Without a year, the next such day. */
function dayNamed({ day, month, year }: { day: string; month: string; year: string | undefined }, today: string): string {
  const number = String(MONTHS.indexOf(month.slice(0, 3)) + 1).padStart(2, '0')
  const inYear = (each: number) => `${each}-${number}-${String(Number.parseInt(day, 10)).padStart(2, '0')}`
  if (year !== undefined) return inYear(Number(year))
  const thisYear = Number(today.slice(0, 4))
  return inYear(thisYear) >= today ? inYear(thisYear) : inYear(thisYear + 1)
}
