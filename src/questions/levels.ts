/** The levels a question names: "level 3", "lvl 4", "L2", "phases 3 and 4", "from 2 to 3", "the top level". */
import type { Corpus, Model } from '../corpus/passage.ts'

export interface LevelMention {
  number: number
  /** The word it was called by, where one was used: "stage" speaks for a model with stages. */
  word?: string
  /** Where it stands in the text. */
  index: number
}

const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const ORDINALS = ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const NUMBER = `\\d{1,2}|${NUMBER_WORDS.join('|')}`
const LEVEL_WORD = 'levels?|lvls?|lv|stages?|phases?|tiers?|rungs?|steps?'

const SPELLED = new RegExp(
  `\\b(?<word>${LEVEL_WORD})\\s*(?:#|no\\.?|number)?\\s*(?<first>${NUMBER})\\b(?<more>(?:\\s*(?:,|/|&|-|–|and|or|to|vs\\.?|versus|then|than|with)\\s*(?:(?:${LEVEL_WORD})\\s*)?(?:${NUMBER})\\b(?!\\s*%))*)`,
  'giu',
)
const SHORT = /\b[lsp](?<number>[1-9])\b/giu
const ORDINAL = new RegExp(`\\b(?<ordinal>${ORDINALS.join('|')}|\\d(?:st|nd|rd|th))\\s+(?<word>${LEVEL_WORD})\\b`, 'giu')
/** "The second of those": of the levels that were talked about. */
const ORDINAL_OF_THOSE = new RegExp(`\\b(?<ordinal>${ORDINALS.slice(1).join('|')})\\s+of\\s+(?:those|these|them)\\b`, 'giu')
const RANGE = new RegExp(`\\bfrom\\s+(?:a\\s+)?(?<from>${NUMBER})\\s+(?:up\\s+)?to\\s+(?:a\\s+)?(?<to>${NUMBER})\\b(?!\\s*%)`, 'giu')
/** "we're at 4", "KMM automation 3 it is": a bare digit counts beside something of a model, unless it counts things. */
const BARE_DIGIT =
  /(?<![\w.,:/-])(?<number>[1-9])(?=\s*(?:[,;:!?)\]]|\.(?!\d)|$|->|→|\(|-\s|–)|\s+(?:it|is|and|or|to|vs|versus|now|then|right|already|in|on|for|with|what|but|so|we|from|at|of|adds?|brings?|asks?|means?|requires?|demands?)\b)/giu
/** "One" and "two" are everyday words: spelled out, a number is a level only after such a word. */
const BARE_WORD = new RegExp(
  `\\b(?:at|reach|reached|hit|does|do|would|will)\\s+(?<number>${NUMBER_WORDS.slice(1).join('|')})\\b(?!\\s*(?:%|of|or|more))`,
  'giu',
)

/** SLSA counts levels of its own. */
const FOREIGN = /\bSLSA\s+(?:build\s+)?(?:level|lvl|l)?\s*\d(?:\s*(?:,|and|or|to|-)\s*\d)*/giu

/** @param namesPlace whether the text names a model or section, so that a bare number can be one of its levels */
export function findLevels(whole: string, namesPlace: boolean): LevelMention[] {
  const text = withoutForeign(whole)
  const found: LevelMention[] = []
  const add = (number: number | undefined, index: number, word?: string) => {
    if (number === undefined || found.some((each) => each.number === number)) return
    found.push(word === undefined ? { number, index } : { number, index, word })
  }
  for (const match of text.matchAll(SPELLED)) {
    const word = singular(match.groups?.word)
    add(numberOf(match.groups?.first), match.index, word)
    for (const [more] of (match.groups?.more ?? '').matchAll(new RegExp(`\\b(?:${NUMBER})\\b`, 'giu'))) add(numberOf(more), match.index, word)
  }
  for (const match of text.matchAll(ORDINAL)) add(ordinalOf(match.groups?.ordinal), match.index, singular(match.groups?.word))
  for (const match of text.matchAll(ORDINAL_OF_THOSE)) add(ordinalOf(match.groups?.ordinal), match.index)
  for (const match of text.matchAll(SHORT)) add(Number(match.groups?.number), match.index)
  for (const match of text.matchAll(RANGE)) {
    add(numberOf(match.groups?.from), match.index)
    add(numberOf(match.groups?.to), match.index)
  }
  if (namesPlace) {
    for (const match of [...text.matchAll(BARE_DIGIT), ...text.matchAll(BARE_WORD)]) add(numberOf(match.groups?.number), match.index)
  }
  return found.sort((a, b) => a.index - b.index)
}

const STEPS_UP = new RegExp(`\\b(?<count>${NUMBER})\\s+(?:${LEVEL_WORD})\\s+(?:up|above|higher|further|later|on|ahead)\\b`, 'iu')

/** How many levels up a question points: 2 for "and two levels up from there?". */
export function findStepsUp(text: string): number | undefined {
  return numberOf(STEPS_UP.exec(text)?.groups?.count)
}

/** "the top level", "the last stage", "the entry level" of a model with that many levels. */
export function findRelativeLevel(text: string, model: Model): number | undefined {
  const edge = new RegExp(
    `\\b(last|final|top|highest|uppermost|lowest|bottom|entry|starting|initial)\\s+(?:${LEVEL_WORD}|cell|column|one)\\b|\\b(very end)\\b`,
    'iu',
  )
    .exec(text)?.[0]
    ?.toLowerCase()
  if (edge === undefined) return undefined
  return /last|final|top|highest|uppermost|end/.test(edge) ? model.levels.length : 1
}

/**
 * Levels called by their name: "the Scale level", "'Operate'", "Build Confidence". A one-word name is an everyday word,
 * so it needs a level word beside it, quotes around it, or a capital inside the sentence.
 */
export function findNamedLevels(whole: string, model: Model, corpus: Corpus): number[] {
  const text = withoutForeign(whole)
  return namesOfLevels(model, corpus).flatMap(({ number, name }) => {
    const escaped = `${/^\w/.test(name) ? '\\b' : ''}${RegExp.escape(name).replaceAll('&', '(?:&|and)')}\\b`
    const found = name.includes(' ')
      ? new RegExp(escaped, 'iu').test(text)
      : new RegExp(`["'«“‘]${escaped}|${escaped}\\s+(?:${LEVEL_WORD})\\b|\\b(?:${LEVEL_WORD})\\s+${escaped}`, 'iu').test(text) ||
        new RegExp(`[a-z,;:(]\\s*${escaped}`, 'u').test(text)
    return found ? [number] : []
  })
}

/** From the front matter, or from the headings where each section names its levels itself. */
function namesOfLevels(model: Model, corpus: Corpus): { number: number; name: string }[] {
  const shared = model.levels.flatMap(({ number, name }) => (name === undefined ? [] : [{ number, name }]))
  if (shared.length > 0) return shared
  return corpus.passages.flatMap((passage) => {
    const name = passage.model === model.id ? /^[^:]+: (.+)$/.exec(passage.heading)?.[1] : undefined
    return name === undefined || passage.level === null ? [] : [{ number: passage.level, name }]
  })
}

function withoutForeign(text: string): string {
  return text.replace(FOREIGN, (levels) => ' '.repeat(levels.length))
}

function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  const number = /^\d+$/.test(word) ? Number(word) : NUMBER_WORDS.indexOf(word.toLowerCase())
  return number < 0 ? undefined : number
}

function ordinalOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  const number = /^\d/.test(word) ? Number.parseInt(word, 10) : ORDINALS.indexOf(word.toLowerCase())
  return number < 1 ? undefined : number
}

function singular(word: string | undefined): string | undefined {
  const lower = word?.toLowerCase().replace(/s$/, '')
  return lower === 'lvl' || lower === 'lv' ? 'level' : lower
}
