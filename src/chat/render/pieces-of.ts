/** Long wording, in pieces of which some may be left out. */
import type { Inline } from '../reply.ts'
import { cleaned } from './clean-text.ts'

/** So short that, whatever a platform has to escape in it, it fits everywhere. */
const LONGEST_PIECE = 400

/** Sentences, or parts of very long ones; together the same as before. What is no text stays whole. */
export function piecesOf(parts: readonly Inline[]): Inline[] {
  return parts.flatMap((part): Inline[] => (part.kind === 'text' ? sentences(cleaned(part.text)).map((text) => ({ ...part, text })) : [part]))
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
