/** What every digest of a team says besides what changed. */
import { STANDINGS, sayDay } from '../../assessments/results-wording.ts'
import { sayLevel } from './changes-line.ts'
import { type DigestContent, itemOf, type OpenRound, type ToldAction } from './digest-content.ts'
import { type DigestLine, line, strong, type TextPart, words } from './digest-text.ts'

const MOST_ROUNDS = 2
const LONGEST_ACTION = 90
/** A button carries the step with it, and holds no more. */
const LONGEST_STEP = 1_000

export function stepLine(content: DigestContent): DigestLine[] {
  const step = itemOf(content, 'step')
  const { model } = content
  if (step === undefined || model === undefined) return []
  const { label, to, text, action, section, passage } = step
  const owner: TextPart[] =
    action === undefined
      ? []
      : [words(' An action already, and '), ...(action.owner === undefined ? [words('nobody has it yet.')] : [person(action.owner), words(' has it.')])]
  const canBeMade = action === undefined && text.length <= LONGEST_STEP
  return [
    line(
      'step',
      [strong(`Next for ${label}, to ${sayLevel({ level: to, state: 'scored' }, model)}: `), words(`${text} [1]`), ...owner],
      canBeMade ? [{ kind: 'make-action', model: model.id, section, passage, text }] : [],
    ),
  ]
}

export function actionsLine(content: DigestContent): DigestLine[] {
  const actions = itemOf(content, 'actions')
  if (actions === undefined) return []
  const { due, overdue, first } = actions
  const counts = [...(overdue === 0 ? [] : [`${overdue} overdue`]), ...(due === 0 ? [] : [`${due} due within a week`])].join(', ')
  const more = due + overdue - first.length
  const told = first.flatMap((action, i) => [...(i === 0 ? [] : [words('; ')]), ...actionParts(action)])
  return [line('actions', [strong(`Actions, ${counts}: `), ...told, words(more === 0 ? '.' : `; and ${more} more.`)], [{ kind: 'open-actions' }])]
}

/** "Images are scanned (Ada, by 24 Dec 2026, overdue)" */
function actionParts({ text, owner, due, standing }: ToldAction): TextPart[] {
  const when = `${due === undefined ? '' : `, by ${sayDay(due)}`}${standing === 'overdue' ? `, ${STANDINGS.overdue}` : ''}`
  return [words(`${shortened(text)} (`), owner === undefined ? words('nobody has it yet') : person(owner), words(`${when})`)]
}

function shortened(text: string): string {
  if (text.length <= LONGEST_ACTION) return text.replace(/\.$/, '')
  const cut = text.slice(0, LONGEST_ACTION)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_ACTION / 2))}…`
}

export function roundsLine(content: DigestContent): DigestLine[] {
  const rounds = itemOf(content, 'rounds')?.rounds ?? []
  const shown = rounds.slice(0, MOST_ROUNDS)
  if (shown.length === 0) return []
  const more = rounds.length - shown.length
  const rest = more === 0 ? [] : [words(` ${more} more ${more === 1 ? 'round is' : 'rounds are'} open.`)]
  const told = shown.flatMap((round, i) => [...(i === 0 ? [] : [words(' ')]), ...roundParts(round)])
  return [
    line(
      'rounds',
      [...told, ...rest],
      shown.map(({ id, name }) => ({ kind: 'answer-round', round: id, name })),
    ),
  ]
}

function roundParts({ name, answered, invited, daysLeft, left = [] }: OpenRound): TextPart[] {
  const more = invited - answered - left.length
  const waiting =
    left.length === 0
      ? []
      : [words(' Left to answer: '), ...left.flatMap((id, i) => [...(i === 0 ? [] : [words(', ')]), person(id)]), words(more > 0 ? ` and ${more} more.` : '.')]
  return [strong(`Round “${name}”: `), words(`${answered} of ${invited} have answered, ${sayDaysLeft(daysLeft)}.`), ...waiting]
}

function sayDaysLeft(days: number): string {
  if (days <= 0) return 'it closes today'
  return days === 1 ? '1 day is left' : `${days} days are left`
}

export function staleLine(content: DigestContent): DigestLine[] {
  const question = itemOf(content, 'stale-question')
  const { model } = content
  if (question === undefined || model === undefined) return []
  const { label, ageDays, level, state, section, options, others } = question
  const ask = options.length === 0 ? 'It is time to look again.' : 'Which holds for you now?'
  const rest = others === 0 ? '' : ` ${others} more ${others === 1 ? 'answer is' : 'answers are'} as old.`
  return [
    line(
      'stale-question',
      [strong(`Still so? `), words(`${label}: ${sayLevel({ level, state }, model)}, answered ${ageDays} days ago. ${ask}${rest}`)],
      options.length === 0 ? [{ kind: 'assess', model: model.id }] : options.map((choice) => ({ kind: 'level', model: model.id, section, choice })),
    ),
  ]
}

function person(id: string): TextPart {
  return { kind: 'person', id }
}
