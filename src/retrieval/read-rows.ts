/** Data files that are fitted: one JSON value a line. */
import { readFileSync } from 'node:fs'
import { codeOf } from '../shared/errors.ts'

/** @returns nothing when there is no such file */
export function readRows(path: string): string[] | undefined {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
