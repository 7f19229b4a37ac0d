/** The end of an assessment: what comes next, and what was answered, to be changed. */
import type { AnsweredQuestion } from '../../assessments/answered-questions.ts'
import type { Run } from '../../assessments/records.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import { FINISHED, placeOf, sayValue } from '../../assessments/wording.ts'
import { beginningOf } from '../beginning-of.ts'
import { showResults } from '../presses.ts'
import { type Block, type Inline, type Press, strong, words } from '../reply.ts'
import type { TurnContext } from './turn-context.ts'

/** From more answers on a menu changes them: a card with a button each would be too long. */
const MOST_BUTTONS = 8

export function finishedBlocks(run: Run, { round, given = [], zone }: Pick<TurnContext, 'round' | 'given' | 'zone'>): Block[] {
  const canChange = round?.state !== 'closed'
  return [
    { kind: 'text', parts: [strong(FINISHED), words(' '), ...(round === undefined ? [words(ALONE)] : roundParts(round, zone))] },
    ...(round === undefined || round.state === 'closed'
      ? [{ kind: 'buttons', items: [{ kind: 'button', label: 'See the results', press: showResults(run.team, run.scope.model), style: 'primary' }] } as const]
      : []),
    ...(given.length === 0 ? [] : [{ kind: 'text', parts: [strong('What you answered')] } as const, ...givenBlocks(run, given, canChange)]),
  ]
}

const ALONE = 'The results say where your team stands, why, and what comes next.'

function roundParts({ state, deadline, answered, invited }: RoundStatus, zone: string): Inline[] {
  if (state === 'closed') return [words('The round has closed: its results are there.')]
  return [
    words(`Thank you. Nobody sees your answers until the round has closed. ${answered} of ${invited} have answered. It closes at the latest on `),
    { kind: 'time', at: deadline, zone, form: 'moment' },
    words('.'),
  ]
}

function givenBlocks(run: Run, given: readonly AnsweredQuestion[], canChange: boolean): Block[] {
  if (!canChange) return [{ kind: 'list', items: given.map(givenParts) }]
  if (given.length <= MOST_BUTTONS)
    return given.map((each) => ({
      kind: 'option',
      parts: givenParts(each),
      button: { kind: 'button', label: 'Change', press: changePress(run, each) },
    }))
  const options = given.map((each) => ({ label: placeOf(each.question), press: changePress(run, each) }))
  return [
    { kind: 'list', items: given.map(givenParts) },
    { kind: 'buttons', items: [{ kind: 'menu', label: 'Change an answer', options }] },
  ]
}

function givenParts({ question, answer: { value, said, note } }: AnsweredQuestion): Inline[] {
  const own = said === undefined ? '' : ` In your words: “${beginningOf(said)}”.`
  const evidence = note === undefined ? '' : ` Note: ${beginningOf(note)}`
  return [strong(placeOf(question)), words(`: ${sayValue(value)}.${own}${evidence}`)]
}

function changePress({ id }: Run, { question }: AnsweredQuestion): Press {
  return { on: 'assess.change', with: { run: id, question: question.id } }
}
