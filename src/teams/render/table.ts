/** Tables: a card's own where it has room for one, else a line for each row. */

import { oneLine } from '../../chat/render/clean-text.ts'
import { type TableBlock, tableGrid, tableLines, tableWidth } from '../../chat/render/table-text.ts'
import type { CardElement, TableRow, TextRun } from './card.ts'
import { unparsed } from './escape.ts'
import { wordsElement } from './inline.ts'

/** More of them can't be read on a telephone. */
const MOST_COLUMNS = 6
/** Each takes more than a hundred characters of the card besides its text. */
const MOST_CELLS = 60

export function tableElements(table: TableBlock): CardElement[] {
  return fits(table) ? asTable(table) : asLines(table)
}

function fits(table: TableBlock): boolean {
  const width = tableWidth(table)
  return table.rows.length > 0 && width <= MOST_COLUMNS && width * (table.rows.length + 1) <= MOST_CELLS
}

function asTable(table: TableBlock): CardElement[] {
  const rows = tableGrid(table).map(
    (row, i): TableRow => ({
      type: 'TableRow',
      cells: row.map((text) => ({ type: 'TableCell', items: [wordsElement(text, i === 0 ? { weight: 'Bolder' } : {})] })),
    }),
  )
  return [...captionOf(table), { type: 'Table', columns: Array.from({ length: tableWidth(table) }, () => ({ width: 1 as const })), rows }]
}

/** "Ways of working – Level: 3; Spread: 1". */
function asLines(table: TableBlock): CardElement[] {
  const lines = tableLines(table).map(({ name, others }): CardElement => {
    const inlines: TextRun[] = [{ type: 'TextRun', text: unparsed(name), weight: 'Bolder' }]
    if (others !== '') inlines.push({ type: 'TextRun', text: unparsed(others) })
    return { type: 'RichTextBlock', inlines, spacing: 'Small' }
  })
  return [...captionOf(table), ...lines]
}

function captionOf({ caption }: TableBlock): CardElement[] {
  const text = oneLine(caption)
  return text === '' ? [] : [wordsElement(text, { weight: 'Bolder' })]
}
