/** A level as a figure of several answers: one level, or the two that a median ties between. */

export type LevelFigure = number | { low: number; high: number }

/** What gaps and headlines are measured from: a tie has reached its lower level. */
export function lowerOf(figure: LevelFigure): number {
  return typeof figure === 'number' ? figure : figure.low
}

/** For a trend: a tie lies in the middle. */
export function middleOf(figure: LevelFigure): number {
  return typeof figure === 'number' ? figure : (figure.low + figure.high) / 2
}

/** "3", or "2-3" */
export function figureText(figure: LevelFigure): string {
  return typeof figure === 'number' ? String(figure) : `${figure.low}-${figure.high}`
}

/** Undefined for no levels. */
export function medianOf(levels: readonly number[]): LevelFigure | undefined {
  const sorted = levels.toSorted((a, b) => a - b)
  const low = sorted[Math.ceil(sorted.length / 2) - 1]
  const high = sorted[Math.floor(sorted.length / 2)]
  if (low === undefined || high === undefined) return undefined
  return low === high ? low : { low, high }
}
