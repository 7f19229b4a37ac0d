/** Whether a passage that was found is worth citing beside the best one: how near it comes, weighed by a fitted logistic model. */
import type { Passage } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import type { Ranked } from '../retrieval/rank.ts'
import { type LogisticModel, probabilityOf } from '../shared/logistic.ts'
import fitted from './citing.json' with { type: 'json' }

export const CITING_FEATURES = [
  'nearness',
  'ownNearness',
  'rank',
  'lead',
  'lexical',
  'similarity',
  'asked',
  'bestLexical',
  'bestAsked',
  'strength',
  'sameSection',
  'sameModel',
  'neighbour',
  'general',
  'atTarget',
  'whichLevel',
] as const
export type CitingFeatures = Record<(typeof CITING_FEATURES)[number], number>

/** From its threshold on, a passage is cited. */
export type CitingModel = LogisticModel<(typeof CITING_FEATURES)[number]>

/** Fitted by `npm run eval:fit-citing` on the project’s own questions. */
export const CITING: CitingModel = fitted

/** So many passages are looked at, and so many at most cited: an answer stays short. */
const LOOKED_AT = 6
const MAX_CITED = 3

/** The best passage, and those after it that may well answer too. */
export function passagesWorthCiting(
  ranked: readonly Ranked[],
  understanding: Understanding,
  fits: (passage: Passage) => boolean,
  model: CitingModel = CITING,
): Passage[] {
  const further = candidatesAfterBest(ranked, fits).filter((each) => probabilityOf(citingFeatures(each, ranked, understanding), model) >= model.threshold)
  return [...ranked.slice(0, 1), ...further].slice(0, MAX_CITED).map(({ passage }) => passage)
}

export function candidatesAfterBest(ranked: readonly Ranked[], fits: (passage: Passage) => boolean): Ranked[] {
  return ranked.slice(1, LOOKED_AT).filter(({ passage }) => fits(passage))
}

export function citingFeatures(each: Ranked, ranked: readonly Ranked[], { intent, targetLevels }: Understanding): CitingFeatures {
  const best = ranked[0] ?? each
  const { passage } = each
  const sameModel = passage.model === best.passage.model
  const sameSection = sameModel && passage.section === best.passage.section
  return {
    nearness: each.score / best.score,
    ownNearness: ownScore(each) / Math.max(ownScore(best), 0.01),
    rank: 1 / (1 + ranked.indexOf(each)),
    lead: best.score - (ranked[1]?.score ?? 0),
    lexical: each.evidence.lexical,
    similarity: each.similarity,
    asked: each.evidence.asked,
    bestLexical: best.evidence.lexical,
    bestAsked: best.evidence.asked,
    strength: Math.log1p(each.bm25) / 5,
    sameSection: sameSection ? 1 : 0,
    sameModel: sameModel ? 1 : 0,
    neighbour: sameSection && Math.abs((passage.level ?? 0) - (best.passage.level ?? 0)) === 1 ? 1 : 0,
    general: passage.level === null ? 1 : 0,
    atTarget: passage.level !== null && targetLevels.includes(passage.level) ? 1 : 0,
    whichLevel: intent.whichLevel ? 1 : 0,
  }
}

/** The score without what all passages of the named model and level have in common. */
function ownScore({ score, evidence: { model, level, levelWord, anyLevel } }: Ranked): number {
  return score - model - level - levelWord - anyLevel
}
