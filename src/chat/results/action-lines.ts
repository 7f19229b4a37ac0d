/** Actions as lines, and the list in which they are ticked off. */
import type { ListedAction } from '../../assessments/actions.ts'
import type { Team } from '../../assessments/records.ts'
import { STANDINGS, sayDay } from '../../assessments/results-wording.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { showResults } from '../presses.ts'
import { type Block, type Inline, type Press, type Reply, strong, words } from '../reply.ts'
import { button, heading, note, text } from '../simple-blocks.ts'
import { actorOf } from './actor.ts'

const MOST_OPEN = 15
const MOST_DONE = 5

/** "Overdue. Images are scanned. (Ada, by 24 Dec 2026)" */
export function actionParts({ text, owner, due, standing }: ListedAction): Inline[] {
  const said = STANDINGS[standing]
  return [
    ...(standing === 'overdue' ? [strong('Overdue. ')] : []),
    words(text),
    words(' ('),
    owner === undefined ? words('nobody has it yet') : { kind: 'person', id: owner },
    ...(due === undefined ? [] : [words(`, by ${sayDay(due)}`)]),
    ...(said === '' || standing === 'overdue' ? [] : [words(`, ${said}`)]),
    words(')'),
  ]
}

export function doneOf({ team, id }: Pick<ListedAction, 'team' | 'id'>): Press {
  return { on: 'action.done', with: { team, action: id } }
}

/** @param said what has just happened */
export async function actionList(who: Who, team: Team, deps: Pick<ChatDeps, 'assessments' | 'directory'>, said?: string): Promise<Reply> {
  const all = await deps.assessments.actions.list(await actorOf(who, team.id, deps), { done: true })
  const open = all.filter(({ standing }) => standing !== 'done')
  // The latest done are those that may have been a slip.
  const done = all.filter(({ standing }) => standing === 'done').toSorted((a, b) => (b.doneAt ?? '').localeCompare(a.doneAt ?? ''))
  const blocks: Block[] = [
    ...(said === undefined ? [] : [text(said)]),
    heading(`Actions of ${team.name}`),
    ...(open.length === 0 ? [text(done.length === 0 ? 'None yet: make one of a next step.' : 'All done.')] : []),
    ...open.slice(0, MOST_OPEN).map((action): Block => ({ kind: 'option', parts: actionParts(action), button: button('Done', doneOf(action)) })),
    ...(open.length > MOST_OPEN ? [note(`And ${open.length - MOST_OPEN} more, after these.`)] : []),
    ...done.slice(0, MOST_DONE).map(
      (action): Block => ({
        kind: 'option',
        parts: actionParts(action),
        button: button('Open again', { on: 'action.reopen', with: { team: team.id, action: action.id } }),
      }),
    ),
    {
      kind: 'buttons',
      items: [
        ...(open.length === 0
          ? []
          : [
              {
                kind: 'menu' as const,
                label: 'Change who or when',
                options: open.slice(0, MOST_OPEN).map(({ id, text }) => ({ label: text, press: { on: 'action.change', with: { team: team.id, action: id } } })),
              },
            ]),
        button('Results', showResults(team.id)),
      ],
    },
  ]
  return { summary: said ?? `${team.name}: ${open.length} open ${open.length === 1 ? 'action' : 'actions'}`, blocks }
}
