/** Why a level is the likeliest: the claims that spoke for it, with their signals and most telling words. */
import { type PlacementModel, scoreOf, tenseWeight } from './decide.ts'
import type { ClaimEvidence, Evidence } from './evidence.ts'
import type { Reason } from './placement.ts'

const MAX_CLAIMS = 3
const MAX_WORDS = 3
/** What says less than this for a level is not worth showing. */
const MIN_VALUE = 0.2

/** @param level counted from 0 */
export function explain(evidence: Evidence, level: number, model: PlacementModel): Reason[] {
  return evidence.claims
    .map((claim) => ({ reason: reasonOf(claim, level), value: tenseWeight(claim, evidence, model) * scoreOf(claim, level, model) }))
    .filter(({ reason, value }) => value > MIN_VALUE && reason.signals.length + reason.words.length > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, MAX_CLAIMS)
    .map(({ reason }) => reason)
}

function reasonOf({ text, signals, words }: ClaimEvidence, level: number): Reason {
  const speaking = <Each extends { speaksFor: readonly number[] }>(all: readonly Each[]) =>
    all.filter((each) => (each.speaksFor[level] as number) > MIN_VALUE).sort((a, b) => (b.speaksFor[level] as number) - (a.speaksFor[level] as number))
  return {
    claim: text,
    signals: speaking(signals).map(({ signal, denied }) => (denied ? `not ${signal.name}` : signal.name)),
    words: speaking(words)
      .flatMap(({ word }) => word ?? [])
      .slice(0, MAX_WORDS),
  }
}
