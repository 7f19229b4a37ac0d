/** The profile of a team as a radar: one axis for each section, the rings are the levels. */
import { bars } from './bars.ts'
import { shorten, wrap } from './labels.ts'
import { type Level, middleOf, namedLevels } from './levels.ts'
import { LEGEND_ROW, type LineStyle, legend, line, mark, NOW, OPEN_MARK, type Point, PREVIOUS_LINE, pathOf, TARGET_LINE } from './marks.ts'
import { EDGE, INK_SOFT, LINE, SURFACE, TINT } from './paints.ts'
import { createPicture, MARGIN, type Picture, TOP } from './picture.ts'
import { hasOpen, hasPrevious, hasTargets, MOST_AXES, notShown, type Profile, type ProfileAxis, profileText } from './profile.ts'
import { LABEL_HEIGHT, placeLabels, writeLabel } from './radar-labels.ts'
import { type Drawn, element, text } from './scene.ts'

/** With fewer axes there is no area to see. */
const FEWEST_AXES = 3
const WIDTH = 880
/** Of the highest level. */
export const RADIUS = 190
const SMALL = 12

type Place = (level: Level, axis: number) => Point

/** At most 27 axes; with fewer than three it draws bars. The middle of the radar is the origin of its drawing. */
export function radar(profile: Profile): Picture {
  if (profile.axes.length < FEWEST_AXES) return bars(profile)
  const axes = profile.axes.slice(0, MOST_AXES)
  const count = axes.length
  const place: Place = (level, axis) => pointAt(axis, count, (RADIUS * middleOf(level)) / profile.levels)
  const labels = placeLabels(axes.map((_, axis) => pointAt(axis, count, RADIUS)))
  const heights = labels.map(({ y }) => y)
  const middle = { x: WIDTH / 2, y: TOP + LABEL_HEIGHT - Math.min(-RADIUS, ...heights) }
  const foot = footer(profile, axes, middle.y + Math.max(RADIUS, ...heights) + 48)
  const room = WIDTH / 2 - MARGIN

  return createPicture({
    title: profile.title,
    alt: profileText('Radar', profile),
    width: WIDTH,
    height: Math.round(foot.bottom),
    elements: [
      element(
        'g',
        { transform: `translate(${Math.round(middle.x)} ${Math.round(middle.y)})` },
        ...rings(count, profile.levels),
        ...axes.map((axis, i) => spoke(axis, i, count)),
        ...area(axes, place),
        ...levelNumbers(count, profile.levels),
        ...trace(
          axes.map(({ previous }) => previous),
          PREVIOUS_LINE,
          place,
        ),
        ...trace(
          axes.map(({ target }) => target),
          TARGET_LINE,
          place,
        ),
        ...trace(
          axes.map(({ value }) => value),
          NOW,
          place,
        ),
        ...axes.flatMap(({ value }, i) => (value === undefined ? [mark(OPEN_MARK.shape, pointAt(i, count, RADIUS), OPEN_MARK.paint)] : [])),
        ...labels.map((label, i) => writeLabel(axes[i] as ProfileAxis, label, room)),
      ),
      ...foot.elements,
    ],
  })
}

/** The first axis points upward, the others follow clockwise. */
function pointAt(axis: number, count: number, radius: number): Point {
  const angle = (2 * Math.PI * axis) / count
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) }
}

function rings(count: number, levels: number): Drawn[] {
  return Array.from({ length: levels }, (_, i) => {
    const corners = Array.from({ length: count }, (_, axis) => pointAt(axis, count, (RADIUS * (i + 1)) / levels))
    return element('path', { d: pathOf(corners, true), fill: 'none', stroke: i + 1 === levels ? EDGE : LINE, 'stroke-width': 1 })
  })
}

function spoke({ value }: ProfileAxis, axis: number, count: number): Drawn {
  const d = pathOf([{ x: 0, y: 0 }, pointAt(axis, count, RADIUS)])
  return value === undefined
    ? element('path', { d, stroke: EDGE, 'stroke-width': 1, 'stroke-dasharray': '3 4' })
    : element('path', { d, stroke: LINE, 'stroke-width': 1 })
}

/** On the rings beside the first axis, so that they can be counted. */
function levelNumbers(count: number, levels: number): Drawn[] {
  const halo = { stroke: SURFACE, 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
  return Array.from({ length: levels }, (_, i) => {
    const { x, y } = pointAt(0.5, count, ((RADIUS * (i + 1)) / levels) * Math.cos(Math.PI / count))
    return element('text', { x, y: y + 4, fill: INK_SOFT, ...halo, 'font-size': 11, 'text-anchor': 'middle' }, String(i + 1))
  })
}

/** Filled only between neighbours that both have a level: what is open stays open. */
function area(axes: readonly ProfileAxis[], place: Place): Drawn[] {
  const wedges = axes.flatMap(({ value }, i) => {
    const next = (i + 1) % axes.length
    const nextValue = axes[next]?.value
    return value === undefined || nextValue === undefined ? [] : [pathOf([{ x: 0, y: 0 }, place(value, i), place(nextValue, next)], true)]
  })
  return wedges.length === 0 ? [] : [element('path', { d: wedges.join(''), fill: TINT, 'fill-opacity': 0.75 })]
}

/** A line from axis to axis, interrupted where a level is missing, and a broad stroke from low to high where there are two. */
function trace(values: readonly (Level | undefined)[], style: LineStyle, place: Place): Drawn[] {
  const points = values.map((value, axis) => (value === undefined ? undefined : place(value, axis)))
  const known = points.filter((point) => point !== undefined)
  const strokes =
    known.length === points.length
      ? [line(known, style, true)]
      : points.flatMap((point, i) => {
          const next = points[(i + 1) % points.length]
          return point === undefined || next === undefined ? [] : [line([point, next], style)]
        })
  const spans = values.flatMap((value, axis) =>
    typeof value === 'object'
      ? [
          element('path', {
            d: pathOf([place(value.low, axis), place(value.high, axis)]),
            stroke: style.paint,
            'stroke-width': 11,
            'stroke-linecap': 'round',
            'stroke-opacity': 0.3,
          }),
        ]
      : [],
  )
  return [...spans, ...strokes, ...known.map((point) => mark(style.shape, point, style.paint))]
}

/** What the lines mean, how the levels are called, and what was left out. */
function footer(profile: Profile, axes: readonly ProfileAxis[], top: number): { elements: Drawn[]; bottom: number } {
  const width = WIDTH - 2 * MARGIN
  const key = legend(
    [
      { style: NOW, label: 'Level now' },
      ...(hasTargets(axes) ? [{ style: TARGET_LINE, label: 'Target' }] : []),
      ...(hasPrevious(axes) ? [{ style: PREVIOUS_LINE, label: 'Last round' }] : []),
      ...(hasOpen(axes) ? [{ style: OPEN_MARK, label: 'No level: not answered or not applicable' }] : []),
    ],
    MARGIN,
    top,
    width,
  )
  const scale = profile.levelNames === undefined ? [] : wrap(namedLevels(profile.levels, profile.levelNames), ' · ', width, SMALL)
  const words = [...scale, ...notShown(profile.axes).map((sentence) => shorten(sentence, width, SMALL))]
  const start = top + key.height + 4
  return {
    elements: [...key.elements, ...words.map((content, i) => text(MARGIN, start + i * LEGEND_ROW, content, { size: SMALL, fill: INK_SOFT }))],
    bottom: start + words.length * LEGEND_ROW + MARGIN - LEGEND_ROW / 2,
  }
}
