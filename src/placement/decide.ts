/** From evidence to a decision: a probability for each level, and whether the statement says enough. */
import { type LogisticModel, probabilityOf } from '../shared/logistic.ts'
import type { ClaimEvidence, Evidence } from './evidence.ts'
import fitted from './placement.json' with { type: 'json' }

/** More make a statement no clearer. */
const ENOUGH_SIGNALS = 3
const ENOUGH_WORDS = 8
const SURE = 0.999
/** A few words suffice where they leave little doubt. */
const TELLING = 0.75
const FEW_WORDS = 3
/** What a neighbour's probability counts in choosing; on eval/adopters.jsonl 0.3 to 0.5 do the same, and put fewer a long way off than 0 does. */
const BESIDE = 0.4
/** Several signals in one claim are often one fact under several names: what each counts falls with how many there are. On eval/adopters.jsonl 0.3 to 0.5 do the same. */
const CROWDING = 0.3

export interface PlacementModel {
  /** Weight of what words say. */
  words: number
  /** Weight of what signals say. */
  signals: number
  /** Weight of a signal that is denied, against one that is given. */
  denied: number
  /** Weight of what was before, beside what is now. */
  past: number
  /** Weight of what is planned, beside what is now. */
  planned: number
  /** Whether a statement says enough to be placed. */
  clear: LogisticModel<ClarityFeature>
}

export const CLARITY_FEATURES = ['top', 'knownWords', 'signals'] as const
export type ClarityFeature = (typeof CLARITY_FEATURES)[number]

/** Fitted by `npm run eval:fit-placement` on the project's own sets. */
export const PLACEMENT: PlacementModel = fitted

export interface Decision {
  /** For each level, ascending; together 1. */
  probabilities: number[]
  /** The level to choose, counted from 0: nearly always the likeliest. */
  placed: number
  unclear: boolean
}

export function decide(evidence: Evidence, levels: number, model: PlacementModel = PLACEMENT): Decision {
  const probabilities = weighLevels(evidence, levels, model)
  const isTelling = Math.max(...probabilities) >= TELLING && evidence.knownWords >= FEW_WORDS
  const isClear = probabilityOf(measureClarity(evidence, probabilities), model.clear) >= model.clear.threshold
  return { probabilities, placed: safest(probabilities), unclear: evidence.knownWords === 0 || !(isTelling || isClear) }
}

/** For each level, ascending, its probability. */
export function weighLevels(evidence: Evidence, levels: number, model: PlacementModel): number[] {
  const scores = Array.from({ length: levels }, (_, i) => sumClaims(evidence, (claim) => scoreOf(claim, i, model), model))
  return softmax(scores)
}

export function measureClarity(evidence: Evidence, probabilities: readonly number[]): Record<ClarityFeature, number> {
  const top = Math.max(...probabilities)
  const signals = evidence.claims.reduce((sum, claim) => sum + claim.signals.length, 0)
  return {
    top: Math.log(top / (1 - Math.min(top, SURE))),
    knownWords: Math.log1p(Math.min(ENOUGH_WORDS, evidence.knownWords)),
    signals: Math.min(ENOUGH_SIGNALS, signals),
  }
}

/** How much a claim's tense takes from it; a statement that tells nothing of now is taken as it is. */
export function tenseWeight({ tense }: ClaimEvidence, evidence: Evidence, model: PlacementModel): number {
  if (tense === 'now' || !evidence.claims.some((claim) => claim.tense === 'now')) return 1
  return model[tense]
}

function sumClaims(evidence: Evidence, worthOf: (claim: ClaimEvidence) => number, model: PlacementModel): number {
  return evidence.claims.reduce((sum, claim) => sum + tenseWeight(claim, evidence, model) * worthOf(claim), 0)
}

/** @param level counted from 0 */
export function scoreOf({ words, signals }: ClaimEvidence, level: number, model: PlacementModel): number {
  const byWords = words.reduce((sum, word) => sum + (word.speaksFor[level] as number), 0)
  const bySignals = signals.reduce((sum, { denied, speaksFor }) => sum + (denied ? model.denied : 1) * (speaksFor[level] as number), 0)
  return model.words * byWords + (model.signals * bySignals) / Math.max(1, signals.length) ** CROWDING
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores)
  const exponentials = scores.map((score) => Math.exp(score - highest))
  const total = exponentials.reduce((sum, value) => sum + value, 0)
  return exponentials.map((value) => value / total)
}

/** Where two levels beside each other share what speaks for a statement, one of them is a safer choice than a third that stands alone. */
function safest(probabilities: readonly number[]): number {
  const worth = probabilities.map((own, i) => own + BESIDE * ((probabilities[i - 1] ?? 0) + (probabilities[i + 1] ?? 0)))
  return worth.indexOf(Math.max(...worth))
}
