/** What an assessment says, in the same words on every surface; how it is laid out is the surface's. */
import type { Corpus } from '../corpus/passage.ts'
import type { Catalogue, Question } from './catalogue.ts'
import { minutesFor } from './reading-time.ts'
import type { AnswerValue, Scope } from './records.ts'
import type { Notice, View } from './turn.ts'

export const NOTICES: Readonly<Record<Notice, string>> = {
  'moved-on': 'This has moved on since; here is where it stands now.',
  'already-recorded': 'That is recorded already.',
  'others-count': 'What another team does for you is still part of how you work, so it applies: answer for how it is done, whoever does it.',
  'at-the-start': 'This is the first question.',
  'round-closed': 'The round is closed: answers no longer count.',
  'question-gone': 'The model has changed and this question is gone; here is the next one.',
}

export const ASK_REASON = 'Why does it not apply to you? A few words are enough.'
export const FINISHED = 'That was the last question.'

/** "Technology › Containers", or the stage. */
export function placeOf(question: Question): string {
  return question.kind === 'levels' && question.dimension !== undefined && question.dimension !== question.title
    ? `${question.dimension} › ${question.title}`
    : question.title
}

export function askOf(question: Question): string {
  if (question.kind === 'levels') return 'Which of these holds for you?'
  return question.practices.length === 1 ? 'Is this in place?' : 'Which of these are in place?'
}

/** "Operate" of "Level 2: Operate"; the whole label where the level has no name. */
export function nameOf(label: string): string {
  return label.replace(/^\p{L}+ \d+:\s*/u, '')
}

export function sayValue(value: AnswerValue): string {
  switch (value.kind) {
    case 'level':
      return `level ${value.level}`
    case 'between':
      return `between ${value.lower} and ${value.lower + 1}`
    case 'not-sure':
      return 'not sure'
    case 'not-applicable':
      return `not applicable: ${value.reason}`
    case 'practices': {
      const states = Object.values(value.practices)
      const count = (state: string) => states.filter((each) => each === state).length
      return `${count('in-place')} in place, ${count('partly')} partly, ${count('not-yet')} not yet`
    }
  }
}

/** A stage is proposed to hold, or not to: what was said speaks of a level, the question of one stage. */
export function soundsLike({ question, level, label }: Pick<Extract<View, { kind: 'proposal' }>, 'question' | 'level' | 'label'>): string {
  if (question.kind === 'levels') return `That sounds like level ${level}${nameOf(label) === label ? '' : `: ${nameOf(label)}`}`
  return level >= question.stage ? `That sounds as if “${question.title}” is in place` : `That sounds as if “${question.title}” is not in place yet`
}

/** "KMM, quick" */
export function titleOf(scope: Scope, corpus: Corpus): string {
  const extent = scope.extent === 'dimension' ? scope.dimension : scope.extent
  return `${corpus.model(scope.model)?.shortTitle ?? scope.model}, ${extent}`
}

/** "KMM, quick: 5 questions, about 3 minutes" */
export function sayScope(catalogue: Catalogue): string {
  const { scope, model, length, order } = catalogue
  const extent = scope.extent === 'dimension' ? scope.dimension : scope.extent
  const minutes = Math.max(1, Math.round(minutesFor(catalogue)))
  return `${model.shortTitle}, ${extent}: ${order === 'bisect' ? 'at most ' : ''}${plural(length, 'question')}, about ${plural(minutes, 'minute')}`
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
