/** Tables: a card's own where it has room for one, else a line for each row. */
import type { Block } from '../../chat/reply.ts'
import type { CardElement, TableRow, TextRun } from './card.ts'
import { oneLine, unparsed } from './escape.ts'
import { wordsElement } from './inline.ts'

export type TableBlock = Extract<Block, { kind: 'table' }>

/** More of them can't be read on a telephone. */
const MOST_COLUMNS = 6
/** Each takes more than a hundred characters of the card besides its text. */
const MOST_CELLS = 60
const NOTHING = '–'

export function tableElements(table: TableBlock): CardElement[] {
  return fits(table) ? asTable(table) : asLines(table)
}

function fits(table: TableBlock): boolean {
  const width = widthOf(table)
  return table.rows.length > 0 && width <= MOST_COLUMNS && width * (table.rows.length + 1) <= MOST_CELLS
}

function asTable(table: TableBlock): CardElement[] {
  const width = widthOf(table)
  const rows = [table.head, ...table.rows].map(
    (row, i): TableRow => ({
      type: 'TableRow',
      cells: Array.from({ length: width }, (_, column) => ({ type: 'TableCell', items: [cellElement(row[column], i === 0)] })),
    }),
  )
  return [...captionOf(table), { type: 'Table', columns: Array.from({ length: width }, () => ({ width: 1 as const })), rows }]
}

function cellElement(text: string | undefined, isHead: boolean): CardElement {
  return wordsElement(oneLine(text ?? '') || NOTHING, isHead ? { weight: 'Bolder' } : {})
}

/** "Ways of working – Level: 3; Spread: 1". */
function asLines(table: TableBlock): CardElement[] {
  const head = table.head.map(oneLine)
  const lines = table.rows.map(([first = '', ...rest]): CardElement => {
    const others = rest.map((cell, i) => [head[i + 1], oneLine(cell) || NOTHING].filter(Boolean).join(': '))
    const inlines: TextRun[] = [{ type: 'TextRun', text: unparsed(oneLine(first)) || NOTHING, weight: 'Bolder' }]
    if (others.length > 0) inlines.push({ type: 'TextRun', text: unparsed(` – ${others.join('; ')}`) })
    return { type: 'RichTextBlock', inlines, spacing: 'Small' }
  })
  return [...captionOf(table), ...lines]
}

function captionOf({ caption }: TableBlock): CardElement[] {
  const text = oneLine(caption)
  return text === '' ? [] : [wordsElement(text, { weight: 'Bolder' })]
}

function widthOf({ head, rows }: TableBlock): number {
  return rows.reduce((widest, row) => Math.max(widest, row.length), Math.max(head.length, 1))
}
