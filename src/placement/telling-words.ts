/** Which words of a statement are looked at: too common to tell topics apart, "all" and "not yet" tell levels apart. */
import { wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'

const TELLING = new Set(
  wordsOf(
    `no not nobody none never nor don't doesn't didn't isn't aren't haven't hasn't can't cannot won't only all each every
    everyone one some few more most many much same own just before after until once now yet again while when will should would
    might between themselves need needs want wants use used uses`,
  ),
)

export function tellingWords(text: string, vocabulary: Vocabulary): string[] {
  return wordsOf(text).filter((word) => TELLING.has(word) || !vocabulary.isStopWord(word))
}

/** Without those that stand in every statement. */
export function topicWords(text: string, vocabulary: Vocabulary): string[] {
  return wordsOf(text).filter((word) => !vocabulary.isStopWord(word))
}
