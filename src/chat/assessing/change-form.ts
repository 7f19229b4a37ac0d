/** Changes an answer afterwards: every answer that the question takes, with the wordings to choose by. */
import type { AnsweredQuestion } from '../../assessments/answered-questions.ts'
import type { Question, StageQuestion } from '../../assessments/catalogue.ts'
import type { AnswerValue } from '../../assessments/records.ts'
import { ASK_REASON, placeOf } from '../../assessments/wording.ts'
import { filledIn } from '../press-args.ts'
import { type Block, type Field, type FieldOption, type Form, type FormErrors, type FormValues, strong, words } from '../reply.ts'
import { betweenLevels, levelParts, STATE_NAMES } from './answer-options.ts'
import { LONGEST_REASON, PRACTICE_STATES } from './args.ts'
import { checkPractices, NOTE, practiceFields, readPractices, stateIn } from './step-forms.ts'

const NOT_SURE: FieldOption = { value: 'not-sure', label: 'Not sure' }
const NOT_APPLICABLE: FieldOption = { value: 'not-applicable', label: 'Not applicable' }
/** Each practice by itself counts. */
const EACH: FieldOption = { value: 'practices', label: 'As chosen for each' }

export function changeForm({ question, answer: { value, note, run } }: AnsweredQuestion): Form {
  const reason = value.kind === 'not-applicable' ? value.reason : undefined
  return {
    title: 'Change an answer',
    blocks: [{ kind: 'text', parts: [strong(placeOf(question))] }, ...wordings(question)],
    fields: [
      ...(isChecklist(question) ? practiceFields(question, value).map((field) => ({ ...field, optional: true })) : []),
      { id: 'answer', kind: 'choice', label: 'Answer', options: optionsOf(question), initial: optionOf(value, question) },
      {
        id: 'reason',
        kind: 'line',
        label: 'Why it does not apply',
        hint: 'Only for “Not applicable”.',
        optional: true,
        longest: LONGEST_REASON,
        ...(reason === undefined ? {} : { initial: reason }),
      },
      { ...NOTE, ...(note === undefined ? {} : { initial: note }) } as Field,
    ],
    submit: { on: 'assess.change', with: { run, question: question.id }, label: 'Save' },
  }
}

export function checkChange(question: Question, values: FormValues): FormErrors | undefined {
  const chosen = filledIn(values.answer)
  if (chosen === NOT_APPLICABLE.value && filledIn(values.reason) === undefined) return { reason: ASK_REASON }
  if (chosen === EACH.value && isChecklist(question)) return checkPractices(question, values)
  return readChange(question, values) === undefined ? { answer: 'Choose an answer.' } : undefined
}

/** Undefined for what is none of the question's answers. */
export function readChange(question: Question, values: FormValues): AnswerValue | undefined {
  const chosen = filledIn(values.answer) ?? ''
  const reason = filledIn(values.reason, LONGEST_REASON)
  if (chosen === NOT_SURE.value) return { kind: 'not-sure' }
  if (chosen === NOT_APPLICABLE.value) return reason === undefined ? undefined : { kind: 'not-applicable', reason }
  if (!optionsOf(question).some(({ value }) => value === chosen)) return undefined
  if (question.kind === 'levels') {
    const [kind, level] = chosen.split(' ')
    return kind === 'between' ? { kind: 'between', lower: Number(level) } : { kind: 'level', level: Number(level) }
  }
  if (question.practices.length > 1) return readPractices(question, values)
  const state = stateIn(chosen)
  const [practice] = question.practices
  return state === undefined || practice === undefined ? undefined : { kind: 'practices', practices: { [practice.passage]: state } }
}

function optionsOf(question: Question): FieldOption[] {
  if (question.kind === 'levels')
    return [
      ...question.options.map(({ level, label }) => ({ value: `level ${level}`, label })),
      ...betweenLevels(question).map((lower) => ({ value: `between ${lower}`, label: `Between ${lower} and ${lower + 1}` })),
      NOT_SURE,
      NOT_APPLICABLE,
    ]
  const own = isChecklist(question) ? [EACH] : PRACTICE_STATES.map((value) => ({ value, label: STATE_NAMES[value] }))
  return [...own, NOT_SURE, NOT_APPLICABLE]
}

function optionOf(value: AnswerValue, question: Question): string {
  switch (value.kind) {
    case 'level':
      return `level ${value.level}`
    case 'between':
      return `between ${value.lower}`
    case 'practices':
      return isChecklist(question) ? EACH.value : (Object.values(value.practices)[0] ?? NOT_SURE.value)
    default:
      return value.kind
  }
}

function isChecklist(question: Question): question is StageQuestion {
  return question.kind === 'stage' && question.practices.length > 1
}

/** A dialog's options have no room for them; the practices of a checklist stand beside their own fields. */
function wordings(question: Question): Block[] {
  if (question.kind === 'levels') return [{ kind: 'list', items: question.options.map((option) => levelParts(option)) }]
  const [practice, another] = question.practices
  return practice === undefined || another !== undefined ? [] : [{ kind: 'quote', parts: [words(practice.indicator)] }]
}
