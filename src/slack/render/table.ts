/** Tables: Slack's own where it takes one, else a line for each row. */
import type { KnownBlock, RawTextElement, RichTextSection } from '@slack/types'
import { oneLine } from '../../chat/render/clean-text.ts'
import { type TableBlock, tableGrid, tableLines, tableWidth } from '../../chat/render/table-text.ts'

const MOST_COLUMNS = 20
const MOST_ROWS = 100
/** Slack counts 10,000 in all tables of a message. */
const MOST_CHARACTERS = 8_000

export function fitsNatively(table: TableBlock): boolean {
  const grid = tableGrid(table)
  const characters = grid.flat().reduce((sum, cell) => sum + cell.length, 0)
  return table.rows.length > 0 && tableWidth(table) <= MOST_COLUMNS && grid.length <= MOST_ROWS && characters <= MOST_CHARACTERS
}

export function nativeTable(table: TableBlock): KnownBlock[] {
  const rows = tableGrid(table).map((row) => row.map((text): RawTextElement => ({ type: 'raw_text', text })))
  const column_settings = Array.from({ length: tableWidth(table) }, () => ({ is_wrapped: true }))
  return [...captionOf(table), { type: 'table', rows, column_settings }]
}

/** "Ways of working – Level: 3; Spread: 1". */
export function linedTable(table: TableBlock): KnownBlock[] {
  const elements = tableLines(table).map(
    ({ name, others }): RichTextSection => ({
      type: 'rich_text_section',
      elements: [{ type: 'text', text: name, style: { bold: true } }, ...(others === '' ? [] : [{ type: 'text' as const, text: others }])],
    }),
  )
  const caption = captionOf(table)
  return elements.length === 0 ? caption : [...caption, { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }]
}

function captionOf({ caption }: TableBlock): KnownBlock[] {
  const text = oneLine(caption)
  if (text === '') return []
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }] }]
}
