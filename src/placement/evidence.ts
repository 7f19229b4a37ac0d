/** What a statement gives for a decision, claim by claim: its words and its signals, each weighed for every level of the section. */
import type { LevelRange, Signal } from '../corpus/signals.ts'
import { stemOf, stemsOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { splitIntoClaims, type Tense } from './claims.ts'
import type { SignalFinder } from './find-signals.ts'
import type { LevelEvidence } from './level-evidence.ts'
import { tellingWords, topicWords } from './telling-words.ts'

export interface WordEvidence {
  /** As typed; absent for a word that is only meant by others ("k8s" means "kubernetes"). */
  word?: string
  /** For each level, ascending. */
  speaksFor: readonly number[]
}

export interface SignalEvidence {
  signal: Signal
  /** It speaks against its levels: it is denied, or was left behind. */
  denied: boolean
  /** The levels at which teams that say so stand in this section. */
  range: LevelRange
  speaksFor: readonly number[]
}

export interface ClaimEvidence {
  text: string
  tense: Tense
  words: readonly WordEvidence[]
  signals: readonly SignalEvidence[]
}

export interface Evidence {
  claims: readonly ClaimEvidence[]
  /** Distinct words of the statement that the section knows. */
  knownWords: number
}

export interface SectionKnowledge {
  /** `<model>/<section>`. */
  section: string
  levels: readonly number[]
  words: LevelEvidence
}

/** What a word also means counts less than the word. */
const RELATED_WEIGHT = 0.4
/** Distances are measured as on a ladder of five levels … */
const LADDER = 4
/** … and beyond so many steps a level is simply wrong. */
const FARTHEST = 3

/** A word or a signal that comes twice counts once, where it first stands in a claim about now. */
export function gatherEvidence(statement: string, { section, levels, words }: SectionKnowledge, finder: SignalFinder, vocabulary: Vocabulary): Evidence {
  const claims = splitIntoClaims(statement)
  const inOrder = [...claims].sort((a, b) => Number(a.tense !== 'now') - Number(b.tense !== 'now'))
  const seenStems = new Set<string>()
  const seenSignals = new Set<string>()
  const gathered = new Map(
    inOrder.map((claim) => {
      const wordEvidence = weighWords(claim.text, words, vocabulary, seenStems)
      const isFollowed = claim.tense === 'past' && claims.slice(claims.indexOf(claim)).some(({ tense }) => tense === 'now')
      const signals = finder.find(claim.text).flatMap(({ signal, denied: isDenied }): SignalEvidence[] => {
        const range = signal.levels.get(section)
        if (range === undefined) return []
        // Who tells what they began with, and then what they do now, has left the habits of the lowest levels.
        const denied = isDenied || (isFollowed && isLow(range, levels))
        const key = `${denied} ${signal.name}`
        if (seenSignals.has(key)) return []
        seenSignals.add(key)
        return [{ signal, denied, range, speaksFor: weighSignal(signal, denied, range, levels) }]
      })
      return [claim, { ...claim, words: wordEvidence, signals }] as const
    }),
  )
  const own = new Set(stemsOf(topicWords(statement, vocabulary)))
  return { claims: claims.map((claim) => gathered.get(claim) as ClaimEvidence), knownWords: [...own].filter((stem) => words.knows(stem)).length }
}

function weighWords(text: string, evidence: LevelEvidence, vocabulary: Vocabulary, seen: Set<string>): WordEvidence[] {
  const own = tellingWords(text, vocabulary).map((word) => ({ word, stem: stemOf(word), weight: 1 }))
  const related = vocabulary.related(wordsOf(text)).map((stem) => ({ word: undefined, stem, weight: RELATED_WEIGHT }))
  return [...own, ...related].flatMap(({ word, stem, weight }) => {
    if (seen.has(stem)) return []
    seen.add(stem)
    return [{ ...(word === undefined ? {} : { word }), speaksFor: evidence.weigh(stem).map((value) => weight * value) }]
  })
}

/** Levels in the range gain, others lose by their distance; what is denied speaks against its levels and those beyond. */
function weighSignal({ weight }: Signal, denied: boolean, { from, to }: LevelRange, levels: readonly number[]): number[] {
  const second = levels[1] ?? 1
  const steps = LADDER / Math.max(1, levels.length - 1)
  // Who has left the habits of the lowest levels stands above them.
  const low = isLow({ from, to }, levels)
  const raw = levels.map((level) => {
    if (denied) return -Number(low ? level <= to : level >= Math.max(from, second))
    return -Math.min(FARTHEST, Math.max(0, from - level, level - to) * steps)
  })
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length
  return raw.map((value) => weight * (value - mean))
}

function isLow({ from, to }: LevelRange, [lowest = 1, second = lowest]: readonly number[]): boolean {
  return from === lowest && to <= second
}
