/** Search: BM25 and vectors over the corpus, and the places and levels that the question names. */
import type { Corpus } from '../corpus/passage.ts'
import type { HnswVectorStore } from '../index/vector-store.ts'
import type { Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from './lexical-index.ts'
import { type Ranked, rankPassages, type Weights } from './rank.ts'
import fittedWeights from './weights.json' with { type: 'json' }

/** Fitted by cross-validation; see eval/README.md. */
export const WEIGHTS: Weights = fittedWeights

/** So many windows, nearest first, count; passages further away are no neighbours at all. */
const NEIGHBOURS = 400

export interface Retrieval {
  ranked: readonly Ranked[]
  /** BM25 of the best theme outside the corpus. */
  outOfScope: number
  /** Time spent waiting for the question's embedding, and all the rest, in milliseconds. */
  ms: { embed: number; rank: number }
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
  const similarityTo = async (query: number[] | undefined): Promise<Map<string, number>> => {
    const best = new Map<string, number>()
    if (vectors === undefined || query === undefined) return best
    for (const [document, similarity] of await vectors.similaritySearchVectorWithScore(query, NEIGHBOURS)) {
      const { passage } = document.metadata
      if (!best.has(passage)) best.set(passage, similarity)
    }
    return best
  }
  /** The embedded model can't take a text without a single word. */
  const embed = (text: string) => (/[\p{L}\p{N}]/u.test(text) ? vectors?.embeddings.embedQuery(text) : undefined)
  return {
    async search(understanding, model) {
      const started = performance.now()
      const query = await embed(understanding.searchText)?.catch((error: unknown) => {
        onEmbeddingFailure?.(error)
        return undefined
      })
      const embedded = performance.now()
      const { byPassage, outOfScope } = lexical.score(understanding.terms)
      const signals = { lexical: byPassage, similarity: await similarityTo(query) }
      const ranked = rankPassages(corpus, understanding, signals, weights, model)
      return { ranked, outOfScope, ms: { embed: embedded - started, rank: performance.now() - embedded } }
    },
  }
}
