/** A time in words, in the zone that the reply names: for where a platform doesn't show times in the zone of whoever reads them. */
import type { Inline } from '../reply.ts'
import { oneLine } from './clean-text.ts'

type TimeInline = Extract<Inline, { kind: 'time' }>

/** "24 December 2026", "24 December 2026 at 17:00 (Europe/Berlin)". */
export function timeText({ at, zone, form }: TimeInline): string {
  const time = Date.parse(at)
  if (Number.isNaN(time)) return oneLine(at)
  const format = formatIn(zone, form) ?? formatIn('UTC', form)
  return `${format?.format(time)}${form === 'day' ? '' : ` (${format?.resolvedOptions().timeZone})`}`
}

/** Making one takes longer than everything else about a message. */
const formats = new Map<string, Intl.DateTimeFormat>()
const MOST_FORMATS = 1000

/** Undefined for a zone that is none. */
function formatIn(timeZone: string, form: TimeInline['form']): Intl.DateTimeFormat | undefined {
  const key = `${form} ${timeZone}`
  const known = formats.get(key) ?? makeFormat(timeZone, form)
  if (known !== undefined && formats.size < MOST_FORMATS) formats.set(key, known)
  return known
}

function makeFormat(timeZone: string, form: TimeInline['form']): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', ...(form === 'moment' ? { timeStyle: 'short' } : {}), timeZone })
  } catch {
    return undefined
  }
}
