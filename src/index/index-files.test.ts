import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Document } from '@langchain/core/documents'
import { Embeddings } from '@langchain/core/embeddings'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { readIndex, writeIndex } from './index-files.ts'
import { HnswVectorStore } from './vector-store.ts'

/** Nothing is embedded here. */
class NoEmbeddings extends Embeddings {
  override embedQuery(): Promise<number[]> {
    throw new Error('not to be called')
  }

  override embedDocuments(): Promise<number[][]> {
    throw new Error('not to be called')
  }
}

const EMBEDDER = 'compass@1'
const embeddings = new NoEmbeddings({})

async function createStore(texts: readonly string[] = ['north', 'east', 'west']): Promise<HnswVectorStore> {
  const store = HnswVectorStore.empty(embeddings, 4)
  await store.addVectors(
    texts.map((_, i) => [1, i, i * i, -i]),
    texts.map((text) => new Document({ pageContent: text, metadata: { key: `key of ${text}`, passage: `acme/${text}` } })),
  )
  return store
}

let temporary: TemporaryDirectory
let directory: string
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
  directory = join(temporary.path, 'data', 'index')
})
afterEach(() => temporary.remove())

const write = async (corpusHash = 'first', texts?: readonly string[]) => writeIndex(directory, EMBEDDER, { store: await createStore(texts), corpusHash })
const read = (embedder = EMBEDDER) => readIndex(directory, embedder, embeddings)
const manifestPath = () => join(directory, 'manifest.json')
const manifest = async () => JSON.parse(await readFile(manifestPath(), 'utf8')) as Record<string, unknown> & { graph: string }
const graphPath = async () => join(directory, (await manifest()).graph)
const alter = async (changes: Record<string, unknown>) => writeFile(manifestPath(), JSON.stringify({ ...(await manifest()), ...changes }))

describe('an index on disk', () => {
  it('comes back as it was written', async () => {
    await write()

    const result = await read()

    if (result.kind !== 'ready') throw new Error(`the index is ${result.kind}`)
    const { store, corpusHash } = result.index
    expect(corpusHash).toBe('first')
    expect(store.dimensions).toBe(4)
    expect(store.documents).toEqual((await createStore()).documents)
    expect((await store.similaritySearchVectorWithScore([1, 1, 1, -1], 1))[0]?.[0].metadata).toEqual({ key: 'key of east', passage: 'acme/east' })
  })

  it('may be empty', async () => {
    await write('nothing', [])

    expect(await read()).toMatchObject({ kind: 'ready', index: { corpusHash: 'nothing' } })
  })

  it('is replaced by the next, of which alone the files remain', async () => {
    await write('first')
    await write('second', ['south'])

    expect(await read()).toMatchObject({ kind: 'ready', index: { corpusHash: 'second', store: { documents: [{ pageContent: 'south' }] } } })
    expect((await readdir(directory)).toSorted()).toEqual(['manifest.json', (await manifest()).graph].toSorted())
  })

  it('is cleared of what a crash left, and of nothing else', async () => {
    await mkdir(directory, { recursive: true })
    for (const name of ['vectors-crashed.hnsw', 'manifest.json.half', 'notes.txt']) await writeFile(join(directory, name), 'left over')

    await write()

    expect((await readdir(directory)).toSorted()).toEqual(['manifest.json', 'notes.txt', (await manifest()).graph].toSorted())
  })
})

describe('an index that is not there', () => {
  it('is missing, be it the directory, the manifest or the graph', async () => {
    expect(await read()).toEqual({ kind: 'missing' })

    await write()
    await rm(await graphPath())
    expect(await read()).toEqual({ kind: 'missing' })

    await write()
    await rm(manifestPath())
    expect(await read()).toEqual({ kind: 'missing' })
  })
})

describe('an index that does not fit together is not used, and the reason told', () => {
  beforeEach(() => write())

  it('made by another embedder', async () => {
    expect(await read('other@2')).toEqual({ kind: 'unusable', reason: 'it was made with compass@1' })
  })

  it('with a graph that is cut off', async () => {
    await truncate(await graphPath(), 200)

    expect(await read()).toEqual({ kind: 'unusable', reason: 'its vectors were changed or cut off' })
  })

  it('with a graph of which one byte changed', async () => {
    const graph = await readFile(await graphPath())
    graph.writeUInt8(graph.readUInt8(graph.length - 20) ^ 1, graph.length - 20)
    await writeFile(await graphPath(), graph)

    expect(await read()).toEqual({ kind: 'unusable', reason: 'its vectors were changed or cut off' })
  })

  it.each([2, 5, 512])('with a manifest that tells of %i dimensions', async (dimensions) => {
    await alter({ dimensions })

    expect(await read()).toEqual({ kind: 'unusable', reason: `the graph holds vectors of 4 dimensions, ${dimensions} expected` })
  })

  it('with a manifest that tells of another number of windows', async () => {
    await alter({ count: 2 })
    expect(await read()).toEqual({ kind: 'unusable', reason: 'its manifest contradicts itself' })

    await alter({ count: 1, windows: [{ key: 'k', passage: 'p', text: 't' }] })
    expect(await read()).toEqual({ kind: 'unusable', reason: 'the graph holds 3 vectors, 1 expected' })
  })

  it.each(['../index/vectors.hnsw', '/etc/passwd', 'sub/vectors.hnsw'])('with a manifest that names a file elsewhere: %s', async (graph) => {
    await alter({ graph })

    expect(await read()).toEqual({ kind: 'unusable', reason: 'its manifest names a file elsewhere' })
  })

  it.each(['..', '.', ''])('with a manifest that names a directory as graph: "%s"', async (graph) => {
    await alter({ graph })

    expect(await read()).toMatchObject({ kind: 'unusable' })
  })

  it.each([
    ['no JSON', 'x'],
    ['half a file', '{"format":1,'],
    ['empty', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['of another version', '{"format":2}'],
    ['binary', '\u0000\u0001\u0002'],
  ])('with a manifest that is %s', async (_, content) => {
    await writeFile(manifestPath(), content)

    expect(await read()).toEqual({ kind: 'unusable', reason: 'its manifest is not one of this version' })
  })

  it.each([
    ['another space', { space: 'l2' }],
    ['no dimensions', { dimensions: 0 }],
    ['a window without text', { windows: [{ key: 'k', passage: 'p' }] }],
    ['something unknown', { extra: true }],
  ])('with a manifest that has %s', async (_, changes) => {
    await alter(changes)

    expect(await read()).toEqual({ kind: 'unusable', reason: 'its manifest is not one of this version' })
  })

  it('with a directory in place of the manifest', async () => {
    await rm(manifestPath())
    await mkdir(manifestPath())

    expect(await read()).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('EISDIR') })
  })
})

describe('a write that fails', () => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['for want of room', () => Promise.reject(new Error('no space left on device'))],
    ['half way', (path) => writeFile(path, 'half a graph')],
    ['without a word', async () => {}],
  ])('leaves the old index as it was, and no file of its own: %s', async (_, writeGraph) => {
    await write('old')
    const before = (await readdir(directory)).toSorted()
    const store = await createStore(['south'])
    vi.spyOn(store, 'writeGraph').mockImplementation(writeGraph)

    await expect(writeIndex(directory, EMBEDDER, { store, corpusHash: 'new' })).rejects.toThrow()

    expect(await read()).toMatchObject({ kind: 'ready', index: { corpusHash: 'old' } })
    expect((await readdir(directory)).toSorted()).toEqual(before)
  })

  it('because a file is in the way of the directory says so', async () => {
    await writeFile(join(temporary.path, 'data'), 'in the way')

    await expect(write()).rejects.toThrow(/ENOTDIR|EEXIST/)
  })
})
