/** The lines of a PDF's pages: pieces of text on the same height belong together. */
import { extractTextItems, type StructuredTextItem } from 'unpdf'
import { oneLine } from './block.ts'

export interface Line {
  text: string
  /** From the bottom of the page. */
  y: number
  /** Of the type, in points. */
  size: number
}

export interface Page {
  number: number
  lines: readonly Line[]
}

/** Pieces this far apart, in parts of the type's size, have a space between them. */
const SPACE_RATIO = 0.15

export async function readPages(pdf: Parameters<typeof extractTextItems>[0]): Promise<Page[]> {
  const { items } = await extractTextItems(pdf)
  return items.map((page, i) => ({ number: i + 1, lines: toLines(page) }))
}

function toLines(items: readonly StructuredTextItem[]): Line[] {
  const rows: StructuredTextItem[][] = []
  for (const item of items.filter(({ str }) => str.trim() !== '')) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    const isSameRow = last !== undefined && Math.abs(last.y - item.y) < Math.max(last.fontSize, item.fontSize) * 0.4 && item.x >= last.x
    if (isSameRow) row?.push(item)
    else rows.push([item])
  }
  return rows.map(toLine).filter(({ text }) => text !== '')
}

function toLine(row: readonly StructuredTextItem[]): Line {
  const text = row.reduce((words, item, i) => {
    const before = row[i - 1]
    const apart = before !== undefined && item.x - (before.x + before.width) > item.fontSize * SPACE_RATIO
    return `${words}${apart ? ' ' : ''}${item.str}`
  }, '')
  const largest = Math.max(...row.map(({ fontSize }) => fontSize))
  return { text: oneLine(text), y: row[0]?.y ?? 0, size: Math.round(largest * 10) / 10 }
}
