import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { createEmbeddedEmbedder } from '../embeddings/embedded-embeddings.ts'
import type { Embedder } from '../embeddings/embedder.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { readVectorFile, toInt8, type VectorFile, writeVectorFile } from './shipped-vectors.ts'
import { type Window, windowsOf } from './windows.ts'

const SAMPLES = 8

describe('the vectors that ship (after a change to corpus/, run: npm run vectors)', () => {
  let embedder: Embedder
  let shipped: VectorFile | undefined
  let windows: Window[]
  beforeAll(async () => {
    embedder = createEmbeddedEmbedder()
    shipped = await readVectorFile()
    windows = (await loadCorpus()).corpus.passages.flatMap(windowsOf)
  })
  afterAll(() => embedder.close())

  it('are those of the embedded model', () => {
    expect(shipped).toMatchObject({ embedder: embedder.name, dimensions: 512 })
  })

  it('are there for each window of the built-in corpus, and for no other', () => {
    expect([...(shipped?.vectors.keys() ?? [])].toSorted()).toEqual([...new Set(windows.map(({ key }) => key))].toSorted())
  })

  it('all have the length that the file tells', () => {
    expect([...(shipped?.vectors.values() ?? [])].filter((vector) => vector.length !== 512)).toEqual([])
  })

  it('point where the model points today', async () => {
    const sampled = Array.from({ length: SAMPLES }, (_, i) => windows[Math.floor((i * windows.length) / SAMPLES)] as Window)
    const fresh = await embedder.embeddings.embedDocuments(sampled.map(({ text }) => text))

    for (const [i, { key, passage }] of sampled.entries()) expect(cosine(fresh[i] ?? [], shipped?.vectors.get(key) ?? []), passage).toBeGreaterThan(0.999)
  })
})

describe('a file of vectors', () => {
  let directory: TemporaryDirectory
  let path: string
  beforeEach(async () => {
    directory = await createTemporaryDirectory()
    path = join(directory.path, 'vectors.jsonl')
  })
  afterEach(() => directory.remove())

  const vectors = new Map([
    ['b', [0.02, -0.01, 0.005]],
    ['a', [1, 0, -1]],
  ])

  it('keeps the direction of each vector', async () => {
    await writeVectorFile(path, { embedder: 'e', dimensions: 3, vectors })

    const again = await readVectorFile(path)

    expect(again).toMatchObject({ embedder: 'e', dimensions: 3 })
    expect([...(again?.vectors.keys() ?? [])]).toEqual(['a', 'b'])
    for (const [key, vector] of vectors) expect(cosine(again?.vectors.get(key) ?? [], vector)).toBeGreaterThan(0.999)
  })

  it('has one line a window, in an order of its own, so that a change to one passage changes only its lines', async () => {
    await writeVectorFile(path, { embedder: 'e', dimensions: 3, vectors })
    const before = (await readFile(path, 'utf8')).split('\n')
    await writeVectorFile(path, { embedder: 'e', dimensions: 3, vectors: new Map([['c', [0, 0, 1]], ...vectors]) })
    const after = (await readFile(path, 'utf8')).split('\n')

    expect(after.filter((line) => !before.includes(line))).toEqual([expect.stringContaining('"c"')])
    expect(before.filter((line) => !after.includes(line))).toEqual([])
  })

  it('need not be there', async () => {
    expect(await readVectorFile(path)).toBeUndefined()
  })

  it('is refused when it is not in form', async () => {
    await writeFile(path, '{"embedder":"e","dimensions":3}\n<<<<<<< HEAD\n')

    await expect(readVectorFile(path)).rejects.toThrow()
  })
})

it('uses the whole range of 8 bits, and has an answer to a vector of zeros', () => {
  expect([...toInt8([0.5, -0.25, 0])]).toEqual([127, -63, 0])
  expect([...toInt8([0, 0])]).toEqual([0, 0])
})

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
