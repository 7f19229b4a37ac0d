/** The colors of all pictures, those of the web page, each for a light and a dark background. */
import { channelsOf, contrast } from './contrast.ts'

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
/** One color for each theme, as `#rrggbb`. */
export type Paint = Readonly<Record<Theme, string>>

const paint = (light: string, dark: string): Paint => ({ light, dark })

export const SURFACE = paint('#ffffff', '#18211d')
export const SUNKEN = paint('#e9eeea', '#202b26')
export const INK = paint('#16211c', '#e4ebe7')
export const INK_SOFT = paint('#4c5d55', '#a4b5ac')
export const LINE = paint('#d8e0da', '#2b3832')
export const EDGE = paint('#7e8e85', '#6f8278')
export const ACCENT = paint('#1d654f', '#7fcbab')
export const TINT = paint('#e0efe8', '#1c382d')
export const TARGET = paint('#96650b', '#e0ad3d')
export const STONE = paint('#6f897d', '#7d958a')
export const STONE_TOP = paint('#c98f14', '#e0ad3d')

/** Of six lines; told apart by dash and marker as well, and chosen to differ in lightness for color-blind eyes. */
export const SERIES: readonly Paint[] = [
  ACCENT,
  TARGET,
  paint('#2f5d9b', '#8fb8ec'),
  paint('#8c2f5f', '#ee9cc4'),
  paint('#4c5d55', '#c3d0c9'),
  paint('#a2431b', '#f2a37e'),
]

/** Pale to full moss; on a dark background from dusk to bright. Lightness alone tells the steps apart. */
const RAMP: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#f0f6f2', '#c3ded0', '#8cc0a8', '#459274', '#144b3a'],
  dark: ['#25332c', '#2f5a49', '#3f8468', '#69b594', '#b9ecd5'],
}

/** The fill of a level, evenly spread over however many there are. */
export function rampPaint(level: number, levels: number): Paint {
  const share = levels <= 1 ? 1 : Math.min(1, Math.max(0, (level - 1) / (levels - 1)))
  return paint(between(RAMP.light, share), between(RAMP.dark, share))
}

/** Black or white, whichever can be read better on it. */
export function inkOn(fill: Paint): Paint {
  const better = (color: string) => (contrast('#000000', color) >= contrast('#ffffff', color) ? '#000000' : '#ffffff')
  return paint(better(fill.light), better(fill.dark))
}

function between(stops: readonly string[], share: number): string {
  const position = share * (stops.length - 1)
  const index = Math.min(Math.floor(position), stops.length - 2)
  const [from, to] = [channelsOf(stops[index] as string), channelsOf(stops[index + 1] as string)]
  const mixed = from.map((channel, i) => Math.round(channel + ((to[i] as number) - channel) * (position - index)))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
