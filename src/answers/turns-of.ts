/** What a question and its answer leave for the questions that follow: the same wherever somebody asks on. */
import type { Corpus } from '../corpus/passage.ts'
import type { Answer } from './answer.ts'
import { findPlace, namePlace } from './name-place.ts'

/**
 * For `AskRequest.history`, oldest first. A reply that names every model, because it answers nothing, says nothing about what the
 * conversation is about.
 */
export function turnsOf(question: string, answer: Answer, corpus: Corpus): string[] {
  const gist = answer.outcome === 'answered' ? gistOf(answer, corpus) : undefined
  return gist === undefined ? [question] : [question, gist]
}

/**
 * Whoever reads a follow-up takes every model and level in the turns before for what they were about. Quotes name many by the way, so
 * of them only the place of the first counts; a chat model restates follow-ups itself and is told what it wrote.
 */
function gistOf({ answerer, text, citations }: Answer, corpus: Corpus): string | undefined {
  if (answerer !== 'extractive') return text
  const [first] = citations
  const place = first === undefined ? undefined : findPlace(first, corpus)
  return first === undefined || place === undefined ? undefined : namePlace(first.level, place.section, place.model)
}
