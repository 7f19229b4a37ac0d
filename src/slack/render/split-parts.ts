/** Wording that is too long for one text of Slack's, in several. */
import { asText } from '../../chat/render/as-text.ts'
import { piecesOf } from '../../chat/render/pieces-of.ts'
import type { Inline } from '../../chat/reply.ts'
import { called, shownLength } from './inline.ts'

/** A link or a name beyond that leaves no room for words beside it, and is only words itself. */
const LONGEST_WHOLE = 1500

/** Lists of parts, each of at most this length when shown beside others. */
export function splitParts(parts: readonly Inline[], most: number): Inline[][] {
  if (shownLength(parts) <= most) return [[...parts]]
  const groups: Inline[][] = []
  let group: Inline[] = []
  let length = 0
  for (const piece of shortPieces(parts)) {
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

/** Sentences, and what is no text and not too long. */
function shortPieces(parts: readonly Inline[]): Inline[] {
  return piecesOf(parts.map((part) => (shownLength([part]) > LONGEST_WHOLE ? asText(part, called) : part)))
}
