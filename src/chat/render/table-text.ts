/** What stands in a table: in a grid, or in a line for each row where there is no room for one. */
import type { Block } from '../reply.ts'
import { oneLine } from './clean-text.ts'

export type TableBlock = Extract<Block, { kind: 'table' }>

/** No platform shows an empty cell well; some refuse it. */
const NOTHING = '–'

/** With the head, every row of the same length. */
export function tableGrid(table: TableBlock): string[][] {
  const width = tableWidth(table)
  return [table.head, ...table.rows].map((row) => Array.from({ length: width }, (_, i) => cell(row[i])))
}

/** "Ways of working" and " – Level: 3; Spread: 1", which is empty where there is nothing but the name. */
export function tableLines({ head, rows }: TableBlock): { name: string; others: string }[] {
  const names = head.map(oneLine)
  return rows.map(([first, ...rest]) => {
    const others = rest.map((each, i) => [names[i + 1], cell(each)].filter(Boolean).join(': '))
    return { name: cell(first), others: others.length === 0 ? '' : ` – ${others.join('; ')}` }
  })
}

export function tableWidth({ head, rows }: TableBlock): number {
  return rows.reduce((widest, row) => Math.max(widest, row.length), Math.max(head.length, 1))
}

function cell(text = ''): string {
  return oneLine(text) || NOTHING
}
