/** The names around a radar: outside of it, and never one upon another. */
import { fontOf } from './font.ts'
import { shorten } from './labels.ts'
import { levelText } from './levels.ts'
import type { Point } from './marks.ts'
import { ACCENT, INK, INK_SOFT } from './paints.ts'
import type { ProfileAxis } from './profile.ts'
import { type Drawn, element } from './scene.ts'

export const LABEL_HEIGHT = 18
const SIZE = 13
/** From the end of the axis. */
const DISTANCE = 14

export interface LabelPlace extends Point {
  anchor: 'start' | 'middle' | 'end'
}

/** @param ends of the axes, in their order, seen from the middle of the radar */
export function placeLabels(ends: readonly Point[]): LabelPlace[] {
  const places = ends.map(({ x, y }): LabelPlace => {
    const factor = 1 + DISTANCE / Math.hypot(x, y)
    return { x: x * factor, y: y * factor, anchor: Math.abs(x) < 1 ? 'middle' : x < 0 ? 'end' : 'start' }
  })
  const moved = new Map([...apart(places, 'start', -1), ...apart(places, 'start', 1), ...apart(places, 'end', -1), ...apart(places, 'end', 1)])
  const heights = [...moved.values()]
  const [top, bottom] = [Math.min(...heights) - LABEL_HEIGHT, Math.max(...heights) + LABEL_HEIGHT]
  return places.map((place) => {
    const y = place.anchor !== 'middle' ? moved.get(place) : place.y < 0 ? Math.min(place.y, top) : Math.max(place.y, bottom)
    return { ...place, y: y ?? place.y }
  })
}

/** Of one side's upper (-1) or lower (1) half, from the middle outward: each at least a line beyond the one before. */
function apart(places: readonly LabelPlace[], anchor: LabelPlace['anchor'], direction: -1 | 1): [LabelPlace, number][] {
  const half = places.filter((place) => place.anchor === anchor && (direction < 0 ? place.y < 0 : place.y >= 0))
  let reached = -LABEL_HEIGHT / 2
  return half
    .toSorted((one, other) => direction * (one.y - other.y))
    .map((place) => {
      reached = Math.max(direction * place.y, reached + LABEL_HEIGHT)
      return [place, direction * reached]
    })
}

/** @param room from the middle of the radar to the edge */
export function writeLabel({ label, value }: ProfileAxis, { x, y, anchor }: LabelPlace, room: number): Drawn {
  const shown = value === undefined ? '–' : levelText(value)
  const width = anchor === 'middle' ? 2 * room : room - Math.abs(x)
  const name = shorten(label, width - fontOf('bold').widthOf(` ${shown}`, SIZE) - 2, SIZE)
  return element(
    'text',
    { x, y: y + 4.5, fill: INK, 'font-size': SIZE, ...(anchor === 'start' ? {} : { 'text-anchor': anchor }) },
    `${name} `,
    element('tspan', { 'font-weight': 700, fill: value === undefined ? INK_SOFT : ACCENT }, shown),
  )
}
