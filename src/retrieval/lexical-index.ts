/** BM25 over passages, stemmed; the heading path and what people say about a passage are fields of their own. */
import MiniSearch from 'minisearch'
import type { Expansions, OutOfScope } from '../corpus/expansions.ts'
import type { Passage } from '../corpus/passage.ts'
import { stemOf, wordsOf } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface WeightedTerm {
  stem: string
  weight: number
}

export interface LexicalScores {
  /** BM25 by passage id; passages without any of the terms are absent. */
  byPassage: ReadonlyMap<string, number>
  /** BM25 of the theme outside the corpus that has most of the terms. */
  outOfScope: number
}

export interface LexicalIndex {
  score(terms: readonly WeightedTerm[]): LexicalScores
  /** How rare a stem is: inverse document frequency, 0 for a stem that no passage has. */
  rarity(stem: string): number
  has(stem: string): boolean
  /** Whether a passage itself says it, not only people about it. */
  isInText(stem: string): boolean
  /** Whether a passage has it: in heading, text or what people say about it. */
  covers(passage: string, stem: string): boolean
}

/** Without the heading path a passage does not say what it is about. */
const HEADING_WEIGHT = 2
const ASKS_WEIGHT = 1.5
const SAYS_WEIGHT = 0.6

export function createLexicalIndex(
  passages: readonly Passage[],
  vocabulary: Vocabulary,
  expansions: Expansions = new Map(),
  outOfScope: OutOfScope = new Map(),
): LexicalIndex {
  const stems = (text: string) =>
    wordsOf(text)
      .filter((word) => !vocabulary.isStopWord(word))
      .map(stemOf)
  const search = new MiniSearch<{ id: string; heading: string; text: string; asks: string; says: string }>({
    fields: ['heading', 'text', 'asks', 'says'],
    tokenize: (stemmed) => stemmed.split(' '),
    processTerm: (stem) => stem,
    searchOptions: {
      boost: { heading: HEADING_WEIGHT, asks: ASKS_WEIGHT, says: SAYS_WEIGHT },
      combineWith: 'OR',
    },
  })
  const frequency = new Map<string, number>()
  const inText = new Set<string>()
  const byId = new Map<string, Set<string>>()
  for (const { id, title, text } of passages) {
    const { asks = [], says = [] } = expansions.get(id) ?? {}
    const fields = [title, text, asks.join('\n'), says.join('\n')].map((field) => stems(field))
    const own = new Set(fields.flat())
    byId.set(id, own)
    for (const stem of [...(fields[0] ?? []), ...(fields[1] ?? [])]) inText.add(stem)
    for (const stem of own) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)
    const [heading = '', body = '', asked = '', said = ''] = fields.map((field) => field.join(' '))
    search.add({ id, heading, text: body, asks: asked, says: said })
  }
  // Themes outside the corpus compete with passages on the same scale.
  for (const [theme, questions] of outOfScope)
    search.add({ id: `out-of-scope:${theme}`, heading: '', text: '', asks: questions.flatMap(stems).join(' '), says: '' })

  return {
    score(terms) {
      if (terms.length === 0) return { byPassage: new Map(), outOfScope: 0 }
      const weights = new Map<string, number>()
      for (const { stem, weight } of terms) weights.set(stem, Math.max(weight, weights.get(stem) ?? 0))
      const hits = search.search([...weights.keys()].join(' '), { boostTerm: (stem) => weights.get(stem) ?? 1 })
      const byPassage = new Map(hits.filter((hit) => byId.has(hit.id)).map((hit) => [hit.id as string, hit.score]))
      return { byPassage, outOfScope: hits.find((hit) => !byId.has(hit.id))?.score ?? 0 }
    },
    rarity: (stem) => {
      const count = frequency.get(stem)
      return count === undefined ? 0 : Math.log(1 + passages.length / count)
    },
    has: (stem) => frequency.has(stem),
    isInText: (stem) => inText.has(stem),
    covers: (passage, stem) => byId.get(passage)?.has(stem) === true,
  }
}
