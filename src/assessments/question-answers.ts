/** What counts as an answer to a question, and what goes on record with it. */
import type { Corpus } from '../corpus/passage.ts'
import { UserError } from '../shared/errors.ts'
import type { Question } from './catalogue.ts'
import { hashOfText } from './passage-hash.ts'
import type { Answer, AnswerValue } from './records.ts'

/** A stage at or below the one that a statement speaks of is in place. */
export function valueAt(level: number, question: Question): AnswerValue {
  if (question.kind === 'levels') return { kind: 'level', level }
  const state = level >= question.stage ? 'in-place' : 'not-yet'
  return { kind: 'practices', practices: Object.fromEntries(question.practices.map(({ passage }) => [passage, state])) }
}

/** @throws UserError when the value is none of the question's */
export function checkValue(value: AnswerValue, question: Question): void {
  const levels = question.kind === 'levels' ? question.options.map((option) => option.level) : []
  const practices = question.kind === 'stage' ? question.practices.map(({ passage }) => passage) : []
  const fits =
    value.kind === 'not-sure' ||
    (value.kind === 'not-applicable' && value.reason.trim() !== '') ||
    (value.kind === 'level' && levels.includes(value.level)) ||
    (value.kind === 'between' && levels.includes(value.lower) && levels.includes(value.lower + 1)) ||
    (value.kind === 'practices' &&
      practices.length > 0 &&
      practices.every((passage) => value.practices[passage] !== undefined) &&
      Object.keys(value.practices).length === practices.length)
  if (!fits) throw new UserError(`That is no answer to "${question.title}": choose one of its options.`)
}

export function seenIn(question: Question, corpus: Corpus): Answer['seen'] {
  const shown = question.kind === 'levels' ? question.options : [question.whole, ...question.practices]
  const ids = new Set(shown.map(({ passage }) => passage))
  return [...ids].flatMap((id) => {
    const passage = corpus.passage(id)
    return passage === undefined ? [] : [{ passage: id, hash: hashOfText(passage.text) }]
  })
}
