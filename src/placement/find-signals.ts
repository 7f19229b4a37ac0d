/** Finds the signals that a claim gives: all words of a phrase close together, in any order and form. */
import type { Signal } from '../corpus/signals.ts'
import { stemOf, wordsOf } from '../retrieval/terms.ts'

export interface FoundSignal {
  signal: Signal
  /** "no", "not yet" or the like stands before it. */
  denied: boolean
}

export interface SignalFinder {
  /** Each signal at most once; if it is both said and denied, as said. */
  find(claim: string): FoundSignal[]
}

/** One place of a phrase: any of its alternatives, of one or more words each, or of a beginning. */
interface Place {
  stems: readonly string[]
  beginnings: readonly string[]
}

interface Phrase {
  signal: Signal
  places: readonly Place[]
  /** The phrase itself says that something is missing. */
  denies: boolean
}

/** So many other words may stand among those of a phrase. */
const GAP = 4
/** Longest alternative, in words: "12-factor", "open-source", "jenkins-x". */
const LONGEST = 3
/** So many words a "no" reaches. */
const REACH = 4
const DENIALS = new Set(
  "no not without never nobody none hardly barely lack lacks lacking nor neither cannot can't don't doesn't didn't isn't aren't wasn't haven't hasn't won't".split(
    ' ',
  ),
)

const TO_BE = new Set(['is', 'are', 'was', 'were'])
const DENIED_AFTER = new Set(["isn't", "aren't", "wasn't", "weren't", 'missing'])

export function createSignalFinder(signals: readonly Signal[]): SignalFinder {
  const phrases = signals.flatMap((signal) => signal.phrases.map((phrase) => compile(signal, phrase)))
  return {
    find(claim) {
      const words = wordsOf(claim)
      const positions = positionsOf(words)
      const denied = deniedWords(words)
      const found = new Map<Signal, boolean>()
      for (const { signal, places, denies } of phrases) {
        if (found.get(signal) === false) continue
        const starts = findPlaces(places, positions, words)
        if (starts.length > 0) found.set(signal, !denies && starts.every((at) => denied[at] === true))
      }
      return [...found].map(([signal, isDenied]) => ({ signal, denied: isDenied }))
    },
  }
}

function compile(signal: Signal, phrase: string): Phrase {
  const alternatives = phrase.split(/\s+/).map((place) => place.split('|'))
  return {
    signal,
    denies: alternatives.flat().some((word) => DENIALS.has(word)),
    places: alternatives.map((words) => ({
      stems: words.filter((word) => !word.endsWith('*')).map((word) => wordsOf(word).map(rootOf).join(' ')),
      beginnings: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
    })),
  }
}

/** The stemmer leaves "deploy" in "deployment" and makes "deploi" of "deploys". */
function rootOf(word: string): string {
  return stemOf(word).replace(/y$/, 'i')
}

/** Where each run of up to `LONGEST` stems begins. */
function positionsOf(words: readonly string[]): Map<string, number[]> {
  const stems = words.map(rootOf)
  const positions = new Map<string, number[]>()
  for (let at = 0; at < stems.length; at++) {
    for (let length = 1; length <= LONGEST && at + length <= stems.length; length++) {
      const run = stems.slice(at, at + length).join(' ')
      const known = positions.get(run)
      if (known === undefined) positions.set(run, [at])
      else known.push(at)
    }
  }
  return positions
}

/** "no autoscaling yet" and "autoscaling is not set up". */
function deniedWords(words: readonly string[]): boolean[] {
  let left = 0
  return words.map((word, i) => {
    if (DENIALS.has(word)) left = REACH + 1
    else left--
    const [next = '', afterNext = ''] = words.slice(i + 1)
    return (left > 0 && !DENIALS.has(word)) || DENIED_AFTER.has(next) || (TO_BE.has(next) && afterNext === 'not')
  })
}

/** Where the phrase begins. */
function findPlaces(places: readonly Place[], positions: ReadonlyMap<string, readonly number[]>, words: readonly string[]): number[] {
  const lists: number[][] = []
  for (const { stems, beginnings } of places) {
    const list = stems.flatMap((stem) => positions.get(stem) ?? [])
    if (beginnings.length > 0) for (const [at, word] of words.entries()) if (beginnings.some((beginning) => word.startsWith(beginning))) list.push(at)
    if (list.length === 0) return []
    lists.push(list)
  }
  const span = places.length === 1 ? 0 : places.length - 1 + GAP
  return lists
    .flat()
    .sort((a, b) => a - b)
    .filter((start) => fits(lists, start, start + span, []))
}

/** Whether each place finds a word of its own between the two positions. */
function fits(lists: readonly (readonly number[])[], from: number, to: number, taken: readonly number[]): boolean {
  const [list, ...others] = lists
  if (list === undefined) return true
  return list.some((at) => at >= from && at <= to && !taken.includes(at) && fits(others, from, to, [...taken, at]))
}
