/** BM25 over passages, stemmed; the heading path and what people say about a passage are fields of their own. */
import MiniSearch from 'minisearch'
import type { Expansions } from '../corpus/expansions.ts'
import type { Passage } from '../corpus/passage.ts'
import { stemOf, wordsOf } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface WeightedTerm {
  stem: string
  weight: number
}

export interface LexicalIndex {
  /** BM25 scores by passage id; passages without any of the terms are absent. */
  score(terms: readonly WeightedTerm[]): Map<string, number>
  /** How rare a stem is: inverse document frequency, 0 for a stem that no passage has. */
  rarity(stem: string): number
  has(stem: string): boolean
}

/** Without the heading path a passage does not say what it is about. */
const HEADING_WEIGHT = 2
const SAID_WEIGHT = 0.8

export function createLexicalIndex(passages: readonly Passage[], vocabulary: Vocabulary, expansions: Expansions = new Map()): LexicalIndex {
  const stems = (text: string) => wordsOf(text).filter((word) => !vocabulary.isStopWord(word)).map(stemOf)
  const search = new MiniSearch<{ id: string; heading: string; text: string; said: string }>({
    fields: ['heading', 'text', 'said'],
    tokenize: stems,
    processTerm: (stem) => stem,
    searchOptions: {
      boost: { heading: HEADING_WEIGHT, said: SAID_WEIGHT },
      tokenize: (query) => query.split(' '),
      combineWith: 'OR',
    },
  })
  search.addAll(passages.map(({ id, title, text }) => ({ id, heading: title, text, said: saidOf(expansions, id) })))

  const frequency = new Map<string, number>()
  for (const { id, title, text } of passages) for (const stem of new Set(stems(`${title} ${text} ${saidOf(expansions, id)}`))) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)

  return {
    score(terms) {
      if (terms.length === 0) return new Map()
      const weights = new Map<string, number>()
      for (const { stem, weight } of terms) weights.set(stem, Math.max(weight, weights.get(stem) ?? 0))
      const hits = search.search([...weights.keys()].join(' '), { boostTerm: (stem) => weights.get(stem) ?? 1 })
      return new Map(hits.map((hit) => [hit.id as string, hit.score]))
    },
    rarity: (stem) => {
      const count = frequency.get(stem)
      return count === undefined ? 0 : Math.log(1 + passages.length / count)
    },
    has: (stem) => frequency.has(stem),
  }
}

function saidOf(expansions: Expansions, id: string): string {
  const expansion = expansions.get(id)
  return expansion === undefined ? '' : [...expansion.asks, ...expansion.says].join('\n')
}
