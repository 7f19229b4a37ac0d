/** How long an assessment takes, said before it begins. */
import type { Catalogue, Question } from './catalogue.ts'

const WORDS_PER_MINUTE = 200
/** To choose and to press, once a question is read. */
const SECONDS_TO_CHOOSE = 4

/** Words that a person reads to answer a question. */
export function wordsOf(question: Question): number {
  const texts = question.kind === 'levels' ? question.options : question.practices
  return [question.title, ...texts.flatMap(({ label, indicator }) => [label, indicator])].join(' ').split(/\s+/).filter(Boolean).length
}

/** Minutes, not rounded; a bisection asks the longest questions it may come to. */
export function minutesFor({ questions, length }: Catalogue): number {
  const words = questions.map(wordsOf).toSorted((a, b) => b - a)
  const asked = words.slice(0, length).reduce((sum, count) => sum + count, 0)
  return asked / WORDS_PER_MINUTE + (length * SECONDS_TO_CHOOSE) / 60
}
