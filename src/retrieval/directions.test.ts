import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPANSIONS, loadExpansions, loadOutOfScope, OUT_OF_SCOPE } from '../corpus/expansions.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { DIRECTIONS_FILE, formatDirections, readDirections, themeName } from './directions.ts'

let directory: TemporaryDirectory
let path: string

beforeAll(async () => {
  directory = await createTemporaryDirectory()
  path = join(directory.path, 'directions.jsonl')
  const directions = new Map([
    ['m/backups', [0.06, 0]],
    [themeName('weather'), [0, 0.03]],
  ])
  writeFileSync(path, formatDirections({ embedder: 'toy', dimensions: 2, directions }))
})
afterAll(() => directory.remove())

describe('directions', () => {
  it('tell how much a question sounds like a passage, and like something outside the corpus', () => {
    const heard = readDirections('toy', path)?.hear([2, 1])
    expect(heard?.byPassage.get('m/backups')).toBeCloseTo(0.894, 2)
    expect(heard?.outOfScope).toBeCloseTo(0.224, 2)
  })

  it('tell how much a question sounds like anything outside the corpus: what all themes get together', () => {
    const many = join(directory.path, 'themes.jsonl')
    const directions = new Map([
      ['m/backups', [0, 1]],
      [themeName('weather'), [0.3, 0]],
      [themeName('sports'), [0.4, -0.1]],
    ])
    writeFileSync(many, formatDirections({ embedder: 'toy', dimensions: 2, directions }))
    expect(readDirections('toy', many)?.hear([3, 0]).outside).toBeCloseTo(0.7, 2)
    expect(readDirections('toy', many)?.hear([0, 2]).outside).toBeCloseTo(-0.1, 2)
  })

  it('hold for the embedder that they were fitted for, and no other', () => {
    expect(readDirections('another', path)).toBeUndefined()
    expect(readDirections('toy', join(directory.path, 'none.jsonl'))).toBeUndefined()
    expect(readDirections('toy', path)?.hear([1, 2, 3]).byPassage.size).toBe(0)
  })

  it('ship for every passage and theme that something is said about', async () => {
    const [, ...rows] = readFileSync(DIRECTIONS_FILE, 'utf8').trimEnd().split('\n')
    const names = rows.map((row) => (JSON.parse(row) as { name: string }).name)
    const [expansions, themes] = [await loadExpansions(EXPANSIONS), await loadOutOfScope(OUT_OF_SCOPE)]
    expect(names.sort()).toEqual([...expansions.keys(), ...[...themes.keys()].map(themeName)].sort())
  })
})
