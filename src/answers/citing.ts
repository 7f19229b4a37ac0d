/** Whether a passage that was found is worth citing beside the best one: how near it comes, weighed by a fitted logistic model. */
import type { Passage } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import type { Ranked } from '../retrieval/rank.ts'
import { type LogisticModel, probabilityOf } from '../shared/logistic.ts'
import fitted from './citing.json' with { type: 'json' }

export const CITING_FEATURES = ['probability', 'bestProbability', 'gap', 'said', 'meant', 'leads', 'sameSection', 'neighbour', 'atTarget'] as const
export type CitingFeatures = Record<(typeof CITING_FEATURES)[number], number>

/** From its threshold on, a passage is cited. */
export type CitingModel = LogisticModel<(typeof CITING_FEATURES)[number]>

/** With what vectors tell, and without. Fitted by `npm run eval:fit-citing` on the project’s own questions. */
export const CITING: Readonly<Record<'compared' | 'byWords', CitingModel>> = fitted

/** So many passages are looked at, and so many at most cited: an answer stays short. */
const LOOKED_AT = 6
const MAX_CITED = 3

/** Passages that share the probability of being right; those further down have next to none. */
const RIVALS = 20
/** How fast a passage's chance falls with its distance from the best: about what a ranking fitted by maximum likelihood says. */
const STEEPNESS = 6

/** The best passage, and those after it that may well answer too. */
export function passagesWorthCiting(
  ranked: readonly Ranked[],
  understanding: Understanding,
  fits: (passage: Passage) => boolean,
  model: CitingModel,
): Passage[] {
  const further = candidatesAfterBest(ranked, fits).filter((each) => probabilityOf(citingFeatures(each, ranked, understanding), model) >= model.threshold)
  return [...ranked.slice(0, 1), ...further].slice(0, MAX_CITED).map(({ passage }) => passage)
}

export function candidatesAfterBest(ranked: readonly Ranked[], fits: (passage: Passage) => boolean): Ranked[] {
  return ranked.filter(({ passage, leads }, i) => i > 0 && (i < LOOKED_AT || leads !== undefined) && fits(passage))
}

export function citingFeatures(each: Ranked, ranked: readonly Ranked[], { targetLevels }: Understanding): CitingFeatures {
  const best = ranked[0] ?? each
  const { passage } = each
  const sameSection = passage.model === best.passage.model && passage.section === best.passage.section
  const all = ranked.slice(0, RIVALS).reduce((sum, rival) => sum + chance(rival, best), 0)
  return {
    probability: chance(each, best) / all,
    bestProbability: 1 / all,
    gap: best.score - each.score,
    said: each.evidence.said,
    meant: each.meant,
    leads: each.leads === undefined ? 0 : 1,
    sameSection: sameSection ? 1 : 0,
    neighbour: sameSection && Math.abs((passage.level ?? 0) - (best.passage.level ?? 0)) === 1 ? 1 : 0,
    atTarget: passage.level !== null && targetLevels.includes(passage.level) ? 1 : 0,
  }
}

/** Against the best one's, which is 1. */
function chance(each: Ranked, best: Ranked): number {
  return Math.exp((each.score - best.score) * STEEPNESS)
}
