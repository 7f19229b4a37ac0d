/** What an assessment asks in dialogs: an answer in one's own words, each practice of a stage, why something doesn't apply. */
import type { Question, StageQuestion } from '../../assessments/catalogue.ts'
import type { AnswerValue, PracticeState } from '../../assessments/records.ts'
import { ASK_REASON, askOf, placeOf } from '../../assessments/wording.ts'
import { filledIn } from '../press-args.ts'
import { type Field, type FieldOption, type Form, type FormErrors, type FormValues, type PressArgs, strong } from '../reply.ts'
import { text } from '../simple-blocks.ts'
import { STATE_NAMES } from './answer-options.ts'
import { LONGEST_CARRIED_NOTE, LONGEST_NOTE, LONGEST_REASON, LONGEST_TEXT, PRACTICE_STATES } from './args.ts'

export const NOTE: Field = {
  id: 'note',
  kind: 'area',
  label: 'Note as evidence',
  hint: 'Kept with your answer, for example where this can be seen.',
  optional: true,
  longest: LONGEST_NOTE,
}

const STATE_OPTIONS: readonly FieldOption[] = PRACTICE_STATES.map((value) => ({ value, label: STATE_NAMES[value] }))

/** @param note what was typed as evidence before */
export function typeForm(question: Question, at: PressArgs, note?: string): Form {
  const ways =
    question.kind === 'levels' ? 'A number, “between 2 and 3”, or how it is in your own words.' : '“Yes”, “partly”, “no”, or how it is in your own words.'
  return {
    title: 'Type an answer',
    blocks: [{ kind: 'text', parts: [strong(placeOf(question))] }],
    fields: [
      { id: 'text', kind: 'area', label: askOf(question), hint: ways, longest: LONGEST_TEXT },
      { ...NOTE, longest: LONGEST_CARRIED_NOTE, ...(note === undefined ? {} : { initial: note }) } as Field,
    ],
    submit: { on: 'assess.type', with: at, label: 'Answer' },
  }
}

export function checkTyped(values: FormValues): FormErrors | undefined {
  return filledIn(values.text) === undefined ? { text: 'Write an answer, or close this.' } : undefined
}

export function reasonForm(question: Question, at: PressArgs): Form {
  return {
    title: 'Not applicable',
    blocks: [{ kind: 'text', parts: [strong(placeOf(question))] }],
    fields: [{ id: 'reason', kind: 'line', label: ASK_REASON, longest: LONGEST_REASON }],
    submit: { on: 'assess.reason', with: at, label: 'Save' },
  }
}

export function checkReason(values: FormValues): FormErrors | undefined {
  return filledIn(values.reason) === undefined ? { reason: ASK_REASON } : undefined
}

/** @param before what was answered */
export function practicesForm(question: StageQuestion, at: PressArgs, before?: AnswerValue): Form {
  return {
    title: 'What is in place',
    blocks: [text(placeOf(question))],
    fields: [...practiceFields(question, before), NOTE],
    submit: { on: 'assess.practices', with: at, label: 'Save' },
  }
}

/** Named by the practice's passage. */
export function practiceFields({ practices }: StageQuestion, before?: AnswerValue): Field[] {
  const states = before?.kind === 'practices' ? before.practices : {}
  return practices.map(({ label, indicator, passage }) => {
    const state = states[passage]
    return { id: passage, kind: 'choice', label, hint: indicator, options: STATE_OPTIONS, ...(state === undefined ? {} : { initial: state }) }
  })
}

/** Undefined as long as one of them is left open. */
export function readPractices({ practices }: StageQuestion, values: FormValues): AnswerValue | undefined {
  const states = practices.map(({ passage }) => [passage, stateIn(values[passage])] as const)
  return states.every((each): each is readonly [string, PracticeState] => each[1] !== undefined)
    ? { kind: 'practices', practices: Object.fromEntries(states) }
    : undefined
}

export function checkPractices({ practices }: StageQuestion, values: FormValues): FormErrors | undefined {
  const open = practices.filter(({ passage }) => stateIn(values[passage]) === undefined)
  return open.length === 0 ? undefined : Object.fromEntries(open.map(({ passage }) => [passage, 'Choose one.']))
}

export function stateIn(value: FormValues[string]): PracticeState | undefined {
  const chosen = filledIn(value)
  return PRACTICE_STATES.find((state) => state === chosen)
}
