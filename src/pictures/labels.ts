/** Fits what people typed into the room there is; the text alternative always has it in full. */
import { fontOf } from './font.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One line, without the characters that only steer a terminal or a paragraph. */
export function oneLine(typed: string): string {
  return typed.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** Cuts at a whole character and ends in an ellipsis where it must. */
export function shorten(label: string, width: number, size: number, weight: 'regular' | 'bold' = 'regular'): string {
  const font = fontOf(weight)
  const line = oneLine(label)
  if (font.widthOf(line, size) <= width) return line
  const parts = [...graphemes.segment(line)].map(({ segment }) => segment)
  while (parts.length > 1 && font.widthOf(`${parts.join('').trimEnd()}…`, size) > width) parts.pop()
  return `${parts.join('').trimEnd()}…`
}

/** Lines of words that each fit; a word that is too wide alone is shortened. */
export function wrap(words: readonly string[], separator: string, width: number, size: number): string[] {
  const font = fontOf('regular')
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    const joined = `${last}${separator}${word}`
    if (last !== undefined && font.widthOf(joined, size) <= width) lines[lines.length - 1] = joined
    else lines.push(shorten(word, width, size))
  }
  return lines
}
