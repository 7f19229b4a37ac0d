/** A block in shorter forms, each of which says that there is more. */
import { type Block, type Button, type Inline, type Menu, words } from '../reply.ts'
import { note } from '../simple-blocks.ts'
import { piecesOf } from './pieces-of.ts'

export interface Shortenings {
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
      return { most: pieces.length - 1, take: (count) => [{ ...block, parts: endedAfter(pieces, count) }] }
    }
    case 'list':
      return counted(block.items, (items, more) => [{ ...block, items: [...items, [words(more)] satisfies Inline[]] }])
    case 'table':
      return counted(block.rows, (rows, more) => [{ ...block, rows }, note(`${more} rows`)])
    case 'sources':
      return counted(block.items, (items, more) => [{ ...block, items }, note(`${more} sources`)])
    case 'buttons': {
      const all = block.items.reduce((sum, item) => sum + widthOf(item), 0)
      return { most: all - 1, take: (count) => [{ ...block, items: firstOf(block.items, count) }, note(`… and ${all - count} more`)] }
    }
    default:
      return NONE
  }
}

function endedAfter(pieces: readonly Inline[], count: number): Inline[] {
  const last = pieces[count - 1]
  const end = last?.kind === 'text' ? [{ ...last, text: last.text.trimEnd() }] : pieces.slice(count - 1, count)
  return [...pieces.slice(0, count - 1), ...end, words(' …')]
}

/** @param more says how many are missing */
function counted<T>(items: readonly T[], take: (items: readonly T[], more: string) => Block[]): Shortenings {
  return { most: items.length - 1, take: (count) => take(items.slice(0, count), `… and ${items.length - count} more`) }
}

/** Of a menu its options count. */
function widthOf(item: Button | Menu): number {
  return item.kind === 'menu' ? item.options.length : 1
}

function firstOf(items: readonly (Button | Menu)[], count: number): (Button | Menu)[] {
  let left = count
  return items.flatMap((item) => {
    const taken = Math.min(left, widthOf(item))
    left -= taken
    if (taken === 0) return []
    return [item.kind === 'menu' ? { ...item, options: item.options.slice(0, taken) } : item]
  })
}
