/** The profile of a team: how far each section has come, against its target and the round before, and the same in words. */
import { oneLine } from './labels.ts'
import { type Level, type LevelNames, levelText, scaleText } from './levels.ts'

export interface ProfileAxis {
  label: string
  /** Absent where nobody answered, or where the section does not apply. */
  value: Level | undefined
  target?: Level | undefined
  previous?: Level | undefined
}

export interface Profile {
  title: string
  axes: readonly ProfileAxis[]
  /** How many the model has. */
  levels: number
  levelNames?: LevelNames
}

/** More would stand too close to be read. */
export const MOST_AXES = 27

export function profileText(kind: string, { title, axes, levels, levelNames }: Profile): string {
  const shown = axes.slice(0, MOST_AXES)
  const sentences = shown.map(({ label, value, target, previous }) => {
    const parts = [
      value === undefined ? 'no level' : `level ${levelText(value)}`,
      ...(target === undefined ? [] : [`target ${levelText(target)}`]),
      ...(previous === undefined ? [] : [`last round ${levelText(previous)}`]),
    ]
    return `${oneLine(label)}: ${parts.join(', ')}.`
  })
  const subject =
    axes.length === 0 ? 'nothing to show yet' : `${shown.length === 1 ? '1 section' : `${shown.length} sections`} on ${scaleText(levels, levelNames)}`
  const explained = hasOpen(shown) ? ['No level means not answered or not applicable.'] : []
  return [`${oneLine(title)}. ${kind}, ${subject}.`, ...sentences, ...explained, ...notShown(axes)].join(' ')
}

/** A sentence about what was left out, or none. */
export function notShown(axes: readonly unknown[]): string[] {
  const more = axes.length - MOST_AXES
  return more > 0 ? [`${more} more ${more === 1 ? 'section is' : 'sections are'} not shown.`] : []
}

/** What the lines and marks mean: only what occurs. */
export function hasTargets(axes: readonly ProfileAxis[]): boolean {
  return axes.some(({ target }) => target !== undefined)
}

export function hasPrevious(axes: readonly ProfileAxis[]): boolean {
  return axes.some(({ previous }) => previous !== undefined)
}

export function hasOpen(axes: readonly ProfileAxis[]): boolean {
  return axes.some(({ value }) => value === undefined)
}
