/** BM25 over passages, stemmed; the heading path and what people say about a passage are fields of their own. */
import type { Expansions, OutOfScope } from '../corpus/expansions.ts'
import type { Passage } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'
import { createBm25 } from './bm25.ts'
import type { Likeness } from './likeness.ts'
import { createLineIndex } from './line-index.ts'
import { stemOf, wordsOf } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'
import fitted from './weights.json' with { type: 'json' }

export interface WeightedTerm {
  stem: string
  weight: number
}

export interface LexicalIndex {
  /** BM25. */
  score(terms: readonly WeightedTerm[]): Likeness
  /** Likeness to single lines of what people say, from 0 to 1. */
  liken(terms: readonly WeightedTerm[]): Likeness
  /** How rare a stem is: inverse document frequency, 0 for a stem that no passage has. */
  rarity(stem: string): number
  has(stem: string): boolean
  /** Whether a passage itself says it, not only people about it. */
  isInText(stem: string): boolean
  /** Whether this passage itself says it. */
  isInTextOf(passage: string, stem: string): boolean
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
  const texts = passages.map(({ id, title, text }) => {
    const [heading, body, said] = [stems(title), stems(text), expansions.get(id)]
    // Where nobody has written down what people say, a passage's own words stand for it: a document must not lose for the lack.
    if (said === undefined) return { heading, text: body, asks: [heading, body], says: [], lines: [heading, ...splitSentences(text).map(stems)] }
    const [asks, says] = [said.asks.map(stems), said.says.map(stems)]
    return { heading, text: body, asks, says, lines: [...asks, ...says] }
  })
  const themes = [...outOfScope.values()].map((questions) => questions.map(stems))
  // Themes outside the corpus compete with passages on the same scale.
  const documents = [
    ...texts.map(({ heading, text, asks, says }) => ({ heading, text, asks: asks.flat(), says: says.flat() })),
    ...themes.map((questions) => ({ heading: [], text: [], asks: questions.flat(), says: [] })),
  ]
  const bm25 = createBm25(documents, { text: 1, ...fieldWeights })
  const ownStems = new Map(texts.map(({ heading, text }, i) => [passages[i]?.id, new Set([...heading, ...text])]))
  const inText = new Set([...ownStems.values()].flatMap((own) => [...own]))
  const numberOf = new Map(passages.map(({ id }, i) => [id, i]))
  const idOf = (document: number) => passages[document]?.id
  const frequencies = new Map<string, number>()
  const passagesHaving = (stem: string) => {
    const known = frequencies.get(stem)
    if (known !== undefined) return known
    const having = bm25.having(stem)
    const firstTheme = having.findIndex((document) => document >= passages.length)
    const frequency = firstTheme < 0 ? having.length : firstTheme
    // Of words that nobody has written down there is no end.
    if (having.length > 0) frequencies.set(stem, frequency)
    return frequency
  }
  const lines = createLineIndex([...texts.map((each) => each.lines), ...themes])

  return {
    liken: (terms) => perPassage(lines.compare(heaviest(terms)), idOf),
    score: (terms) => perPassage(bm25.score(heaviest(terms)), idOf),
    rarity: (stem) => {
      const count = passagesHaving(stem)
      return count === 0 ? 0 : Math.log(1 + passages.length / count)
    },
    has: (stem) => passagesHaving(stem) > 0,
    isInText: (stem) => inText.has(stem),
    isInTextOf: (passage, stem) => ownStems.get(passage)?.has(stem) === true,
    covers: (passage, stem) => bm25.having(stem).includes(numberOf.get(passage) ?? -1),
  }
}

/** @param scores by document: passages first, themes outside the corpus after them */
function perPassage(scores: ReadonlyMap<number, number>, idOf: (document: number) => string | undefined): Likeness {
  const byPassage = new Map<string, number>()
  let outOfScope = 0
  for (const [document, score] of scores) {
    const id = idOf(document)
    if (id === undefined) outOfScope = Math.max(outOfScope, score)
    else byPassage.set(id, score)
  }
  return { byPassage, outOfScope }
}

/** A stem that comes twice counts once, by its greater weight. */
function heaviest(terms: readonly WeightedTerm[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (const { stem, weight } of terms) weights.set(stem, Math.max(weight, weights.get(stem) ?? 0))
  return weights
}
