/** Long wording, in pieces that fit. */
import type { Inline } from '../../chat/reply.ts'
import { cleaned } from './escape.ts'
import { asText, shownLength } from './inline.ts'

/** So short that, whatever has to be escaped in it, it fits everywhere. */
const LONGEST_PIECE = 400
/** A link or a name beyond that leaves no room for words beside it, and is only words itself. */
const LONGEST_WHOLE = 1500

/** Sentences, or parts of very long ones; together the same as before. */
export function piecesOf(parts: readonly Inline[]): Inline[] {
  return parts.flatMap((part): Inline[] => {
    if (part.kind !== 'text' && shownLength([part]) <= LONGEST_WHOLE) return [part]
    const whole = asText(part)
    return sentences(cleaned(whole.text)).map((text) => ({ ...whole, text }))
  })
}

/** Lists of parts, each of at most this length when shown beside others. */
export function splitParts(parts: readonly Inline[], most: number): Inline[][] {
  if (shownLength(parts) <= most) return [[...parts]]
  const groups: Inline[][] = []
  let group: Inline[] = []
  let length = 0
  for (const piece of piecesOf(parts)) {
    const own = shownLength([piece])
    if (group.length > 0 && length + own > most) {
      groups.push(group)
      group = []
      length = 0
    }
    group.push(piece)
    length += own
  }
  return group.length === 0 ? groups : [...groups, group]
}

function sentences(text: string): string[] {
  return (text.match(/[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+$/g) ?? []).flatMap((sentence) => (sentence.length <= LONGEST_PIECE ? [sentence] : chunks(sentence)))
}

function chunks(text: string): string[] {
  const found: string[] = []
  for (let at = 0; at < text.length; ) {
    const room = text.slice(at, at + LONGEST_PIECE).replace(/[\ud800-\udbff]$/, '')
    const gap = at + LONGEST_PIECE < text.length ? room.lastIndexOf(' ') + 1 : room.length
    const piece = gap > LONGEST_PIECE / 2 ? room.slice(0, gap) : room
    found.push(piece)
    at += piece.length
  }
  return found
}
