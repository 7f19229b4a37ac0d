/** Teams by sections: each cell is filled by its level and says it too, so that nothing rests on color alone. */
import { fontOf } from './font.ts'
import { oneLine, shorten } from './labels.ts'
import { type Level, type LevelNames, levelText, middleOf, namedLevels, scaleText } from './levels.ts'
import { EDGE, INK, INK_SOFT, inkOn, type Paint, rampPaint, SUNKEN } from './paints.ts'
import { createPicture, MARGIN, type Picture, TOP } from './picture.ts'
import { type Drawn, element, text } from './scene.ts'

/** `undefined`: not answered. `hidden`: too few answers to be shown. */
export type Cell = Level | 'not-applicable' | 'hidden' | undefined

export interface Heatmap {
  title: string
  /** One a team. */
  rows: readonly string[]
  /** One a section. */
  columns: readonly string[]
  /** By row, then by column. */
  cells: readonly (readonly Cell[])[]
  /** How many the model has. */
  levels: number
  levelNames?: LevelNames
}

export const MOST_ROWS = 30
export const MOST_COLUMNS = 27
export const CELL = { width: 42, height: 30, gap: 3 }
const LABEL_SIZE = 13
const ROW_LABEL = { least: 60, most: 220 }
const COLUMN_LABEL = 170
/** Of the names above the columns, in degrees. */
const SLANT = 40
const LEAST_WIDTH = 460
const SMALL = 12
const LINE_HEIGHT = 20

const SIGNS = { 'not-applicable': 'n/a', hidden: '•••', open: '–' } as const
const WORDS = { 'not-applicable': 'not applicable', hidden: 'hidden', open: 'not answered' } as const
type Kind = keyof typeof SIGNS

export function heatmap(data: Heatmap): Picture {
  const rows = data.rows.slice(0, MOST_ROWS)
  const columns = data.columns.slice(0, MOST_COLUMNS)
  const cells = rows.map((_, row) => columns.map((_, column) => data.cells[row]?.[column]))
  const names = rows.map((row) => shorten(row, ROW_LABEL.most, LABEL_SIZE))
  const heads = columns.map((column) => shorten(column, COLUMN_LABEL, LABEL_SIZE))
  const font = fontOf('regular')
  const left = MARGIN + Math.ceil(Math.max(ROW_LABEL.least, ...names.map((name) => font.widthOf(name, LABEL_SIZE)))) + 12
  const slant = (SLANT * Math.PI) / 180
  const widths = heads.map((head) => font.widthOf(head, LABEL_SIZE))
  const top = TOP + Math.ceil(Math.max(0, ...widths) * Math.sin(slant)) + 16
  const right = Math.max(0, ...widths.map((width, i) => xOf(left, i) + CELL.width / 2 + width * Math.cos(slant)))
  const below = top + rows.length * (CELL.height + CELL.gap) + 26
  const width = Math.ceil(Math.max(LEAST_WIDTH, right, xOf(left, columns.length)) + MARGIN)
  const key = legend(data, cells.flat(), below, width - 2 * MARGIN)

  return createPicture({
    title: data.title,
    alt: inWords(data, rows, columns, cells),
    width,
    height: Math.round(key.bottom + MARGIN - 6),
    elements: [
      ...heads.map((head, i) => slanted(head, xOf(left, i) + CELL.width / 2, top - 10)),
      ...names.map((name, i) => text(left - 12, yOf(top, i) + CELL.height / 2 + 4.5, name, { size: LABEL_SIZE, anchor: 'end', fill: INK })),
      ...cells.flatMap((row, i) => row.map((cell, j) => draw(cell, xOf(left, j), yOf(top, i), data.levels))),
      ...key.elements,
    ],
  })
}

const xOf = (left: number, column: number) => left + column * (CELL.width + CELL.gap)
const yOf = (top: number, row: number) => top + row * (CELL.height + CELL.gap)
const kindOf = (cell: Exclude<Cell, Level>): Kind => cell ?? 'open'
const isLevel = (cell: Cell): cell is Level => typeof cell === 'number' || typeof cell === 'object'

function slanted(content: string, x: number, y: number): Drawn {
  return element('text', { transform: `translate(${x} ${y}) rotate(-${SLANT})`, fill: INK_SOFT, 'font-size': LABEL_SIZE }, content)
}

function draw(cell: Cell, x: number, y: number, levels: number): Drawn {
  const box = { x, y, width: CELL.width, height: CELL.height, rx: 4 }
  const label = (content: string, fill: Paint, weight: 'regular' | 'bold') =>
    text(x + CELL.width / 2, y + CELL.height / 2 + 4.5, content, { size: LABEL_SIZE, anchor: 'middle', weight, fill })
  if (isLevel(cell)) {
    const fill = rampPaint(middleOf(cell), levels)
    return element('g', {}, element('rect', { ...box, fill }), label(levelText(cell), inkOn(fill), 'bold'))
  }
  const kind = kindOf(cell)
  const frame = kind === 'open' ? { fill: 'none', stroke: EDGE, 'stroke-dasharray': '3 3' } : { fill: SUNKEN }
  const inset = kind === 'open' ? { ...box, x: x + 0.5, y: y + 0.5, width: CELL.width - 1, height: CELL.height - 1 } : box
  return element('g', {}, element('rect', { ...inset, ...frame }), label(SIGNS[kind], INK_SOFT, 'regular'))
}

/** The steps of the ramp, the signs that occur, and what was left out. */
function legend(data: Heatmap, cells: readonly Cell[], top: number, width: number): { elements: Drawn[]; bottom: number } {
  const font = fontOf('regular')
  const steps = namedLevels(data.levels, data.levelNames).map((label, i) => ({ cell: (i + 1) as Cell, label: label.replace(/^\d+ ?/, '') }))
  const signs = (['open', 'not-applicable', 'hidden'] as const)
    .filter((kind) => cells.some((cell) => !isLevel(cell) && kindOf(cell) === kind))
    .map((kind) => ({ cell: kind === 'open' ? undefined : kind, label: WORDS[kind] }))
  let [x, y] = [MARGIN, top]
  const samples = [...steps, ...signs].flatMap(({ cell, label }) => {
    const needed = CELL.width + (label === '' ? 4 : 8 + font.widthOf(label, SMALL) + 16)
    if (x > MARGIN && x + needed > MARGIN + width) [x, y] = [MARGIN, y + CELL.height + 6]
    const at = x
    x += needed
    return [
      draw(cell, at, y, data.levels),
      ...(label === '' ? [] : [text(at + CELL.width + 8, y + CELL.height / 2 + 4, label, { size: SMALL, fill: INK_SOFT })]),
    ]
  })
  const notes = notShown(data).map((note) => shorten(note, width, SMALL))
  const start = y + CELL.height + 24
  return {
    elements: [...samples, ...notes.map((note, i) => text(MARGIN, start + i * LINE_HEIGHT, note, { size: SMALL, fill: INK_SOFT }))],
    bottom: notes.length === 0 ? y + CELL.height : start + (notes.length - 1) * LINE_HEIGHT,
  }
}

function notShown({ rows, columns }: Heatmap): string[] {
  const more = (count: number, noun: string) => (count > 0 ? [`${count} more ${noun}${count === 1 ? ' is' : 's are'} not shown.`] : [])
  return [...more(rows.length - MOST_ROWS, 'team'), ...more(columns.length - MOST_COLUMNS, 'section')]
}

function inWords(data: Heatmap, rows: readonly string[], columns: readonly string[], cells: readonly (readonly Cell[])[]): string {
  const say = (cell: Cell) => (isLevel(cell) ? levelText(cell) : WORDS[kindOf(cell)])
  const lines = rows.map((row, i) => `${oneLine(row)}: ${columns.map((column, j) => `${oneLine(column)} ${say(cells[i]?.[j])}`).join(', ')}.`)
  const size = `${rows.length} ${rows.length === 1 ? 'team' : 'teams'} by ${columns.length} ${columns.length === 1 ? 'section' : 'sections'}`
  return [`${oneLine(data.title)}. Heatmap, ${size}, ${scaleText(data.levels, data.levelNames)}.`, ...lines, ...notShown(data)].join(' ')
}
