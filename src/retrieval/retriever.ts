/** Search: BM25 and vectors over the corpus, and the places and levels that the question names. */
import type { Corpus } from '../corpus/passage.ts'
import type { HnswVectorStore } from '../index/vector-store.ts'
import type { Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from './lexical-index.ts'
import { type Ranked, rankPassages, type Weights } from './rank.ts'
import fittedWeights from './weights.json' with { type: 'json' }

/** Chosen on the project’s own questions (`npm run eval` shows what a change does); wide plateaus, no single best point. */
export const WEIGHTS: Weights = fittedWeights

/** So many windows, nearest first, count; passages further away are no neighbours at all. */
const NEIGHBOURS = 200

export interface Retrieval {
  ranked: readonly Ranked[]
  /** BM25 of the best theme outside the corpus. */
  outOfScope: number
}

export interface Retriever {
  search(understanding: Understanding, model?: string): Promise<Retrieval>
}

export interface RetrieverParts {
  corpus: Corpus
  lexical: LexicalIndex
  /** Absent: search goes by words alone. */
  vectors?: HnswVectorStore
  weights?: Weights
  /** Told when the embedder fails; the search then goes by words alone. */
  onEmbeddingFailure?(error: unknown): void
}

export function createRetriever({ corpus, lexical, vectors, weights = WEIGHTS, onEmbeddingFailure }: RetrieverParts): Retriever {
  /** Best window of each passage; empty without vectors, and when embedding or its dimensions fail. */
  const similarityTo = async (text: string): Promise<Map<string, number>> => {
    const best = new Map<string, number>()
    // The embedded model can't take a text without a single word.
    if (vectors === undefined || !/[\p{L}\p{N}]/u.test(text)) return best
    try {
      const query = await vectors.embeddings.embedQuery(text)
      for (const [document, similarity] of await vectors.similaritySearchVectorWithScore(query, NEIGHBOURS)) {
        const { passage } = document.metadata
        if (!best.has(passage)) best.set(passage, similarity)
      }
    } catch (error) {
      onEmbeddingFailure?.(error)
    }
    return best
  }
  return {
    async search(understanding, model) {
      // The embedder works in a thread of its own: words are looked up meanwhile.
      const embedding = similarityTo(understanding.searchText)
      const { byPassage, outOfScope } = lexical.score(understanding.terms)
      const similarity = await embedding
      return { ranked: rankPassages(corpus, understanding, { lexical: byPassage, similarity }, weights, model), outOfScope }
    },
  }
}
