/** How sure it is that the corpus answers a question: a few plain measurements, weighed by a fitted logistic model. */
import type { Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import type { Ranked } from '../retrieval/rank.ts'
import type { Retrieval } from '../retrieval/retriever.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { type LogisticModel, probabilityOf } from '../shared/logistic.ts'
import fitted from './confidence.json' with { type: 'json' }

export const FEATURES = [
  'coverage',
  'coverageOfTop',
  'rarestCovered',
  'coverageByText',
  'rarestInText',
  'inText',
  'similarity',
  'unknownShare',
  'foreignNames',
  'agreement',
  'length',
  'namesModel',
  'namesSection',
  'namesLevel',
  'howTo',
  'outOfScope',
  'heard',
  'heardOutOfScope',
  'heardMargin',
  'heardOutside',
  'said',
  'saidOutOfScope',
  'meant',
  'meantOutOfScope',
  'meantOutsiders',
  'namesThing',
  'knownThing',
  'lead',
] as const
export type Features = Record<(typeof FEATURES)[number], number>

/** Below its threshold the assistant declines. */
export type ConfidenceModel = LogisticModel<(typeof FEATURES)[number]>

/**
 * One for questions whose vector was compared with what people say, one for those that words alone tell of.
 * Fitted by `npm run eval:fit` on the project's own question sets.
 */
export const CONFIDENCE: Readonly<Record<'compared' | 'byWords', ConfidenceModel>> = fitted

export const confidenceModelFor = ({ compared }: Retrieval): ConfidenceModel => (compared ? CONFIDENCE.compared : CONFIDENCE.byWords)

/** An unknown word is at least as telling as the rarest known one. */
const UNKNOWN_RARITY = 5

/** What a question is about shows in its rarest words. */
const RAREST = 3
/** And most of all in these, where it is the passage itself that says them. */
const MOST_TELLING = 2

/** Hands-on questions: commands, errors, versions. The models say what to have, not which key to press. */
const HOW_TO =
  /\bhow (?:do|can|to|would|should) (?:i |you |we |one )?(?:install|configure|set up|enable|disable|run|create|delete|upgrade|write|expose|mount|debug|fix|restart|add|remove|connect|pass|query|export|set|check|find|list|view|update|switch|migrate|specify)\b|\berror\b|\bexception\b|\bsyntax\b|\bcommand\b|\bversions?\b|--\w|\w+\(\)|[{}`]/i

export function measure(
  understanding: Understanding,
  { ranked, outOfScope, heard, said, meant, compared }: Retrieval,
  lexical: LexicalIndex,
  vocabulary: Vocabulary,
): Features {
  const top = ranked.slice(0, 5)
  const best = top[0]?.passage.id ?? ''
  const stems = [...new Set(understanding.ownStems)]
  const rarityOf = (stem: string) => (lexical.has(stem) ? lexical.rarity(stem) : UNKNOWN_RARITY)
  const mass = (some: readonly string[]) => some.reduce((sum, stem) => sum + rarityOf(stem), 0)
  const share = (some: readonly string[], of: readonly string[]) => (of.length === 0 ? 0 : mass(some) / mass(of))
  const rarest = stems.toSorted((a, b) => rarityOf(b) - rarityOf(a)).slice(0, RAREST)
  const saidByBest = (some: readonly string[]) => some.filter((stem) => lexical.isInTextOf(best, stem))
  const mostTelling = rarest.slice(0, MOST_TELLING)
  const bestBm25 = Math.max(0, ...top.map((each) => each.bm25))
  const names = namesIn(understanding.question, vocabulary)
  const inText = stems.filter((stem) => lexical.isInText(stem))
  const rarestOf = (some: readonly string[]) => Math.max(0, ...some.map((stem) => lexical.rarity(stem))) / UNKNOWN_RARITY
  const { places, levels } = understanding
  return {
    coverage: share(
      stems.filter((stem) => lexical.covers(best, stem)),
      stems,
    ),
    coverageOfTop: share(
      stems.filter((stem) => top.some(({ passage }) => lexical.covers(passage.id, stem))),
      stems,
    ),
    rarestCovered: share(
      rarest.filter((stem) => lexical.covers(best, stem)),
      rarest,
    ),
    coverageByText: share(saidByBest(stems), stems),
    rarestInText: share(saidByBest(mostTelling), mostTelling),
    inText: Math.log1p(mass(saidByBest(stems))),
    // How near vectors come says something only of the embedder that it was fitted for.
    similarity: compared ? Math.max(0, ...top.map((each) => each.similarity)) : 0,
    unknownShare: share(
      stems.filter((stem) => !lexical.has(stem)),
      stems,
    ),
    foreignNames: Math.min(2, names.filter((name) => !name.some((stem) => lexical.isInText(stem))).length) / 2,
    agreement: compared ? agreement(ranked) : 0,
    length: Math.log1p(stems.length) / 3,
    namesModel: places.models.length > 0 ? 1 : 0,
    namesSection: Math.min(1, Math.max(0, ...places.sections.map((section) => section.strength))),
    namesLevel: levels.length > 0 ? 1 : 0,
    outOfScope: Math.min(2, outOfScope / Math.max(bestBm25, 1)),
    heard: heard.best,
    heardOutOfScope: heard.outOfScope,
    heardMargin: heard.outOfScope > heard.best ? 1 : 0,
    heardOutside: heard.outside,
    said: said.best,
    saidOutOfScope: said.outOfScope,
    meant: meant.best,
    meantOutOfScope: meant.outOfScope,
    meantOutsiders: meant.outsiders,
    namesThing: rarestOf(inText.filter((stem) => lexical.covers(best, stem))),
    knownThing: rarestOf(inText) / Math.sqrt(Math.max(1, stems.length)),
    lead: Math.min(1, (top[0]?.score ?? 0) - (top[1]?.score ?? 0)),
    howTo: HOW_TO.test(understanding.question) ? 1 : 0,
  }
}

/** Whether words and vectors point to the same passages: shared places among the ten best of each. */
function agreement(ranked: readonly Ranked[]): number {
  const top = (by: (each: Ranked) => number) =>
    new Set(
      ranked
        .toSorted((a, b) => by(b) - by(a))
        .slice(0, 10)
        .map((each) => each.passage.id),
    )
  const words = top((each) => each.bm25)
  return [...top((each) => each.similarity)].filter((id) => words.has(id)).length / 10
}

/** Stems of names ("Datadog", "kubelet 1.29"): capitals or digits inside a sentence. */
function namesIn(question: string, vocabulary: Vocabulary): string[][] {
  return [...question.matchAll(/(?<=[\p{L},;]\s)\p{Lu}[\p{L}\d]+|\b\p{L}+\d[\p{L}\d]*|\b\d+\s?%|\b\p{Lu}{3,}\b/gu)]
    .map(([name]) => wordsOf(name))
    .filter((words) => words.every((word) => !vocabulary.isStopWord(word) && vocabulary.related([word]).length === 0))
    .map(stemsOf)
}

export function confidenceOf(features: Features, model: ConfidenceModel): number {
  return probabilityOf(features, model)
}
