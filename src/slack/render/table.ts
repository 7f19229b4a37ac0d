/** Tables: Slack's own where it takes one, else a line for each row. */
import type { KnownBlock, RawTextElement, RichTextSection } from '@slack/types'
import type { Block } from '../../chat/reply.ts'
import { oneLine } from './escape.ts'

type TableBlock = Extract<Block, { kind: 'table' }>

const MOST_COLUMNS = 20
const MOST_ROWS = 100
/** Slack counts 10,000 in all tables of a message. */
const MOST_CHARACTERS = 8_000
/** Slack takes no empty cell. */
const NOTHING = '–'

export function fitsNatively(table: TableBlock): boolean {
  const grid = gridOf(table)
  const characters = grid.flat().reduce((sum, cell) => sum + cell.length, 0)
  return table.rows.length > 0 && widthOf(table) <= MOST_COLUMNS && grid.length <= MOST_ROWS && characters <= MOST_CHARACTERS
}

export function nativeTable(table: TableBlock): KnownBlock[] {
  const rows = gridOf(table).map((row) => row.map((text): RawTextElement => ({ type: 'raw_text', text })))
  const column_settings = Array.from({ length: widthOf(table) }, () => ({ is_wrapped: true }))
  return [...captionOf(table), { type: 'table', rows, column_settings }]
}

/** "Ways of working – Level: 3; Spread: 1". */
export function tableLines(table: TableBlock): KnownBlock[] {
  const head = table.head.map(oneLine)
  const elements = table.rows.map(([first = '', ...rest]): RichTextSection => {
    const others = rest.map((cell, i) => [head[i + 1], oneLine(cell) || NOTHING].filter(Boolean).join(': '))
    const name = oneLine(first) || NOTHING
    return {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: name, style: { bold: true } },
        ...(others.length === 0 ? [] : [{ type: 'text' as const, text: ` – ${others.join('; ')}` }]),
      ],
    }
  })
  const caption = captionOf(table)
  return elements.length === 0 ? caption : [...caption, { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }]
}

function captionOf({ caption }: TableBlock): KnownBlock[] {
  const text = oneLine(caption)
  if (text === '') return []
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }] }]
}

/** With the head, every row of the same length. */
function gridOf(table: TableBlock): string[][] {
  const width = widthOf(table)
  return [table.head, ...table.rows].map((row) => Array.from({ length: width }, (_, i) => oneLine(row[i] ?? '') || NOTHING))
}

function widthOf({ head, rows }: TableBlock): number {
  return rows.reduce((widest, row) => Math.max(widest, row.length), Math.max(head.length, 1))
}
