/** BM25 over passages, stemmed; the heading path and what people say about a passage are fields of their own. */
import MiniSearch from 'minisearch'
import type { Expansions, OutOfScope } from '../corpus/expansions.ts'
import type { Passage } from '../corpus/passage.ts'
import { createLineIndex, type Likeness } from './line-index.ts'
import { stemOf, wordsOf } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'
import fitted from './weights.json' with { type: 'json' }

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
  /** How much it is like single lines of what people say. */
  liken(terms: readonly WeightedTerm[]): Likeness
  /** How rare a stem is: inverse document frequency, 0 for a stem that no passage has. */
  rarity(stem: string): number
  has(stem: string): boolean
  /** Whether a passage itself says it, not only people about it. */
  isInText(stem: string): boolean
  /** Whether a passage has it: in heading, text or what people say about it. */
  covers(passage: string, stem: string): boolean
}

/** How much a word counts in a field; 1 is the text itself. Without the heading path a passage does not say what it is about. */
export interface FieldWeights {
  heading: number
  asks: number
  says: number
}

/** Fitted together with the weights of the evidence. */
export const FIELD_WEIGHTS: FieldWeights = fitted.fields

export function createLexicalIndex(
  passages: readonly Passage[],
  vocabulary: Vocabulary,
  expansions: Expansions = new Map(),
  outOfScope: OutOfScope = new Map(),
  fieldWeights: FieldWeights = FIELD_WEIGHTS,
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
      boost: { ...fieldWeights },
      combineWith: 'OR',
    },
  })
  const frequency = new Map<string, number>()
  const inText = new Set<string>()
  const byId = new Map<string, Set<string>>()
  for (const { id, title, text } of passages) {
    // Where nobody has written down what people ask, a passage's own words stand for it: a document must not lose for the lack.
    const { asks = [title, text], says = [] } = expansions.get(id) ?? {}
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

  const lines = createLineIndex(passages, expansions, outOfScope, stems)

  return {
    liken: (terms) => lines.compare(heaviest(terms)),
    score(terms) {
      if (terms.length === 0) return { byPassage: new Map(), outOfScope: 0 }
      const weights = heaviest(terms)
      const hits = search.search([...weights.keys()].join(' '), { boostTerm: (stem) => weights.get(stem) ?? 1 })
      // The library multiplies by how many terms hit; here each counts by its weight, or related words would drown the typed ones.
      const scores = hits.map(({ id, score, queryTerms }) => ({
        id: id as string,
        score: (score / queryTerms.length) * queryTerms.reduce((sum, stem) => sum + (weights.get(stem) ?? 1), 0),
      }))
      return {
        byPassage: new Map(scores.filter(({ id }) => byId.has(id)).map(({ id, score }) => [id, score])),
        outOfScope: Math.max(0, ...scores.filter(({ id }) => !byId.has(id)).map(({ score }) => score)),
      }
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

/** A stem that comes twice counts once, by its greater weight. */
function heaviest(terms: readonly WeightedTerm[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (const { stem, weight } of terms) weights.set(stem, Math.max(weight, weights.get(stem) ?? 0))
  return weights
}
