/** Which of the passages found an answer speaks about, and in what arrangement. */
import type { Corpus, Passage } from '../corpus/passage.ts'
import type { Side } from '../questions/sides.ts'
import type { Understanding } from '../questions/understand.ts'
import type { Ranked } from '../retrieval/rank.ts'
import type { Retrieval } from '../retrieval/retriever.ts'
import { introductionsAskedFor } from './about-models.ts'
import { CITING, type CitingModel, passagesWorthCiting } from './citing.ts'

export interface Plan {
  /**
   * `level`: what a level is, the first passage told in full. `compare`: side by side. `next`: what to do next.
   * `find`: the sentences that answer, from the best passages. `models`: what the models are.
   */
  kind: 'level' | 'compare' | 'next' | 'find' | 'models'
  passages: readonly Passage[]
}

const MODELS = /\b(?:models?|guides?|all of them|each of them)\b/i
/** From this strength on, a section counts as named. */
const CLEAR_SECTION = 0.6
const MAX_COMPARED = 3
/** In points of the ranking's score. */
const CLOSE_BEHIND = 0.3

export function planAnswer(
  understanding: Understanding,
  { ranked, compared }: Pick<Retrieval, 'ranked' | 'compared'>,
  corpus: Corpus,
  citing: CitingModel = compared ? CITING.compared : CITING.byWords,
): Plan {
  const best = ranked[0]?.passage
  if (best === undefined) return { kind: 'find', passages: [] }
  const { intent, places, targetLevels } = understanding
  const introductions = introductionsAskedFor(understanding, corpus)
  if (introductions.length > 0) return { kind: 'models', passages: introductions }

  // "When … and when …": without a model to look into, the second topic's best passage is one more that may be worth citing.
  const onlyTopics = places.models.length === 0 && understanding.sides.some((side) => side.byTopic)
  if (!onlyTopics && (intent.comparison || places.models.length > 1 || understanding.sides.length > 1)) {
    const sides = comparedSides(understanding, ranked)
    if (sides.length > 1) return { kind: 'compare', passages: sides }
  }
  const atTarget = isAtTarget(understanding, best)
  const found = () => passagesWorthCiting(ranked, understanding, fitsBeside(best, understanding), citing)
  if (intent.nextStep && best.level !== null && (targetLevels.length === 0 || atTarget)) return { kind: 'next', passages: found() }
  const namesSection = places.sections.some((section) => section.model === best.model && section.section === best.section && section.strength >= CLEAR_SECTION)
  const onLadder = corpus.model(best.model)?.shape === 'staged' && places.models.includes(best.model)
  if (atTarget && targetLevels.length === 1 && places.models.includes(best.model) && (namesSection || onLadder)) return { kind: 'level', passages: found() }
  return { kind: 'find', passages: found() }
}

/** What the question names narrows the answer down, as long as the best passage fits it. */
export function fitsBeside(best: Passage, understanding: Understanding): (passage: Passage) => boolean {
  const { models } = understanding.places
  const within = models.includes(best.model) ? models : undefined
  const atTarget = isAtTarget(understanding, best)
  return (passage) => (within === undefined || within.includes(passage.model)) && (!atTarget || isAtTarget(understanding, passage))
}

function isAtTarget({ targetLevels }: Understanding, { level }: Passage): boolean {
  return level !== null && targetLevels.includes(level)
}

/** The best passage of each side; without sides, of the models that have most to say. */
function comparedSides({ question, places, sides }: Understanding, ranked: readonly Ranked[]): Passage[] {
  if (sides.length > 1) {
    const leaders = ranked.filter((each) => each.leads !== undefined).toSorted((a, b) => (a.leads ?? 0) - (b.leads ?? 0))
    // What is best for the whole question belongs beside the best of each side.
    const best = ranked.slice(0, 1).filter(({ passage, leads }) => leads === undefined && sides.some((side) => isOnSide(passage, side)))
    // A side that two passages speak for about as well gets both.
    const seconds = ranked.filter(({ behindLeader = Number.POSITIVE_INFINITY }) => behindLeader < CLOSE_BEHIND)
    const closest = seconds.toSorted((a, b) => (a.behindLeader ?? 0) - (b.behindLeader ?? 0))
    return [...new Set([...leaders, ...best, ...closest])].slice(0, MAX_COMPARED).map((each) => each.passage)
  }
  // "RKE vs kops" compares tools: the best passages speak for themselves. Whole models are compared when they are asked for.
  if (places.models.length === 1 || !MODELS.test(question)) return []
  const models = [...new Set(ranked.slice(0, 10).map((each) => each.passage.model))].slice(0, MAX_COMPARED)
  return models.flatMap((model) => ranked.find((each) => each.passage.model === model)?.passage ?? [])
}

function isOnSide({ model, level }: Passage, { places, targetLevels }: Side): boolean {
  return places.models.includes(model) && (targetLevels.length === 0 || (level !== null && targetLevels.includes(level)))
}
