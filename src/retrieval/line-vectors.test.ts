import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPANSIONS, loadExpansions, loadOutOfScope, OUT_OF_SCOPE } from '../corpus/expansions.ts'
import { createEmbeddedEmbedder } from '../embeddings/embedded-embeddings.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { themeName } from './directions.ts'
import { formatLineVectors, LINE_VECTORS_FILE, type LineVectors, readLineVectors } from './line-vectors.ts'

let directory: TemporaryDirectory
let path: string
let lines: LineVectors

beforeAll(async () => {
  directory = await createTemporaryDirectory()
  path = join(directory.path, 'line-vectors.jsonl')
  writeFileSync(
    path,
    formatLineVectors({
      embedder: 'toy',
      axes: [
        [1, 0, 0],
        [0, 1, 0],
      ],
      lines: new Map([
        [
          'm/backups',
          [
            [1, 0],
            [0.8, 0.6],
            [0.6, 0.8],
            [-1, 0],
          ],
        ],
        ['m/paging', [[0, -1]]],
        [
          themeName('weather'),
          [
            [0, 1],
            [0, 1],
            [0, 1],
          ],
        ],
      ]),
    }),
  )
  lines = readLineVectors('toy', path) as LineVectors
})
afterAll(() => directory.remove())

describe('vectors of single lines', () => {
  it('tell how near the three nearest lines about a passage come on average, and the rest not at all', () => {
    expect(lines.compare([2, 0, 0]).byPassage.get('m/backups')).toBeCloseTo(0.8, 2)
  })

  it('go by the lines there are where there are fewer', () => {
    expect(lines.compare([0, -1, 0]).byPassage.get('m/paging')).toBeCloseTo(1, 2)
  })

  it('never count against a passage', () => {
    expect(lines.compare([0, 1, 0]).byPassage.get('m/paging')).toBe(0)
  })

  it('tell the same of themes outside the corpus, by themselves', () => {
    const { byPassage, outOfScope } = lines.compare([0, 3, 0])
    expect(outOfScope).toBeCloseTo(1, 2)
    expect([...byPassage.keys()]).toEqual(['m/backups', 'm/paging'])
  })

  it('tell how many of the five nearest lines of all are about something outside', () => {
    expect(lines.compare([0, 1, 0]).outsiders).toBeCloseTo(3 / 5)
    expect(lines.compare([2, -1, 0]).outsiders).toBeCloseTo(1 / 5)
  })

  it('see less of what lies beside their axes', () => {
    expect(lines.compare([1, 0, 1]).byPassage.get('m/backups')).toBeCloseTo(0.8 / Math.SQRT2, 2)
  })

  it('hold for the embedder that they were fitted for, and no other', () => {
    expect(readLineVectors('another', path)).toBeUndefined()
    expect(readLineVectors('toy', join(directory.path, 'none.jsonl'))).toBeUndefined()
    expect(lines.compare([1, 2]).byPassage.size).toBe(0)
  })
})

describe('the line vectors that ship', () => {
  it('are of every line that is said about a passage or a theme, in their order', async () => {
    const [head, ...rows] = readFileSync(LINE_VECTORS_FILE, 'utf8').trimEnd().split('\n')
    const { axes } = JSON.parse(head as string) as { axes: number }
    const shipped = rows.slice(axes).map((row) => {
      const { name, vectors } = JSON.parse(row) as { name: string; vectors: string }
      return [name, Buffer.from(vectors, 'base64').length / axes]
    })
    const [expansions, themes] = [await loadExpansions(EXPANSIONS), await loadOutOfScope(OUT_OF_SCOPE)]
    const said = [...expansions].map(([id, { asks, says }]) => [id, asks.length + says.length])
    expect(shipped).toEqual([...said, ...[...themes].map(([theme, questions]) => [themeName(theme), questions.length])])
  })

  it('know a line again', async () => {
    const expansions = await loadExpansions(EXPANSIONS)
    const embedder = createEmbeddedEmbedder()
    try {
      const shipped = readLineVectors(embedder.name) as LineVectors
      for (const [id, { asks }] of [...expansions].filter((_, i) => i % 40 === 0)) {
        const { byPassage, outOfScope } = shipped.compare(await embedder.embeddings.embedQuery(asks.at(-1) as string))
        expect(byPassage.get(id)).toBeGreaterThan(outOfScope)
      }
    } finally {
      await embedder.close()
    }
  })
})
