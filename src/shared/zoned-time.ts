/** Days and times as the clock on somebody's wall shows them, and the moment in UTC that they mean. */

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>()

export interface WallClock {
  /** `2026-12-24` */
  day: string
  /** Since midnight, as the clock counts them. */
  minutes: number
}

/** Names as in `Europe/Berlin` and UTC; a fixed offset is none, since it knows no summer time. */
export function isZone(text: string): boolean {
  return /^[a-z]/i.test(text) && formatIn(text) !== undefined
}

/** @param zone IANA; one that is unknown counts as UTC */
export function wallClock(zone: string, at: Date): WallClock {
  const format = formatIn(zone) ?? formatIn('UTC')
  const parts = Object.fromEntries((format?.formatToParts(at) ?? []).map(({ type, value }) => [type, value]))
  return { day: `${parts.year}-${parts.month}-${parts.day}`, minutes: Number(parts.hour) * 60 + Number(parts.minute) }
}

/** Minutes since midnight. */
export function minutesIn(zone: string, at: Date): number {
  return wallClock(zone, at).minutes
}

/** Monday to Friday. */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** @param count may be negative */
export function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

export function workingDaysAfter(day: string, count: number): string {
  if (count === 0) return day
  const next = daysAfter(day, 1)
  return workingDaysAfter(next, isWorkingDay(next) ? count - 1 : count)
}

/** The first moment at which the clock shows this time: of two the first, and of none the next time that exists. */
export function momentOf(day: string, time: string, zone: string): Date {
  const shown = Date.parse(`${day}T${time}:00Z`)
  // No zone is a day away from UTC, and none changes its clocks twice in two days.
  const offsets = [shown - DAY_MS, shown + DAY_MS].map((nearby) => offsetAt(zone, nearby))
  const moments = offsets.map((offset) => shown - offset).filter((moment) => moment + offsetAt(zone, moment) === shown)
  return new Date(moments.length > 0 ? Math.min(...moments) : endOfGap(zone, shown, offsets))
}

/** Between a moment that shows too little and one that shows too much. */
function endOfGap(zone: string, shown: number, offsets: number[]): number {
  let before = shown - Math.max(...offsets)
  let after = shown - Math.min(...offsets)
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS
    if (middle + offsetAt(zone, middle) < shown) before = middle
    else after = middle
  }
  return after
}

function offsetAt(zone: string, time: number): number {
  const { day, minutes } = wallClock(zone, new Date(time))
  return Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS - Math.floor(time / MINUTE_MS) * MINUTE_MS
}

function formatIn(zone: string): Intl.DateTimeFormat | undefined {
  const made = formats.get(zone)
  if (made !== undefined) return made
  try {
    const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...numeric })
    formats.set(zone, format)
    return format
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
