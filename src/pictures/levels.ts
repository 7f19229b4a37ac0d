/** Levels as pictures show them: a number, or two where a median lies between them. */

export type Level = number | { low: number; high: number }

/** Names of levels from level 1 on, where the model has them. */
export type LevelNames = readonly (string | undefined)[]

export const middleOf = (level: Level): number => (typeof level === 'number' ? level : (level.low + level.high) / 2)

/** "3", "2-3", "2.5" */
export function levelText(level: Level): string {
  return typeof level === 'number' ? String(Math.round(level * 10) / 10) : `${levelText(level.low)}-${levelText(level.high)}`
}

/** "1 Build", or the number alone. */
export function namedLevels(levels: number, names: LevelNames = []): string[] {
  return Array.from({ length: levels }, (_, i) => (names[i] === undefined ? String(i + 1) : `${i + 1} ${names[i]}`))
}

/** "levels 1 (Build) to 5 (Adapt)" */
export function scaleText(levels: number, names: LevelNames = []): string {
  const named = (level: number) => (names[level - 1] === undefined ? String(level) : `${level} (${names[level - 1]})`)
  return levels <= 1 ? `level ${named(1)} only` : `levels ${named(1)} to ${named(levels)}`
}
