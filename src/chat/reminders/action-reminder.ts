/** What somebody is told of their actions that are due. */
import type { Action, Team } from '../../assessments/records.ts'
import { sayDay } from '../../assessments/results-wording.ts'
import { changeMyAction, finishMyAction, listActions, stopReminding } from '../presses.ts'
import { type Block, type Button, type Menu, type Reply, strong, words } from '../reply.ts'
import { button, note, text } from '../simple-blocks.ts'

export interface DueAction {
  action: Action & { due: string }
  team: Pick<Team, 'id' | 'name'>
}

const MOST_ACTIONS = 10
const MOST_TEAMS = 3

/** @param due at least one, by date @param today where they are */
export function actionReminder(due: readonly DueAction[], today: string): Reply {
  const summary = summaryOf(due, today)
  const teams = [...new Map(due.map(({ team }) => [team.id, team])).values()]
  const shown = due.slice(0, MOST_ACTIONS)
  const more = due.length - shown.length
  return {
    summary,
    blocks: [
      text(summary),
      ...shown.map((each) => actionBlock(each, today)),
      ...(more > 0 ? [note(`And ${more} more.`)] : []),
      {
        kind: 'buttons',
        items: [
          changeControl(shown),
          ...teams.slice(0, MOST_TEAMS).map(({ id, name }) => button(teams.length === 1 ? 'Actions' : `Actions of ${name}`, listActions(id))),
          button('Mute reminders', stopReminding()),
        ],
      },
    ],
  }
}

function summaryOf(due: readonly DueAction[], today: string): string {
  const overdue = due.filter(({ action }) => action.due < today).length
  const state = overdue === 0 ? 'due' : overdue === due.length ? 'overdue' : 'due or overdue'
  return due.length === 1 ? `An action of yours is ${state}.` : `${due.length} actions of yours are ${state}.`
}

/** "Due today. Images are scanned. (Payments)" */
function actionBlock({ action, team }: DueAction, today: string): Block {
  const { due } = action
  const [state, by] = due < today ? ['Overdue. ', `, by ${sayDay(due)}`] : due === today ? ['Due today. ', ''] : [`Due on ${sayDay(due)}. `, '']
  const parts = [strong(state), words(`${action.text} (${team.name}${by})`)]
  return { kind: 'option', parts, button: button('Done', finishMyAction(team.id, action.id)) }
}

function changeControl(shown: readonly DueAction[]): Button | Menu {
  const options = shown.map(({ action, team }) => ({ label: action.text, press: changeMyAction(team.id, action.id) }))
  const [only, ...others] = options
  return only !== undefined && others.length === 0 ? button('Change', only.press) : { kind: 'menu', label: 'Change who or when', options }
}
