/** Which question comes next, and how far one has come. */
import type { Catalogue, Question } from './catalogue.ts'
import type { Answer, AnswerValue } from './records.ts'

/** The answer that counts, by question. */
export type Answers = ReadonlyMap<string, Pick<Answer, 'value'>>

export interface Progress {
  /** The number of the question that is shown, from 1. */
  at: number
  /** Of at most so many. */
  of: number
}

/** The first question without an answer; in a bisection the stage that halves what is still open. Undefined: all are answered. */
export function nextQuestion(catalogue: Catalogue, answers: Answers): Question | undefined {
  return asked(catalogue, answers).find((question) => !answers.has(question.id))
}

/** The questions asked so far and the one to ask now, in the order in which they come. */
export function asked(catalogue: Catalogue, answers: Answers): Question[] {
  if (catalogue.order === 'all') return [...catalogue.questions]
  const { questions } = catalogue
  const path: Question[] = []
  // Stages up to `low` hold, those above `high` don't.
  let [low, high] = [0, questions.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const question = questions[middle - 1] as Question
    path.push(question)
    const answer = answers.get(question.id)
    if (answer === undefined) break
    if (holds(answer.value)) low = middle
    else high = middle - 1
  }
  return path
}

export function progressOf(catalogue: Catalogue, answers: Answers, current: string | undefined): Progress {
  const path = asked(catalogue, answers)
  const at = path.findIndex((question) => question.id === current)
  return { at: at < 0 ? path.length : at + 1, of: catalogue.length }
}

/** The question before, to answer it anew. */
export function previousQuestion(catalogue: Catalogue, answers: Answers, current: string | undefined): Question | undefined {
  const path = asked(catalogue, answers)
  const at = current === undefined ? path.length : path.findIndex((question) => question.id === current)
  return path[at - 1]
}

/** Whether a stage is in place as a whole. What is not sure counts as not: the way down asks about less. */
export function holds(value: AnswerValue): boolean {
  return value.kind === 'practices' && Object.values(value.practices).every((state) => state === 'in-place')
}
