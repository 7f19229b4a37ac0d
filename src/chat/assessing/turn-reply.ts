/** A step of an assessment as a card: whose it is, how far one has come, what was said to the last step, and what is asked now. */
import type { Run } from '../../assessments/records.ts'
import type { Turn, View } from '../../assessments/turn.ts'
import { ASK_REASON, askOf, NOTICES, placeOf, soundsLike } from '../../assessments/wording.ts'
import { answerBlocks } from '../answer-blocks.ts'
import { beginningOf } from '../beginning-of.ts'
import { showResults } from '../presses.ts'
import { type Block, type Reply, words } from '../reply.ts'
import { text } from '../simple-blocks.ts'
import type { TurnContext } from './turn-context.ts'
import { viewBlocks } from './view-blocks.ts'

/** Nothing more will happen to what the card shows. */
export function isSettled({ view }: Turn, { round }: Pick<TurnContext, 'round'>): boolean {
  return view.kind === 'finished' || view.kind === 'abandoned' || round?.state === 'closed'
}

export function turnReply(turn: Turn, context: TurnContext): Reply {
  const { view, run } = turn
  const said = context.lead ?? (turn.notice === undefined ? undefined : NOTICES[turn.notice])
  const isClosed = context.round?.state === 'closed' && view.kind !== 'finished'
  return {
    summary: [said, turn.aside && beginningOf(turn.aside.text), isClosed ? NOTICES['round-closed'] : summaryOf(view, context)]
      .filter((part) => part !== undefined)
      .join(' '),
    blocks: [
      head(view, context),
      ...(said === undefined || (isClosed && turn.notice === 'round-closed') ? [] : [text(said)]),
      ...(turn.aside === undefined ? [] : [...answerBlocks(turn.aside), { kind: 'divider' } as const]),
      ...(isClosed ? closedBlocks(run) : viewBlocks(turn, context)),
    ],
  }
}

function summaryOf(view: View, { title }: TurnContext): string {
  switch (view.kind) {
    case 'question':
      return `Question ${view.progress.at} of ${view.progress.of}, ${placeOf(view.question)}: ${askOf(view.question)}`
    case 'proposal':
      return `${soundsLike(view)}. Is that right?`
    case 'clarification':
      return view.ask
    case 'reason':
      return ASK_REASON
    case 'paused':
      return `${title}: paused at question ${view.progress.at} of ${view.progress.of}.`
    case 'finished':
      return `${title}: all is answered.`
    case 'abandoned':
      return `${title}: given up.`
  }
}

/** "Payments › KMM, quick › 2 of 5" */
function head(view: View, { team, title, round }: TurnContext): Block {
  const progress = 'progress' in view ? [`${view.progress.at} of ${view.progress.of}`] : []
  return { kind: 'note', parts: [words([team, title, ...(round === undefined ? [] : [round.name]), ...progress].filter((part) => part !== '').join(' › '))] }
}

/** Somebody who comes back after a round has closed. */
function closedBlocks(run: Run): Block[] {
  return [
    text(NOTICES['round-closed']),
    { kind: 'buttons', items: [{ kind: 'button', label: 'See the results', press: showResults(run.team, run.scope.model), style: 'primary' }] },
  ]
}
