import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Document } from '@langchain/core/documents'
import { Embeddings } from '@langchain/core/embeddings'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { HnswVectorStore, type WindowDocument } from './vector-store.ts'

/** Texts are compass points. */
class Compass extends Embeddings {
  override async embedQuery(text: string): Promise<number[]> {
    const [x, y] = ({ east: [1, 0], northeast: [1, 1], north: [0, 1], west: [-1, 0] } as Record<string, [number, number]>)[text] ?? [0, -1]
    return [x, y]
  }

  override embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map((text) => this.embedQuery(text)))
  }
}

const document = (text: string): WindowDocument => new Document({ pageContent: text, metadata: { key: `key of ${text}`, passage: `acme/${text}` } })
const texts = (found: readonly [WindowDocument, number][]) => found.map(([{ pageContent }]) => pageContent)

let store: HnswVectorStore
beforeEach(async () => {
  store = HnswVectorStore.empty(new Compass({}), 2)
  await store.addDocuments(['west', 'north', 'east'].map(document))
})

describe('search', () => {
  it('finds the nearest first, with the cosine as score', async () => {
    const found = await store.similaritySearchVectorWithScore([3, 3.3], 3)

    expect(texts(found)).toEqual(['north', 'east', 'west'])
    expect(found.map(([, score]) => score)).toEqual([0.74, 0.673, -0.673].map((score) => expect.closeTo(score, 2)))
  })

  it('does not mind how long a vector is, only where it points', async () => {
    const [found] = await store.similaritySearchVectorWithScore([1e-3, 0], 1)

    expect(found).toEqual([expect.objectContaining({ pageContent: 'east' }), expect.closeTo(1, 5)])
  })

  it('finds all there is when more is asked for, and nothing when nothing is', async () => {
    expect(await store.similaritySearchVectorWithScore([1, 0], 5000)).toHaveLength(3)
    expect(await store.similaritySearchVectorWithScore([1, 0], 0)).toEqual([])
  })

  it('finds nothing in an empty store', async () => {
    expect(await HnswVectorStore.empty(new Compass({}), 2).similaritySearchVectorWithScore([1, 0], 5)).toEqual([])
  })

  it('finds only what a filter lets through', async () => {
    const found = await store.similaritySearchVectorWithScore([1, 0.1], 2, ({ metadata }) => metadata.passage !== 'acme/east')

    expect(texts(found)).toEqual(['north', 'west'])
    expect(await store.similaritySearchVectorWithScore([1, 0], 2, () => false)).toEqual([])
  })

  it('survives a filter that throws', async () => {
    const faulty = () => {
      throw new Error('faulty filter')
    }

    await expect(store.similaritySearchVectorWithScore([1, 0], 1, faulty)).rejects.toThrow('faulty filter')
  })

  it('refuses a query of another length', async () => {
    await expect(store.similaritySearchVectorWithScore([1, 0, 0], 1)).rejects.toThrow()
  })
})

describe('adding', () => {
  it.each([
    ['of another length', [1, 0, 0], 'a vector of 3 dimensions in an index of 2'],
    ['that is empty', [], 'a vector of 0 dimensions in an index of 2'],
    ['with NaN', [1, Number.NaN], 'a vector holds a value that is not a number'],
    ['with infinity', [1, Number.POSITIVE_INFINITY], 'a vector holds a value that is not a number'],
  ])('refuses a vector %s and then adds none of its batch', async (_, vector, reason) => {
    const adding = store.addVectors([[0, -1], vector], ['south', 'odd'].map(document))

    await expect(adding).rejects.toThrow(new RangeError(reason))
    expect(store.documents).toHaveLength(3)
    expect(texts(await store.similaritySearchVectorWithScore([0, -1], 5))).not.toContain('south')
  })

  it('goes on past the 1024 vectors that a store begins with, and still finds each', async () => {
    let seed = 1
    const number = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed / 2 ** 31 - 0.5
    }
    const vectors = Array.from({ length: 2500 }, () => Array.from({ length: 16 }, number))
    const large = HnswVectorStore.empty(new Compass({}), 16)
    for (const [from, to] of [
      [0, 1000],
      [1000, 1030],
      [1030, 2500],
    ] as const) {
      await large.addVectors(
        vectors.slice(from, to),
        vectors.slice(from, to).map((_, i) => document(String(from + i))),
      )
    }

    expect(large.documents).toHaveLength(2500)
    for (const i of [0, 999, 1000, 1023, 1024, 1500, 2499]) {
      expect(texts(await large.similaritySearchVectorWithScore(vectors[i] as number[], 1))).toEqual([String(i)])
    }
  })
})

it('works as a LangChain retriever, with a filter too', async () => {
  const near = store.asRetriever(2)
  const filtered = store.asRetriever({ k: 2, filter: ({ pageContent }: WindowDocument) => pageContent !== 'north' })

  expect((await near.invoke('northeast')).map(({ pageContent }) => pageContent).toSorted()).toEqual(['east', 'north'])
  expect((await filtered.invoke('northeast')).map(({ pageContent }) => pageContent)).toEqual(['east', 'west'])
  expect((await near.invoke('north'))[0]?.metadata).toEqual({ key: 'key of north', passage: 'acme/north' })
})

describe('a graph on disk', () => {
  let directory: TemporaryDirectory
  let graph: string
  beforeEach(async () => {
    directory = await createTemporaryDirectory()
    graph = join(directory.path, 'vectors.hnsw')
    await store.writeGraph(graph)
  })
  afterEach(() => directory.remove())
  const read = (dimensions = 2, documents = [...store.documents]) => HnswVectorStore.readGraph(graph, new Compass({}), dimensions, documents)

  it('answers as before, and takes more', async () => {
    const again = await read()
    await again.addDocuments([document('northeast')])

    expect(texts(await again.similaritySearchVectorWithScore([1, 0.9], 2))).toEqual(['northeast', 'east'])
    expect(again.vector(2)).toEqual([1, 0])
  })

  it.each([1, 3, 512])('is refused when read as vectors of %i dimensions', async (dimensions) => {
    await expect(read(dimensions)).rejects.toThrow(`the graph holds vectors of 2 dimensions, ${dimensions} expected`)
  })

  it('is refused with another number of documents', async () => {
    await expect(read(2, [document('west')])).rejects.toThrow('the graph holds 3 vectors, 1 expected')
  })

  it.each([
    ['empty', ''],
    ['something else', 'not a graph, but long enough to hold the head of one, or so one might think'],
  ])('is refused when it is %s', async (_, content) => {
    await writeFile(graph, content)

    await expect(read()).rejects.toThrow()
  })
})
