/** Days of the calendar, written `2026-12-24`, as they are where somebody lives. */

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 24 * 60 * 60 * 1000

/** @param timezone an IANA zone; a zone that is unknown counts as UTC */
export function dayIn(timezone: string | undefined, time: Date): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone: timezone ?? 'UTC', year: 'numeric', month: '2-digit', day: '2-digit' }).format(time)
  } catch (error) {
    if (error instanceof RangeError) return time.toISOString().slice(0, 10)
    throw error
  }
}

/** The thirtieth of February is none. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const time = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}
