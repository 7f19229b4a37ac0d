/** The sentences of a level that say what to do, letter for letter. */
import { LEFT_OPEN } from '../corpus/left-open.ts'
import type { Passage } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'

/** "A pod is the smallest unit …", "Image scanning means …" */
const EXPLAINS_A_WORD = /^(?:an?\s|the\s)?[\p{L}\d/' -]{1,40}(?:\s\([^)]*\))?,?\s(?:means?|stands? for|is (?:an?|the)|are (?:the|those|connections))\s/iu
/** What the text says of itself, of its levels or of the time before is nothing to do. */
const TELLS_THE_STORY =
  /^(?:level|stage|phase)\s\d|^(?:some|the (?:focus|weight|goal|rush|decision|choice|usual temptation))\b|\b(?:the|this)\s(?:[\p{L}'-]+\s)?(?:model|guide|article|author|document|post)\b|\b(?:gives?|sets?)\s(?:no|neither)\b|\b(?:were|was|used to|is (?:described|treated))\b|\bCairn\b/iu
/** What may be is no step. */
const HEDGES = /\b(?:may|might|can|could|probably|possibly|perhaps|usually|often|sometimes|mostly|typically|likely|as a rule|for example)\b/i
const LEVEL = /\b(?:levels?|stages?|phases?)\s(\d+)/gi
const SHORT_WORDS = 28

/** At most so many, in their order; the indicator, which says in one sentence what the level is, comes first. */
export function stepSentences(passage: Passage, most: number): string[] {
  const [indicator, ...others] = splitSentences(passage.text)
  if (indicator === undefined) return []
  const telling = others.filter((sentence) => saysWhatToDo(sentence, passage.level))
  // Where the level is named, the sentence tells as much of the model as of the practice.
  const best = telling.toSorted((a, b) => levelsIn(a).length - levelsIn(b).length).slice(0, most - 1)
  return [indicator, ...telling.filter((sentence) => best.includes(sentence))].slice(0, most)
}

function saysWhatToDo(sentence: string, level: number | null): boolean {
  // An announcement is nothing without its list.
  if (sentence.endsWith(':') || sentence.split(/\s+/).length > SHORT_WORDS) return false
  if ([LEFT_OPEN, EXPLAINS_A_WORD, TELLS_THE_STORY, HEDGES].some((pattern) => pattern.test(sentence))) return false
  return levelsIn(sentence).every((number) => number === level)
}

function levelsIn(sentence: string): number[] {
  return [...sentence.matchAll(LEVEL)].map(([, number]) => Number(number))
}
