/** Embeds by hashing words: texts with words in common are near. No model, no thread, always the same. */
import { createHash } from 'node:crypto'
import { Embeddings } from '@langchain/core/embeddings'
import type { Embedder } from '../embeddings/embedder.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'

const DIMENSIONS = 64

class HashingEmbeddings extends Embeddings {
  constructor() {
    super({})
  }

  override async embedQuery(text: string): Promise<number[]> {
    const vector = new Array<number>(DIMENSIONS).fill(0)
    for (const stem of stemsOf(wordsOf(text))) {
      const slot = createHash('sha256').update(stem).digest().readUInt32BE(0) % DIMENSIONS
      vector[slot] = (vector[slot] ?? 0) + 1
    }
    const length = Math.hypot(...vector) || 1
    return vector.map((value) => value / length)
  }

  override embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map((text) => this.embedQuery(text)))
  }
}

export function createHashingEmbedder(): Embedder {
  return { name: 'hashing', embeddings: new HashingEmbeddings(), close: async () => {} }
}
