/** Picks the sentences of a passage that answer a question; they keep their order. */
import { LEFT_OPEN } from '../corpus/left-open.ts'
import type { Passage } from '../corpus/passage.ts'
import { productNames } from '../corpus/product-names.ts'
import { splitSentences } from '../corpus/sentences.ts'
import type { Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'

export interface PickLimits {
  sentences: number
  words: number
}

/** The indicator says in one sentence what the level is: it belongs in most answers. */
const INDICATOR_BONUS = 1.5
const FIGURE_BONUS = 2
/** Who asks for a tool wants its name, more than what the level is. */
const NAME_BONUS = 2
/** "Level 3" stands in many sentences of its passage and tells none of them apart. */
const LEVEL = /^(?:\d+|level|stage|phase)$/
const LEFT_OPEN_MALUS = 1.2
/** Of the best sentence's score. */
const MIN_SHARE = 0.15
const NUMBER = '(?:two|three|four|five|six|seven|eight|nine|ten|\\d+)'
const LEVEL_COUNT = new RegExp(`\\b${NUMBER}\\b[^.]*\\b(?:levels|stages|phases)\\b`, 'i')
const PART_COUNT = new RegExp(`\\b${NUMBER}\\b[^.]*\\b(?:dimensions|areas|sections|documents)\\b`, 'i')
/** How many items an announcement ("Three lessons:") is taken to announce. */
const LIST_ITEMS = 5
/** Earlier sentences carry the passage; the last ones tell what the model leaves open. */
const POSITION_BONUS = 0.6

/** Best sentences for the question, in the passage's order. */
export function pickSentences(passage: Passage, understanding: Understanding, lexical: LexicalIndex, limits: PickLimits): string[] {
  const groups = groupLists(splitSentences(passage.text))
  const count = groups.length
  const scored = groups.map((group, position) => ({
    group,
    position,
    score: Math.max(...group.map((text) => scoreOf(text, position, count, passage, understanding, lexical))),
  }))
  const chosen = new Map<number, string[]>()
  const room = { ...limits }
  const best = Math.max(...scored.map((each) => each.score))
  for (const { group, position, score } of scored.toSorted((a, b) => b.score - a.score)) {
    // What has little to do with the question only makes the answer longer.
    if (chosen.size > 0 && score < best * MIN_SHARE) break
    const taken = take(group, room, chosen.size === 0)
    if (taken.length === 0) continue
    chosen.set(position, taken)
    room.sentences -= taken.length
    room.words -= wordCount(taken)
  }
  return [...chosen].sort(([a], [b]) => a - b).flatMap(([, sentences]) => sentences)
}

/** The first sentences of a passage, as many as fit: what a level is. */
export function leadSentences(passage: Passage, limits: PickLimits): string[] {
  const room = { ...limits }
  const lead: string[] = []
  for (const group of groupLists(splitSentences(passage.text))) {
    const taken = take(group, room, lead.length === 0)
    lead.push(...taken)
    room.sentences -= taken.length
    room.words -= wordCount(taken)
    if (taken.length < group.length) break
  }
  return lead
}

/** The sentences that tell a model's shape ("five levels", "seven phases"), before the first ones of its introduction. */
export function shapeSentences(passage: Passage, limits: PickLimits): string[] {
  const sentences = splitSentences(passage.text)
  const rank = (sentence: string) => (LEVEL_COUNT.test(sentence) ? 0 : PART_COUNT.test(sentence) ? 1 : 2)
  const wanted = sentences.toSorted((a, b) => rank(a) - rank(b))
  const chosen = new Set<string>()
  for (const sentence of wanted.slice(0, limits.sentences)) {
    if (chosen.size === 0 || wordCount([...chosen, sentence]) <= limits.words) chosen.add(sentence)
  }
  return sentences.filter((sentence) => chosen.has(sentence))
}

/** A sentence that announces a list ("Three lessons:") says nothing without its items. */
function groupLists(sentences: readonly string[]): string[][] {
  const groups: string[][] = []
  let announced = false
  for (const sentence of sentences) {
    if (announced) groups.at(-1)?.push(sentence)
    else groups.push([sentence])
    announced = announced ? (groups.at(-1)?.length ?? 0) <= LIST_ITEMS : sentence.endsWith(':')
  }
  return groups
}

/** As much of a group as there is room for; an announcement alone is nothing. */
function take(group: readonly string[], room: PickLimits, first: boolean): string[] {
  const taken: string[] = []
  for (const sentence of group) {
    const tooMuch = taken.length >= room.sentences || wordCount([...taken, sentence]) > room.words
    if (tooMuch && !(first && taken.length === 0)) break
    taken.push(sentence)
  }
  return taken.length === 1 && group.length > 1 ? [] : taken
}

function wordCount(sentences: readonly string[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.split(/\s+/).length, 0)
}

function scoreOf(sentence: string, position: number, count: number, passage: Passage, { terms, intent }: Understanding, lexical: LexicalIndex): number {
  const stems = new Set(stemsOf(wordsOf(sentence)))
  const overlap = terms.reduce((sum, { stem, weight }) => (stems.has(stem) && !LEVEL.test(stem) ? sum + weight * lexical.rarity(stem) : sum), 0)
  // Long sentences hold more words by chance.
  const density = overlap / Math.sqrt(Math.max(8, stems.size))
  return (
    density -
    (LEFT_OPEN.test(sentence) ? LEFT_OPEN_MALUS : 0) +
    POSITION_BONUS * (1 - position / count) +
    (position === 0 && passage.level !== null ? INDICATOR_BONUS : 0) +
    (intent.figure && /\d/.test(sentence) ? FIGURE_BONUS : 0) +
    (intent.tool ? NAME_BONUS * Math.min(1, namesIn(sentence)) : 0)
  )
}

function namesIn(sentence: string): number {
  return new Set(wordsOf(sentence).filter((word) => productNames().has(word))).size
}
