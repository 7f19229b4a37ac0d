/** Results for the person alone, to be shared by who may see them; and the choice for who is in several teams. */
import { dayIn } from '../../assessments/calendar-day.ts'
import type { Team } from '../../assessments/records.ts'
import { headline, NO_RESULTS } from '../../assessments/results-wording.ts'
import type { TeamResult } from '../../assessments/team-results.ts'
import { UserError } from '../../shared/errors.ts'
import type { Place, PlatformWays, Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { chooseAssessment, chooseRound, openSettings, showResults } from '../presses.ts'
import { type Block, type Button, type Press, type Reply, words } from '../reply.ts'
import { button, note, text } from '../simple-blocks.ts'
import { mayChange } from '../teams/access.ts'
import { actorOf } from './actor.ts'
import { resultBlocks } from './result-blocks.ts'

type Deps = Pick<ChatDeps, 'assessments' | 'corpus' | 'directory' | 'store' | 'now'>

/** Of teams, as buttons; more are named by hand. */
const MOST_CHOICES = 20

/** @throws UserError when the team was never assessed by the model, or the model is gone */
export function assertThere({ team, models }: TeamResult, model: string | undefined): void {
  if (model === undefined || models.some((each) => each.model === model)) return
  throw new UserError(`There are no results of ${team.name} by this model any more: ask for the results to see those there are.`)
}

/** What somebody sees who asks for themselves. */
export async function ownReply(who: Who, place: Place, team: Team, model: string | undefined, deps: Deps): Promise<Reply> {
  const result = await deps.assessments.results.results(who.tenant, team.id)
  assertThere(result, model)
  const { timezone } = await actorOf(who, team.id, deps)
  const shown = { others: true, spreads: true, today: dayIn(timezone, deps.now()), ...(model === undefined ? {} : { model }) }
  const items = await buttonsOf(who, place, result, model, deps)
  return { summary: summaryOf(result, model), blocks: [...resultBlocks(result, shown, deps.corpus()), { kind: 'buttons', items }] }
}

/** What everybody sees with whom it is shared: the results, and nothing that is one person's. */
export async function sharedReply({ tenant, person }: Who, team: Team, model: string | undefined, deps: Deps): Promise<Reply> {
  const result = await deps.assessments.results.results(tenant, team.id)
  assertThere(result, model)
  const shown = { others: false, spreads: true, today: dayIn(undefined, deps.now()), ...(model === undefined ? {} : { model }) }
  const from: Block = { kind: 'note', parts: [words('Shared by '), { kind: 'person', id: person }] }
  return { summary: summaryOf(result, model), blocks: [...resultBlocks(result, shown, deps.corpus()), from] }
}

async function buttonsOf(who: Who, place: Place, { team, models, actions }: TeamResult, model: string | undefined, deps: Deps): Promise<Button[]> {
  const changes = await mayChange(who, team, deps)
  const shown = model ?? models[0]?.model
  const ofShown = { team: team.id, ...(shown === undefined ? {} : { model: shown }) }
  return [
    ...(shown === undefined || place.kind === 'personal'
      ? []
      : [button(place.kind === 'channel' ? 'Share in channel' : 'Share here', { on: 'results.share', with: ofShown })]),
    ...(shown !== undefined && changes ? [button('Set a target', { on: 'target.set', with: ofShown })] : []),
    ...(actions.length === 0 || !changes ? [] : [button('Actions', { on: 'action.list', with: { team: team.id } })]),
    ...(changes ? [button(shown === undefined ? 'Assess' : 'Assess again', chooseAssessment(team.id)), button('Start a round', chooseRound(team.id))] : []),
    ...(shown === undefined ? [] : [button('Export', { on: 'results.export', with: { team: team.id } })]),
    button('Settings', openSettings(team.id)),
  ]
}

export function choiceReply(teams: readonly Team[], { command }: PlatformWays, to: (team: string) => Press = showResults): Reply {
  const items = teams.slice(0, MOST_CHOICES).map(({ id, name }) => button(name, to(id)))
  const more = teams.length - items.length
  return {
    summary: 'Which team?',
    blocks: [text('Which team?'), { kind: 'buttons', items }, ...(more > 0 ? [note(`And ${more} more: write ${command}results and the team’s name.`)] : [])],
  }
}

export function noTeamReply(): Reply {
  return {
    summary: 'You are in no team yet.',
    blocks: [
      text('You are in no team yet. An assessment makes one: at most five questions, about three minutes.'),
      { kind: 'buttons', items: [{ ...button('Assess my team', chooseAssessment()), style: 'primary' }] },
    ],
  }
}

function summaryOf({ team, models }: TeamResult, model: string | undefined): string {
  const shown = model === undefined ? models[0] : models.find((each) => each.model === model)
  return shown === undefined ? `${team.name}: ${NO_RESULTS}` : `${team.name} by the ${shown.shortTitle}: ${headline(shown)}`
}
