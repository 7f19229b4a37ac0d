/** Levels over time as steps: a level holds until the next answer. */
import { fontOf } from './font.ts'
import { oneLine, shorten } from './labels.ts'
import { type LevelNames, levelText, namedLevels, scaleText } from './levels.ts'
import { LEGEND_ROW, type LineStyle, legend, line, MARK_SHAPES, mark, type Point } from './marks.ts'
import { EDGE, INK_SOFT, LINE, SERIES } from './paints.ts'
import { createPicture, MARGIN, type Picture, TOP } from './picture.ts'
import { type Drawn, element, text } from './scene.ts'

export interface TrendSeries {
  label: string
  /** `date`: an ISO date, or a date with a time, of which the day is shown. */
  points: readonly { date: string; value: number }[]
}

export interface Trend {
  title: string
  /** How many the model has. */
  levels: number
  levelNames?: LevelNames
  series: readonly TrendSeries[]
}

/** More lines can't be told apart. */
export const MOST_SERIES = 6
const WIDTH = 760
const SMALL = 12
const LABEL_WIDTH = 110
const LEGEND_LABEL = 200
const LEVEL_HEIGHT = 44
const MOST_DATES = 6
/** Lines of equal level or date run side by side rather than one upon another. */
export const LANE = 5
/** Room for the outermost lanes on both sides. */
const INSET = 18
const DASHES = [undefined, '8 4', '2 3', '10 3 2 3', '5 3', '14 4'] as const
const ISO_DAY = /^\d{4}-\d{2}-\d{2}/

/** The plot; level 1 is at `bottom`, and each further level `LEVEL_HEIGHT` above. */
export function plotOf({ levels, levelNames }: Pick<Trend, 'levels' | 'levelNames'>): { left: number; right: number; top: number; bottom: number } {
  const widest = Math.max(...namedLevels(levels, levelNames).map((name) => fontOf('regular').widthOf(shorten(name, LABEL_WIDTH, SMALL), SMALL)))
  const top = TOP + 16
  return { left: Math.ceil(MARGIN + widest + 14 + INSET), right: WIDTH - MARGIN - INSET, top, bottom: top + Math.max(1, levels - 1) * LEVEL_HEIGHT }
}

/** At most six series. @throws RangeError for a date that is none */
export function trend(data: Trend): Picture {
  const series = data.series
    .slice(0, MOST_SERIES)
    .map((each) => ({ label: each.label, points: each.points.map(readPoint).toSorted((a, b) => a.time - b.time) }))
  const times = series.flatMap(({ points }) => points.map(({ time }) => time))
  const plot = plotOf(data)
  const place = createScale(plot, times, data.levels)
  const key = legend(
    series.map(({ label, points }, i) => ({
      style: styleOf(i),
      label: `${shorten(label, LEGEND_LABEL, SMALL)}${points.length === 0 ? ' (no results yet)' : ''}`,
    })),
    MARGIN,
    plot.bottom + 62,
    WIDTH - 2 * MARGIN,
  )
  const notes = notShown(data)
  const start = plot.bottom + 62 + key.height + 4
  return createPicture({
    title: data.title,
    alt: inWords(data, series),
    width: WIDTH,
    height: Math.round(start + notes.length * LEGEND_ROW + MARGIN - LEGEND_ROW / 2),
    elements: [
      ...levelLines(data, plot),
      ...dateTicks(times, plot, (time) => place(time, 1).x),
      ...series.flatMap(({ points }, i) => steps(points, i, series.length, place)),
      ...key.elements,
      ...notes.map((note, i) => text(MARGIN, start + i * LEGEND_ROW, note, { size: SMALL, fill: INK_SOFT })),
    ],
  })
}

interface TimedPoint {
  time: number
  day: string
  value: number
}

function readPoint({ date, value }: { date: string; value: number }): TimedPoint {
  const time = Date.parse(date)
  if (!ISO_DAY.test(date) || Number.isNaN(time)) throw new RangeError(`"${date}" is not an ISO date`)
  return { time, day: date.slice(0, 10), value }
}

function createScale(plot: ReturnType<typeof plotOf>, times: readonly number[], levels: number): (time: number, value: number) => Point {
  const [first, last] = [Math.min(...times), Math.max(...times)]
  return (time, value) => ({
    x: first === last ? (plot.left + plot.right) / 2 : plot.left + ((plot.right - plot.left) * (time - first)) / (last - first),
    y: levels <= 1 ? plot.bottom : plot.bottom - ((plot.bottom - plot.top) * (value - 1)) / (levels - 1),
  })
}

function styleOf(index: number): LineStyle {
  const dash = DASHES[index]
  return { paint: SERIES[index] ?? EDGE, shape: MARK_SHAPES[index] ?? 'circle', width: 2, ...(dash === undefined ? {} : { dash }) }
}

function steps(points: readonly TimedPoint[], index: number, count: number, place: (time: number, value: number) => Point): Drawn[] {
  const shift = (index - (count - 1) / 2) * LANE
  const at = points.map(({ time, value }) => {
    const { x, y } = place(time, value)
    return { x: x + shift, y: y - shift }
  })
  const corners = at.flatMap((point, i) => {
    const before = at[i - 1]
    return before === undefined ? [point] : [{ x: point.x, y: before.y }, point]
  })
  const style = styleOf(index)
  return [...(corners.length > 1 ? [line(corners, style)] : []), ...at.map((point) => mark(style.shape, point, style.paint))]
}

function levelLines({ levels, levelNames }: Trend, plot: ReturnType<typeof plotOf>): Drawn[] {
  return namedLevels(levels, levelNames).flatMap((name, i) => {
    const y = plot.bottom - i * LEVEL_HEIGHT
    return [
      element('path', { d: `M${plot.left - INSET} ${y}H${plot.right + INSET}`, stroke: LINE, 'stroke-width': 1 }),
      text(plot.left - INSET - 8, y + 4, shorten(name, LABEL_WIDTH, SMALL), { size: SMALL, anchor: 'end', fill: INK_SOFT }),
    ]
  })
}

/** The first and the last date, and of those between as many as there is room for. */
function dateTicks(times: readonly number[], plot: ReturnType<typeof plotOf>, xOf: (time: number) => number): Drawn[] {
  const y = plot.bottom + 22
  if (times.length === 0) return [text((plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2, 'No results yet', { anchor: 'middle', fill: INK_SOFT })]
  const days = [...new Set(times)].sort((a, b) => a - b)
  const apart = (plot.right - plot.left) / MOST_DATES
  const last = days.at(-1) as number
  const shown: number[] = []
  for (const day of days) {
    const clearOfBefore = shown.length === 0 || xOf(day) - xOf(shown.at(-1) as number) >= apart
    if (day === last || (clearOfBefore && xOf(last) - xOf(day) >= apart)) shown.push(day)
  }
  return shown.flatMap((day) => [
    element('path', { d: `M${Math.round(xOf(day))} ${plot.bottom + 4}v6`, stroke: EDGE, 'stroke-width': 1 }),
    text(Math.min(xOf(day), WIDTH - MARGIN - 36), y + 4, new Date(day).toISOString().slice(0, 10), { size: SMALL, anchor: 'middle', fill: INK_SOFT }),
  ])
}

function notShown({ series }: Trend): string[] {
  const more = series.length - MOST_SERIES
  return more > 0 ? [`${more} more ${more === 1 ? 'line is' : 'lines are'} not shown.`] : []
}

function inWords(data: Trend, series: readonly { label: string; points: readonly TimedPoint[] }[]): string {
  const lines = series.map(({ label, points }) => {
    const said = points.map(({ day, value }) => `${day} level ${levelText(value)}`)
    return `${oneLine(label)}: ${said.length === 0 ? 'no results yet' : said.join(', ')}.`
  })
  return [`${oneLine(data.title)}. Trend on ${scaleText(data.levels, data.levelNames)}.`, ...lines, ...notShown(data)].join(' ')
}
