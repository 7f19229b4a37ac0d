/** Something wrong with a corpus file, told so that its author can mend it. */
export interface Problem {
  file: string
  /** Counted from 1. */
  line: number
  reason: string
}

export function formatProblem({ file, line, reason }: Problem): string {
  return `${file}:${line}: ${reason}`
}
