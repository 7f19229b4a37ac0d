/**
 * Which words speak for which level of a section. A word that all levels use says nothing; one that teams at a single
 * level use says a lot: the logarithm of its share among that level's lines against its mean share over the levels.
 */
import type { Expansions } from '../corpus/expansions.ts'
import type { Passage } from '../corpus/passage.ts'
import { stemsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { tellingWords } from './telling-words.ts'

export interface LevelEvidence {
  /** For each level, ascending, how much a stem speaks for it; 0 is neither for nor against. */
  weigh(stem: string): readonly number[]
  /** Whether any line of the section has the stem. */
  knows(stem: string): boolean
}

/** Keeps a word that was seen once or twice, of the hundred lines of a level, from deciding alone; from 2 to 4 the figures hardly differ. */
const SMOOTHING = 2
/** The passage itself counts as much as two lines that a team would say. */
const PASSAGE_WEIGHT = 2

/** @param passages the levels of one section, and the topic passages below it that belong to one of its levels */
export function createLevelEvidence(levels: readonly number[], passages: readonly Passage[], expansions: Expansions, vocabulary: Vocabulary): LevelEvidence {
  const counted = levels.map((level) => countLevel(passages.filter((passage) => passage.level === level)))

  function countLevel(own: readonly Passage[]) {
    const counts = new Map<string, number>()
    let total = 0
    const add = (text: string, weight: number) => {
      total += weight
      for (const stem of new Set(stemsOf(tellingWords(text, vocabulary)))) counts.set(stem, (counts.get(stem) ?? 0) + weight)
    }
    for (const { id, heading, text } of own) {
      const { asks = [], says = [] } = expansions.get(id) ?? {}
      for (const line of [...asks, ...says]) add(line, 1)
      add(`${heading} ${text}`, PASSAGE_WEIGHT)
    }
    return { counts, total }
  }

  return {
    weigh(stem) {
      const shares = counted.map(({ counts, total }) => ((counts.get(stem) ?? 0) + SMOOTHING) / (total + 2 * SMOOTHING))
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
      return shares.map((share) => Math.log(share / mean))
    },
    knows: (stem) => counted.some(({ counts }) => counts.has(stem)),
  }
}
