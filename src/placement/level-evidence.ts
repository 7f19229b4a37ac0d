/**
 * Which words speak for which level of a section. A word that all levels use says nothing; one that teams at a single
 * level use says a lot: the logarithm of its share among that level's lines against its mean share over the levels.
 */
import type { Expansions } from '../corpus/expansions.ts'
import type { Passage } from '../corpus/passage.ts'
import type { WeightedTerm } from '../retrieval/lexical-index.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'

export interface LevelEvidence {
  /** For each passage, in the order given, how much the terms speak for its level; 0 is neither for nor against. */
  weigh(terms: readonly WeightedTerm[]): number[]
  /** Whether any line of the section has the stem. */
  knows(stem: string): boolean
}

/** Keeps a word that was seen once from deciding alone. */
const SMOOTHING = 2
/** The passage itself counts as much as two lines that a team would say. */
const PASSAGE_WEIGHT = 2

/** @param passages the levels of one section */
export function createLevelEvidence(passages: readonly Passage[], expansions: Expansions, vocabulary: Vocabulary): LevelEvidence {
  const levels = passages.map(({ id, heading, text }) => {
    const { asks = [], says = [] } = expansions.get(id) ?? {}
    const lines = [...asks, ...says].map((line) => ({ line, weight: 1 }))
    const counts = new Map<string, number>()
    let total = 0
    for (const { line, weight } of [...lines, { line: `${heading} ${text}`, weight: PASSAGE_WEIGHT }]) {
      total += weight
      for (const stem of new Set(stemsOf(wordsOf(line).filter((word) => !vocabulary.isStopWord(word))))) counts.set(stem, (counts.get(stem) ?? 0) + weight)
    }
    return { counts, total }
  })
  const shares = (stem: string) => levels.map(({ counts, total }) => ((counts.get(stem) ?? 0) + SMOOTHING) / (total + 2 * SMOOTHING))

  return {
    weigh(terms) {
      const sums = levels.map(() => 0)
      for (const { stem, weight } of terms) {
        const each = shares(stem)
        const mean = each.reduce((sum, share) => sum + share, 0) / each.length
        for (const [i, share] of each.entries()) sums[i] = (sums[i] as number) + weight * Math.log(share / mean)
      }
      return sums
    },
    knows: (stem) => levels.some(({ counts }) => counts.has(stem)),
  }
}
