/** Finds in what somebody wrote the time of day. */
import { UserError } from '../shared/errors.ts'

const EXAMPLES = 'for example 09:00, 16:30 or 4 pm'
const NAMED: Record<string, string> = { noon: '12:00', midday: '12:00', midnight: '00:00' }
const NAME = /\b(?:at )?(noon|midday|midnight)\b/g
/** What a part of the day means where no hour is given. */
const PARTS: Record<string, { half: 'am' | 'pm'; time: string }> = {
  morning: { half: 'am', time: '09:00' },
  afternoon: { half: 'pm', time: '14:00' },
  evening: { half: 'pm', time: '18:00' },
}
const PART = /\b(?:in the )?(morning|afternoon|evening)s?\b/
/** A number that is still there now is a time, for everything else was read before. */
const CLOCK =
  /(?:@ ?|\bat )?\b(?:(?<=\bat )(?<military>\d{2})(?<past>\d{2})\b|(?<hour>\d+)(?:[:.](?<minute>\d+)|h(?<after>\d{2})?\b)?) ?(?:(?:hours|hrs?|h|oclock|uhr)\b)? ?(?<half>(?:am|pm)\b)?/g
/** Before this, without a word on it, an hour can be in the morning or in the afternoon. */
const FIRST_MORNING_HOUR = 7

export interface FoundTime {
  /** `09:00` */
  time: string | undefined
  notes: string[]
  rest: string
}

/** @param text in small letters, without any other numbers */
export function readTime(text: string): FoundTime {
  const part = PART.exec(text)?.[1] ?? ''
  const { half, time: usual } = PARTS[part] ?? {}
  const times: string[] = []
  const rest = text
    .replace(PART, ' ')
    .replace(NAME, (_, name: string) => {
      times.push(NAMED[name] as string)
      return ' '
    })
    .replace(CLOCK, (written: string, ...matched) => {
      times.push(timeOf(written.trim(), matched.at(-1), half))
      return ' '
    })
  if (times.length > 1) throw new UserError(`These are several numbers or times. Write one time of day, ${EXAMPLES}; for other times make another digest.`)
  if (times.length === 1 || usual === undefined) return { time: times[0], notes: [], rest }
  return { time: usual, notes: [`In the ${part} is read as ${usual}.`], rest }
}

interface Clock {
  military?: string
  past?: string
  hour?: string
  minute?: string
  after?: string
  half?: 'am' | 'pm'
}

/** @param ofDay from a part of the day that is named elsewhere */
function timeOf(written: string, { military = '', past, hour: given = military, minute = past, after = '00', half }: Clock, ofDay?: 'am' | 'pm'): string {
  const minutes = minute ?? after
  const hour = Number(given)
  const isTime = given.length <= 2 && /^[0-5]\d$/.test(minutes) && (half === undefined ? hour <= 23 : hour >= 1 && hour <= 12)
  if (!isTime) throw new UserError(`“${written}” is no time of day. Write ${EXAMPLES}.`)
  const meant = half ?? (hour >= 1 && hour <= 12 ? ofDay : undefined)
  if (meant === undefined && given.length === 1 && hour > 0 && hour < FIRST_MORNING_HOUR) {
    const shown = minutes === '00' ? given : `${given}:${minutes}`
    throw new UserError(`“${written}” can be in the morning or in the afternoon. Write ${shown} am or ${shown} pm.`)
  }
  const inDay = meant === undefined ? hour : (hour % 12) + (meant === 'am' ? 0 : 12)
  return `${String(inDay).padStart(2, '0')}:${minutes}`
}
