/** Search: BM25 and vectors over the corpus, and the places and levels that the question names. */
import type { Corpus } from '../corpus/passage.ts'
import type { HnswVectorStore } from '../index/vector-store.ts'
import type { Side } from '../questions/sides.ts'
import type { Understanding } from '../questions/understand.ts'
import type { Directions, Heard } from './directions.ts'
import type { LexicalIndex } from './lexical-index.ts'
import type { Likeness } from './likeness.ts'
import type { LineVectors, Meant } from './line-vectors.ts'
import { type Ranked, rankPassages, type Weights } from './rank.ts'
import fittedWeights from './weights.json' with { type: 'json' }

/** Fitted by `npm run eval:fit-weights` on the project’s own questions; wide plateaus, no single best point. */
export const WEIGHTS: Weights = fittedWeights.evidence

/** So many windows, nearest first, count; passages further away are no neighbours at all. */
const NEIGHBOURS = 200

export interface Retrieval {
  ranked: readonly Ranked[]
  /** BM25 of the best theme outside the corpus. */
  outOfScope: number
  /** How much it sounds like a theme outside the corpus, like all of these together, and like the passage it sounds like most. */
  heard: { outOfScope: number; outside: number; best: number }
  /** How much it is like single lines said about a theme outside the corpus, and about the passage that it is like most. */
  said: { outOfScope: number; best: number }
  /** The same by their vectors instead of their words, and the share of lines from outside among the nearest. */
  meant: { outOfScope: number; outsiders: number; best: number }
  /** Whether vectors could tell what it sounds like. Without them, and with those of an embedder that nothing was fitted for, words decide alone. */
  compared: boolean
}

export interface Retriever {
  search(understanding: Understanding, model?: string): Promise<Retrieval>
}

export interface RetrieverParts {
  corpus: Corpus
  lexical: LexicalIndex
  /** Absent: search goes by words alone. */
  vectors?: HnswVectorStore
  /** Both of the embedder that the vectors come from: one without the other is not used, since what is decided is fitted with both. */
  directions?: Directions | undefined
  lineVectors?: LineVectors | undefined
  weights?: Weights
  /** Told when the embedder fails; the search then goes by words alone. */
  onEmbeddingFailure?(error: unknown): void
}

/** What vectors tell of a text. */
export interface Compared {
  /** Best window's cosine similarity by passage. */
  similarity: ReadonlyMap<string, number>
  heard: Heard
  /** To single lines of what people say. */
  meant: Meant
  compared: boolean
}
const NOTHING: Likeness = { byPassage: new Map(), outOfScope: 0 }
const NOT_COMPARED: Compared = { similarity: new Map(), heard: { ...NOTHING, outside: 0 }, meant: { ...NOTHING, outsiders: 0 }, compared: false }

/** What a text's vector is compared with. */
export interface VectorParts extends Pick<RetrieverParts, 'directions' | 'lineVectors'> {
  vectors: HnswVectorStore
}

/** @throws Error when the text can't be embedded, or the vectors have other dimensions */
export async function compareVectors(text: string, { vectors, directions, lineVectors }: VectorParts): Promise<Compared> {
  // The embedded model can't take a text without a single word.
  if (!/[\p{L}\p{N}]/u.test(text)) return NOT_COMPARED
  const query = await vectors.embeddings.embedQuery(text)
  const similarity = new Map<string, number>()
  for (const [document, nearness] of await vectors.similaritySearchVectorWithScore(query, NEIGHBOURS)) {
    const { passage } = document.metadata
    if (!similarity.has(passage)) similarity.set(passage, nearness)
  }
  if (directions === undefined || lineVectors === undefined) return { ...NOT_COMPARED, similarity }
  return { similarity, heard: directions.hear(query), meant: lineVectors.compare(query), compared: true }
}

export function createRetriever({ corpus, lexical, vectors, directions, lineVectors, weights = WEIGHTS, onEmbeddingFailure }: RetrieverParts): Retriever {
  /** Nothing without vectors, and when embedding or its dimensions fail. */
  const compare = async (text: string): Promise<Compared> => {
    if (vectors === undefined) return NOT_COMPARED
    try {
      return await compareVectors(text, { vectors, directions, lineVectors })
    } catch (error) {
      onEmbeddingFailure?.(error)
      return NOT_COMPARED
    }
  }
  return {
    async search(understanding, model) {
      // The embedder works in a thread of its own: words are looked up meanwhile.
      const comparing = compare(understanding.searchText)
      const { byPassage, outOfScope } = lexical.score(understanding.terms)
      const said = lexical.liken(understanding.terms)
      const bySide = understanding.sides.map((side) => ({ side, lexical: lexical.score(side.terms).byPassage, said: lexical.liken(side.terms).byPassage }))
      const { similarity, heard, meant, compared } = await comparing
      const bestOfSides = bySide.map(({ side, ...words }) => {
        // The question's vector mixes topics: each of these goes by its words.
        const signals = side.byTopic ? { ...words, similarity: new Map() } : { ...words, similarity, heard: heard.byPassage }
        return bestOfSide(side, rankPassages(corpus, { ...understanding, ...side }, signals, weights, model))
      })
      return {
        ranked: rankPassages(
          corpus,
          understanding,
          { lexical: byPassage, similarity, heard: heard.byPassage, said: said.byPassage, meant: meant.byPassage },
          weights,
          model,
        ).map((each) => {
          const isIt = (other: Ranked | undefined) => other?.passage.id === each.passage.id
          const leads = bestOfSides.findIndex(([first]) => isIt(first))
          if (leads >= 0) return { ...each, leads }
          const [first, second] = bestOfSides.find((best) => isIt(best[1])) ?? []
          return first === undefined || second === undefined ? each : { ...each, behindLeader: first.score - second.score }
        }),
        outOfScope,
        heard: { ...bestOf(heard), outside: heard.outside },
        said: bestOf(said),
        meant: { ...bestOf(meant), outsiders: meant.outsiders },
        compared,
      }
    },
  }
}

const bestOf = ({ byPassage, outOfScope }: Likeness) => ({ outOfScope, best: Math.max(0, ...byPassage.values()) })

/** The two best of its model and, where there are any, at its level. */
function bestOfSide({ places, targetLevels }: Side, ranked: readonly Ranked[]): Ranked[] {
  const own = ranked.filter(({ passage }) => places.models.length === 0 || places.models.includes(passage.model))
  const atLevel = own.filter(({ passage }) => passage.level !== null && targetLevels.includes(passage.level))
  return (atLevel.length > 0 ? atLevel : own).slice(0, 2)
}
