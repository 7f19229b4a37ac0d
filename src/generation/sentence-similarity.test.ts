import { Embeddings } from '@langchain/core/embeddings'
import { describe, expect, it } from 'vitest'
import { createSimilarities } from './sentence-similarity.ts'

/** A direction by the first letter; remembers what it was asked. */
class LetterEmbeddings extends Embeddings {
  readonly asked: string[][] = []
  fails = false
  constructor() {
    super({})
  }
  async embedDocuments(texts: string[]): Promise<number[][]> {
    this.asked.push(texts)
    if (this.fails) throw new Error('the server is away')
    return texts.map((text) => (text.startsWith('a') ? [2, 0] : text.startsWith('b') ? [0, 3] : [1, 1]))
  }
  embedQuery(text: string): Promise<number[]> {
    return this.embedDocuments([text]).then(([vector]) => vector as number[])
  }
}

describe('similarity', () => {
  it('is the cosine, in the order of the others', async () => {
    const similarities = createSimilarities(new LetterEmbeddings())
    const found = await similarities('apple', ['banana', 'avocado', 'cherry'])
    expect(found.map((value) => Math.round(value * 100))).toEqual([0, 100, 71])
    expect(await similarities('apple', [])).toEqual([])
  })

  it('embeds each sentence once, also when two are asked for at the same time', async () => {
    const embeddings = new LetterEmbeddings()
    const similarities = createSimilarities(embeddings)
    await Promise.all([similarities('apple', ['banana', 'banana']), similarities('avocado', ['banana', 'apple'])])
    expect(embeddings.asked.flat().toSorted()).toEqual(['apple', 'avocado', 'banana'])
  })

  it('is nothing where there is no word to embed', async () => {
    const embeddings = new LetterEmbeddings()
    const similarities = createSimilarities(embeddings)
    expect(await similarities('…', ['apple'])).toEqual([0])
    expect((await similarities('apple', ['—', 'avocado'])).map(Math.round)).toEqual([0, 1])
    expect(embeddings.asked.flat()).not.toContain('—')
  })

  it('is nothing while the embedder fails, and there again when it is back', async () => {
    const embeddings = new LetterEmbeddings()
    const similarities = createSimilarities(embeddings)
    embeddings.fails = true
    expect(await similarities('apple', ['avocado'])).toEqual([0])
    embeddings.fails = false
    expect((await similarities('apple', ['avocado'])).map(Math.round)).toEqual([1])
  })

  it('keeps only so many', async () => {
    const embeddings = new LetterEmbeddings()
    const similarities = createSimilarities(embeddings)
    for (let i = 0; i < 10; i++)
      await similarities(
        'apple',
        Array.from({ length: 500 }, (_, j) => `b${i}-${j}`),
      )
    await similarities('apple', ['b0-0'])
    expect(embeddings.asked.flat().filter((text) => text === 'b0-0')).toHaveLength(2)
  })
})
