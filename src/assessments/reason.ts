/** Why a section stands where it stands: the answer, and what was read when it was given. */
import type { Corpus } from '../corpus/passage.ts'
import type { Question } from './catalogue.ts'
import { isOlderWording } from './passage-hash.ts'
import type { Reason } from './profile.ts'
import type { Answer } from './records.ts'

export function reasonOf(answer: Answer, question: Question, corpus: Corpus): Reason {
  return {
    question: question.id,
    answer: answer.value,
    passages: passagesOf(answer, question),
    ...(answer.said === undefined ? {} : { said: answer.said }),
    ...(answer.note === undefined ? {} : { note: answer.note }),
    olderWording: isOlderWording(answer.seen, corpus),
    answeredAt: answer.answeredAt,
  }
}

/** Between two levels, both passages were weighed. */
function passagesOf({ value }: Answer, question: Question): string[] {
  if (question.kind === 'stage') return value.kind === 'practices' ? question.practices.map(({ passage }) => passage) : []
  const at = (level: number) => question.options.filter((option) => option.level === level).map(({ passage }) => passage)
  if (value.kind === 'level') return at(value.level)
  return value.kind === 'between' ? [...at(value.lower), ...at(value.lower + 1)] : []
}
