/** What a field of a form can hold, on any platform. */
import type { FieldOption } from '../reply.ts'

/** Each value once, and as many as there is room for. */
export function offeredOptions(options: readonly FieldOption[], most: number, isUsable: (value: string) => boolean): FieldOption[] {
  const byValue = new Map<string, FieldOption>()
  for (const option of options) if (option.value !== '' && isUsable(option.value) && !byValue.has(option.value)) byValue.set(option.value, option)
  return [...byValue.values()].slice(0, most)
}

/** Said beside the field, so that nobody looks for it in vain; empty where all are offered. */
export function leftOutNote(options: readonly FieldOption[], offered: readonly FieldOption[], platform: string): string {
  const missing = new Set(options.map(({ value }) => value)).size - offered.length
  return missing === 0 ? '' : `${platform} has no room for ${missing} more.`
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

export function isTime(text: string | undefined): text is string {
  return text !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}
