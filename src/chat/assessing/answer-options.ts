/** The answers that a question offers: levels with their indicators, or practices that are in place, partly or not yet. */
import type { LevelQuestion, Question, StageQuestion } from '../../assessments/catalogue.ts'
import type { AnswerValue, PracticeState } from '../../assessments/records.ts'
import { nameOf } from '../../assessments/wording.ts'
import { type Block, type Button, type Inline, type Menu, type Press, type PressArgs, strong, words } from '../reply.ts'
import type { ShownQuestion } from './args.ts'

export const STATE_NAMES: Readonly<Record<PracticeState, string>> = { 'in-place': 'In place', partly: 'Partly', 'not-yet': 'Not yet' }
const STATES = Object.entries(STATE_NAMES) as [PracticeState, string][]

/** @param at the run and question as they are shown @param before what was answered */
export function optionBlocks(question: Question, at: PressArgs, before?: AnswerValue): Block[] {
  if (question.kind === 'levels') return levelBlocks(question, at, before)
  return question.practices.length === 1 ? wholeStageBlocks(question, at, before) : checklistBlocks(question, at, before)
}

/**
 * The same answers in little room; undefined where there are none that fit a menu.
 * @param at without the question: an option carries less than a button, and the version says which question was shown
 */
export function answerMenu(label: string, question: Question, { run, version }: Pick<ShownQuestion, 'run' | 'version'>, only?: 'between'): Menu | undefined {
  const at = { run, version }
  const options = question.kind === 'levels' ? levelOptions(question, at, only) : stageOptions(question, at)
  return options.length === 0 ? undefined : { kind: 'menu', label, options }
}

/** Each level whose next one is there too. */
export function betweenLevels({ options }: LevelQuestion): number[] {
  return options.map(({ level }) => level).filter((level) => options.some((next) => next.level === level + 1))
}

/** Each practice in full. */
export function practiceItems({ practices }: StageQuestion, before?: AnswerValue): Inline[][] {
  const states = before?.kind === 'practices' ? before.practices : {}
  return practices.map(({ label, indicator, passage }) => {
    const state = states[passage]
    return [strong(label), words(`: ${indicator}${state === undefined ? '' : ` (${STATE_NAMES[state].toLowerCase()})`}`)]
  })
}

/** Each level in full. */
export function levelParts({ label, indicator, level }: LevelQuestion['options'][number], before?: AnswerValue): Inline[] {
  const isBefore = before?.kind === 'level' && before.level === level
  return [strong(label), words(`. ${indicator}`), ...(isBefore ? [strong(' (your answer)')] : [])]
}

function levelBlocks(question: LevelQuestion, at: PressArgs, before: AnswerValue | undefined): Block[] {
  return question.options.map((option) => ({
    kind: 'option',
    parts: levelParts(option, before),
    button: { kind: 'button', label: shortLabel(option), press: levelPress(option.level, at) },
  }))
}

function levelOptions(question: LevelQuestion, at: PressArgs, only: 'between' | undefined): Menu['options'] {
  const between = betweenLevels(question).map((lower) => ({
    label: `Between ${lower} and ${lower + 1}`,
    press: { on: 'assess.between', with: { ...at, lower } },
  }))
  return only === 'between' ? between : [...question.options.map(({ label, level }) => ({ label, press: levelPress(level, at) })), ...between]
}

function stageOptions({ practices }: StageQuestion, at: PressArgs): Menu['options'] {
  return practices.length === 1 ? STATES.map(([state, label]) => ({ label, press: statePress(state, at) })) : []
}

/** Of a ladder without topics: the stage is one practice. */
function wholeStageBlocks({ practices }: StageQuestion, at: PressArgs, before: AnswerValue | undefined): Block[] {
  const said = before?.kind === 'practices' ? before.practices[practices[0]?.passage ?? ''] : undefined
  return [
    { kind: 'quote', parts: [words(practices[0]?.indicator ?? '')] },
    { kind: 'buttons', items: STATES.map(([state, label]) => stateButton(state === said ? `${label} (your answer)` : label, state, at)) },
  ]
}

/** Each by itself in a form, or all with one press. */
function checklistBlocks(question: StageQuestion, at: PressArgs, before: AnswerValue | undefined): Block[] {
  return [
    { kind: 'list', items: practiceItems(question, before), ordered: true },
    {
      kind: 'buttons',
      items: [
        { kind: 'button', label: 'Answer each', press: { on: 'assess.practices', with: at }, style: 'primary' },
        stateButton('All in place', 'in-place', at),
        stateButton('None yet', 'not-yet', at),
      ],
    },
  ]
}

function stateButton(label: string, state: PracticeState, at: PressArgs): Button {
  return { kind: 'button', label, press: statePress(state, at) }
}

function levelPress(level: number, at: PressArgs): Press {
  return { on: 'assess.answer', with: { ...at, level } }
}

function statePress(state: PracticeState, at: PressArgs): Press {
  return { on: 'assess.answer', with: { ...at, state } }
}

/** "Level 2" of "Level 2: Operate": the name stands beside the button. */
function shortLabel({ label, level }: LevelQuestion['options'][number]): string {
  const name = nameOf(label)
  return name === label ? `Level ${level}` : label.slice(0, label.length - name.length).replace(/:\s*$/, '')
}
