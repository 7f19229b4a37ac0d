/** How close sentences are in meaning, by the embedder; what was embedded once is kept. */
import type { Embeddings } from '@langchain/core/embeddings'

/** Sentences of some two hundred passages. */
const MAX_KEPT = 4_000

export type Similarities = (sentence: string, others: readonly string[]) => Promise<number[]>

/** Cosine similarities in the order of `others`; 0 where nothing can be embedded: what is alike in words alone is then still found. */
export function createSimilarities(embeddings: Embeddings): Similarities {
  const kept = new Map<string, Promise<number[]>>()
  const vectorsOf = (texts: readonly string[]): Promise<number[][]> => {
    const missing = [...new Set(texts)].filter((text) => !kept.has(text))
    if (missing.length > 0) {
      const made = embeddings.embedDocuments(missing)
      for (const [i, text] of missing.entries()) {
        const vector = made.then((vectors) => toUnit(vectors[i] ?? []))
        // Who waits for it is told; a failure is not kept.
        vector.catch(() => kept.delete(text))
        kept.set(text, vector)
      }
    }
    const found = texts.map((text) => kept.get(text) as Promise<number[]>)
    for (const text of kept.keys()) {
      if (kept.size <= MAX_KEPT) break
      kept.delete(text)
    }
    return Promise.all(found)
  }
  return async (sentence, others) => {
    // The embedded model can't take a text without a single word.
    const readable = (text: string) => /[\p{L}\p{N}]/u.test(text)
    if (!readable(sentence)) return others.map(() => 0)
    const found = await vectorsOf([sentence, ...others.map((other) => (readable(other) ? other : sentence))]).catch(() => undefined)
    if (found === undefined) return others.map(() => 0)
    const [own = [], ...vectors] = found
    return vectors.map((vector, i) => (readable(others[i] as string) ? vector.reduce((sum, value, j) => sum + value * (own[j] ?? 0), 0) : 0))
  }
}

function toUnit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector)
  return length === 0 ? [...vector] : vector.map((value) => value / length)
}
