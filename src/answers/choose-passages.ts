/** Which of the passages found an answer speaks about, and in what arrangement. */
import { type Corpus, type Passage, passageId } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import type { Ranked } from '../retrieval/rank.ts'
import { introductionsAskedFor } from './about-models.ts'

export interface Plan {
  /**
   * `level`: what a level is, told in full. `compare`: side by side. `next`: what to do next.
   * `find`: the sentences that answer, from the best passages. `models`: what the models are.
   */
  kind: 'level' | 'compare' | 'next' | 'find' | 'models'
  passages: readonly Passage[]
}

/** A passage this close to the best one may answer as well. */
const CLOSE = 0.75
const MAX_FOUND = 3
const MAX_NEXT = 2
const MODELS = /\b(?:models?|guides?|all of them|each of them)\b/i
/** From this strength on, a section counts as named. */
const CLEAR_SECTION = 0.6
const MAX_COMPARED = 3

export function planAnswer(understanding: Understanding, ranked: readonly Ranked[], corpus: Corpus): Plan {
  const best = ranked[0]?.passage
  if (best === undefined) return { kind: 'find', passages: [] }
  const { intent, places, targetLevels } = understanding
  const introductions = introductionsAskedFor(understanding, corpus)
  if (introductions.length > 0) return { kind: 'models', passages: introductions }

  if (intent.comparison || places.models.length > 1) {
    const sides = comparedSides(understanding, ranked, corpus)
    if (sides.length > 1) return { kind: 'compare', passages: sides }
  }
  const atTarget = targetLevels.length > 0 && best.level !== null && targetLevels.includes(best.level)
  /** What the question names narrows the answer down, as long as the best passage fits it. */
  const fits = (passage: Passage) =>
    (places.models.length === 0 || !places.models.includes(best.model) || places.models.includes(passage.model)) &&
    (!atTarget || (passage.level !== null && targetLevels.includes(passage.level)))

  if (intent.nextStep && best.level !== null && (targetLevels.length === 0 || atTarget)) return { kind: 'next', passages: withClose(ranked, MAX_NEXT, fits) }
  const namesSection = places.sections.some((section) => section.model === best.model && section.section === best.section && section.strength >= CLEAR_SECTION)
  const onLadder = corpus.model(best.model)?.shape === 'staged' && places.models.includes(best.model)
  if (atTarget && targetLevels.length === 1 && places.models.includes(best.model) && (namesSection || onLadder)) return { kind: 'level', passages: [best] }
  return { kind: 'find', passages: withClose(ranked, MAX_FOUND, fits) }
}

function withClose(ranked: readonly Ranked[], most: number, fits: (passage: Passage) => boolean): Passage[] {
  const top = ownScore(ranked[0])
  return ranked
    .slice(0, 10)
    .filter((each, i) => i === 0 || (ownScore(each) >= top * CLOSE && fits(each.passage)))
    .slice(0, most)
    .map((each) => each.passage)
}

/** The score without what all passages of the named model and level have in common. */
function ownScore(ranked: Ranked | undefined): number {
  if (ranked === undefined) return 0
  const { model, level, levelWord, anyLevel } = ranked.evidence
  return ranked.score - model - level - levelWord - anyLevel
}

/** One passage a side: of each model that is named, else of each level, else of the models that have most to say. */
function comparedSides({ question, places, targetLevels }: Understanding, ranked: readonly Ranked[], corpus: Corpus): Passage[] {
  const firstWith = (fits: (passage: Passage) => boolean) => ranked.find((each) => fits(each.passage))?.passage
  const found = (sides: readonly (Passage | undefined)[]) => [...new Set(sides.filter((side) => side !== undefined))].slice(0, MAX_COMPARED)

  if (places.models.length > 1) return found(places.models.map((model) => firstWith((passage) => passage.model === model)))
  const best = ranked[0]?.passage
  if (best !== undefined && targetLevels.length > 1) {
    return found([...targetLevels].sort((a, b) => a - b).map((level) => corpus.passage(passageId(best.model, best.section, level))))
  }
  // "RKE vs kops" compares tools: the best passages speak for themselves. Whole models are compared when they are asked for.
  if (places.models.length === 1 || !MODELS.test(question)) return []
  const models = [...new Set(ranked.slice(0, 10).map((each) => each.passage.model))]
  return found(models.map((model) => firstWith((passage) => passage.model === model)))
}
