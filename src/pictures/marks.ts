/** The marks of all pictures; each is told from the others by shape, never by color alone. */
import { fontOf } from './font.ts'
import { ACCENT, EDGE, INK_SOFT, type Paint, SURFACE, TARGET } from './paints.ts'
import { type Drawn, element, text } from './scene.ts'

export interface Point {
  x: number
  y: number
}

export const MARK_SHAPES = ['circle', 'diamond', 'square', 'triangle', 'cross', 'ring'] as const
export type MarkShape = (typeof MARK_SHAPES)[number]

const RADIUS = 4.5

export function mark(shape: MarkShape, { x, y }: Point, paint: Paint): Drawn {
  const r = RADIUS
  switch (shape) {
    case 'circle':
      return element('circle', { cx: x, cy: y, r, fill: paint, stroke: SURFACE, 'stroke-width': 1.5 })
    case 'diamond':
      return element('path', {
        d: pathOf([shift(0, -r - 3.5), shift(r + 3.5, 0), shift(0, r + 3.5), shift(-r - 3.5, 0)], true),
        fill: paint,
        stroke: SURFACE,
        'stroke-width': 1.5,
      })
    case 'square':
      return element('rect', { x: x - r + 0.5, y: y - r + 0.5, width: 2 * r - 1, height: 2 * r - 1, fill: SURFACE, stroke: paint, 'stroke-width': 1.75 })
    case 'triangle':
      return element('path', { d: pathOf([shift(0, -r - 1), shift(r + 1, r), shift(-r - 1, r)], true), fill: paint, stroke: SURFACE, 'stroke-width': 1.5 })
    case 'cross':
      return element('path', {
        d: `${pathOf([shift(-r, -r), shift(r, r)])}${pathOf([shift(r, -r), shift(-r, r)])}`,
        fill: 'none',
        stroke: paint,
        'stroke-width': 2.5,
      })
    case 'ring':
      return element('circle', { cx: x, cy: y, r, fill: SURFACE, stroke: paint, 'stroke-width': 2 })
    default:
      return shape satisfies never
  }
  function shift(dx: number, dy: number): Point {
    return { x: x + dx, y: y + dy }
  }
}

export function pathOf(points: readonly Point[], closed = false): string {
  const at = ({ x, y }: Point) => `${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}`
  return points.length === 0 ? '' : `M${points.map(at).join('L')}${closed ? 'Z' : ''}`
}

/** How a line of a picture looks, on its own and in the legend. */
export interface LineStyle {
  paint: Paint
  shape: MarkShape
  width: number
  dash?: string
}

export const NOW: LineStyle = { paint: ACCENT, shape: 'circle', width: 2.5 }
export const TARGET_LINE: LineStyle = { paint: TARGET, shape: 'diamond', width: 2, dash: '7 4' }
export const PREVIOUS_LINE: LineStyle = { paint: EDGE, shape: 'square', width: 1.75, dash: '2 3' }
/** Where a level is missing. */
export const OPEN_MARK: LineStyle = { paint: EDGE, shape: 'ring', width: 0 }

export function line(points: readonly Point[], { paint, width, dash }: LineStyle, closed = false): Drawn {
  const dashed = dash === undefined ? {} : { 'stroke-dasharray': dash }
  return element('path', {
    d: pathOf(points, closed),
    fill: 'none',
    stroke: paint,
    'stroke-width': width,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'butt',
    ...dashed,
  })
}

const SAMPLE = 40
const GAP = 22
const LEGEND_SIZE = 12

/** Samples with their names, from left to right, on as many rows as they need. */
export function legend(entries: readonly { style: LineStyle; label: string }[], x: number, y: number, width: number): { elements: Drawn[]; height: number } {
  const font = fontOf('regular')
  let [left, top] = [x, y]
  const elements = entries.flatMap(({ style, label }) => {
    const needed = SAMPLE + 8 + font.widthOf(label, LEGEND_SIZE)
    if (left > x && left + needed > x + width) [left, top] = [x, top + LEGEND_ROW]
    const start = left
    left += needed + GAP
    const sample =
      style.width === 0
        ? []
        : [
            line(
              [
                { x: start, y: top },
                { x: start + SAMPLE, y: top },
              ],
              style,
            ),
          ]
    return [
      ...sample,
      mark(style.shape, { x: start + SAMPLE / 2, y: top }, style.paint),
      text(start + SAMPLE + 8, top + 4, label, { size: LEGEND_SIZE, fill: INK_SOFT }),
    ]
  })
  return { elements, height: entries.length === 0 ? 0 : top - y + LEGEND_ROW }
}

export const LEGEND_ROW = 22
