/** A block in shorter forms, each of which says that there is more. */
import { type Block, type Inline, words } from '../../chat/reply.ts'
import { note } from '../../chat/simple-blocks.ts'
import { piecesOf } from './split-parts.ts'

interface Shortenings {
  /** How many pieces the longest of them has; none where it can't be shorter. */
  most: number
  take(count: number): Block[]
}

const NONE: Shortenings = { most: 0, take: () => [] }

export function shortenings(block: Block): Shortenings {
  switch (block.kind) {
    case 'text':
    case 'quote':
    case 'note':
    case 'option': {
      const pieces = piecesOf(block.parts)
      return { most: pieces.length - 1, take: (count) => [{ ...block, parts: [...pieces.slice(0, count), words(' …')] }] }
    }
    case 'list':
      return counted(block.items, (items, more) => [{ ...block, items: [...items, [words(more)] satisfies Inline[]] }])
    case 'table':
      return counted(block.rows, (rows, more) => [{ ...block, rows }, note(`${more} rows`)])
    case 'sources':
      return counted(block.items, (items, more) => [{ ...block, items }, note(`${more} sources`)])
    case 'buttons':
      return counted(block.items, (items, more) => [{ ...block, items }, note(`${more} buttons`)])
    default:
      return NONE
  }
}

function counted<T>(items: readonly T[], take: (items: readonly T[], more: string) => Block[]): Shortenings {
  return { most: items.length - 1, take: (count) => take(items.slice(0, count), `… and ${items.length - count} more`) }
}
