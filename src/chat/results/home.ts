/** The person's own page: what waits for them, where their teams stand, and how to begin. */
import { type ListedAction, standingOf } from '../../assessments/actions.ts'
import { dayIn } from '../../assessments/calendar-day.ts'
import { figureText, lowerOf } from '../../assessments/level-figure.ts'
import type { Action, Round, Run, Team } from '../../assessments/records.ts'
import { headline, labelsOf, NO_RESULTS, sayCoverage, sayDay } from '../../assessments/results-wording.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import { titleOf } from '../../assessments/wording.ts'
import { EXAMPLE } from '../commands/help.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { answerRound, askThis, chooseAssessment, chooseRound, goOnWith, openSettings, showResults } from '../presses.ts'
import { type Block, type Inline, type Reply, strong, words } from '../reply.ts'
import { button, heading, note, text } from '../simple-blocks.ts'
import { actionParts, doneOf } from './action-lines.ts'
import { actorOf } from './actor.ts'

type Deps = Pick<ChatDeps, 'assessments' | 'corpus' | 'directory' | 'now'>

export interface HomeOptions {
  /** What the person's digests are; "No digests yet" where there are none. */
  digestLines?(who: Who): Promise<readonly (readonly Inline[])[]>
}

/** A page holds no more than a hundred blocks, and a person reads less. */
const MOST = { rounds: 5, runs: 5, actions: 8, teams: 20, bars: 5 }
/** As it is understood on every platform. */
const HINT = ': write me “results” and the team’s name'

export async function homeReply(who: Who, { digestLines }: HomeOptions, deps: Deps): Promise<Reply> {
  const records = deps.assessments.store.assessments
  const teams = await records.teamsOf(who.tenant, who.person)
  const runs = (await records.runsOf(who.tenant, who.person, { open: true })).filter(({ round, scope }) => round === undefined && isThere(scope.model, deps))
  const names = await namesOf(who.tenant, teams, runs, deps)
  const settings: Block = { kind: 'buttons', items: [button('Settings', openSettings())] }
  if (teams.length === 0 && runs.length === 0) return { summary: 'Welcome to Cairn', blocks: [...beginning(), settings] }

  const timezone = (await actorOf(who, '', deps)).timezone
  const today = dayIn(timezone, deps.now())
  const [rounds, actions, profiles, digests] = await Promise.all([
    waitingRounds(who, teams, deps),
    actionsOf(who, teams, today, deps),
    profilesOf(who.tenant, teams.slice(0, MOST.teams), deps),
    digestLines?.(who) ?? [],
  ])
  const waiting = rounds.length + runs.length + actions.length
  return {
    summary: waiting === 0 ? 'Nothing waits for you.' : 'What waits for you, and where your teams stand',
    blocks: [
      ...part(
        'Rounds that wait for your answers',
        rounds.map((round) => roundBlock(round, names, timezone)),
        MOST.rounds,
      ),
      ...part(
        'Your open assessments',
        runs.map((run) => runBlock(run, names, deps)),
        MOST.runs,
      ),
      ...part(
        'Actions',
        actions.map((action) => actionBlock(action, names)),
        MOST.actions,
      ),
      ...part('Your teams', profiles, MOST.teams, { all: teams.length, hint: HINT }),
      heading('Digests'),
      ...(digests.length === 0 ? [text('No digests yet.')] : [{ kind: 'list', items: digests } as const]),
      { kind: 'buttons', items: [button('Assess', chooseAssessment()), button('Start a round', chooseRound()), button('Settings', openSettings())] },
    ],
  }
}

function beginning(): Block[] {
  return [
    heading('Where does your team stand?'),
    text(
      'Cairn knows what published maturity models say of Kubernetes and cloud native work, and finds out where your team stands by them. Every sentence names its source.',
    ),
    {
      kind: 'list',
      items: [
        [strong('Ask: '), words('write to me here, or mention me in a channel.')],
        [strong('Assess: '), words('at most five questions, about three minutes. You see at once where you stand and what comes next.')],
        [strong('Start a round: '), words('everybody in the team answers for themselves; the results come when it closes.')],
      ],
    },
    {
      kind: 'buttons',
      items: [
        { ...button('Assess my team', chooseAssessment()), style: 'primary' },
        button('Start a round', chooseRound()),
        button('Try a question', askThis(EXAMPLE)),
      ],
    },
  ]
}

/** A heading and what is below it, cut where it gets too long; without anything below it there is no heading. */
function part(title: string, blocks: readonly Block[], most: number, { all = blocks.length, hint = '' } = {}): Block[] {
  if (blocks.length === 0) return []
  const more = all - Math.min(blocks.length, most)
  return [heading(title), ...blocks.slice(0, most), ...(more > 0 ? [note(`And ${more} more${hint}.`)] : [])]
}

type Names = ReadonlyMap<string, string>

/** Somebody may have an open assessment of a team that they have left. */
async function namesOf(tenant: string, teams: readonly Team[], runs: readonly Run[], { assessments }: Deps): Promise<Names> {
  const names = new Map(teams.map(({ id, name }) => [id, name]))
  for (const { team } of runs) if (!names.has(team)) names.set(team, (await assessments.store.assessments.team(tenant, team))?.name ?? team)
  return names
}

async function waitingRounds({ tenant, person }: Who, teams: readonly Team[], { assessments, now }: Deps): Promise<RoundStatus[]> {
  const { store, rounds } = assessments
  const isOpen = (round: Round) => round.state === 'open' && round.deadline > now().toISOString() && round.invited.includes(person)
  const open = (await Promise.all(teams.map(({ id }) => store.assessments.rounds(tenant, id)))).flat().filter(isOpen)
  const statuses = await Promise.all(open.map(({ id }) => rounds.status(tenant, id, person)))
  return statuses.filter(({ state, own }) => state === 'open' && own.state !== 'finished').toSorted((a, b) => a.deadline.localeCompare(b.deadline))
}

/** The person's own first; of the others' what is due. */
async function actionsOf({ tenant, person }: Who, teams: readonly Team[], today: string, { assessments }: Deps): Promise<(ListedAction & { mine: boolean })[]> {
  const all = (await Promise.all(teams.map(({ id }) => assessments.store.assessments.actions(tenant, id)))).flat()
  return all
    .map((action: Action) => ({ ...action, standing: standingOf(action, today), mine: action.owner === person }))
    .filter(({ mine, standing }) => mine || standing === 'due' || standing === 'overdue')
    .toSorted((a, b) => Number(b.mine) - Number(a.mine) || (a.due ?? '9').localeCompare(b.due ?? '9'))
}

async function profilesOf(tenant: string, teams: readonly Team[], { assessments }: Deps): Promise<Block[]> {
  const blocks = []
  // One after the other: a page is no reason to keep everybody else waiting for the database.
  for (const team of teams) {
    const { models } = await assessments.results.results(tenant, team.id)
    blocks.push(teamBlock(team, models))
  }
  return blocks
}

function teamBlock({ id, name }: Team, [latest, ...others]: readonly ModelResults[]): Block {
  if (latest === undefined) return { kind: 'option', parts: [strong(name), words(`: ${NO_RESULTS}`)], button: button('Assess', chooseAssessment(id)) }
  const also = others.length === 0 ? '' : ` Also by ${others.map(({ shortTitle }) => shortTitle).join(', ')}.`
  const parts = [strong(name), words(`, ${latest.shortTitle}: ${headline(latest)} ${sayCoverage(latest.coverage)}. ${barsOf(latest)}${also}`)]
  return { kind: 'option', parts, button: button('Results', showResults(id)) }
}

/** "Culture ■■□□□ 2 of 5, Security ■□□□□ 1 of 5": the lowest where there are many. */
function barsOf(results: ModelResults): string {
  const labels = labelsOf(results.sections)
  const scored = results.sections.flatMap((section, i) =>
    section.level === undefined ? [] : [{ label: labels[i] as string, figure: section.level, level: lowerOf(section.level) }],
  )
  const shown = scored.length <= MOST.bars ? scored : scored.toSorted((a, b) => a.level - b.level).slice(0, MOST.bars)
  if (shown.length === 0) return ''
  const bars = shown.map(({ label, level, figure }) => `${label} ${bar(level, results.levels.length)} ${figureText(figure)} of ${results.levels.length}`)
  return `${bars.join(', ')}.`
}

function bar(level: number, of: number): string {
  return '■'.repeat(level) + '□'.repeat(Math.max(0, of - level))
}

function roundBlock({ id, team, name, deadline, answered, invited, own }: RoundStatus, names: Names, timezone = 'UTC'): Block {
  const parts: Inline[] = [
    strong(name),
    words(` of ${names.get(team)}: ${answered} of ${invited} have answered, until `),
    { kind: 'time', at: deadline, zone: timezone, form: 'moment' },
  ]
  return { kind: 'option', parts, button: button(own.state === 'not-started' ? 'Answer' : 'Go on', answerRound(id)) }
}

function runBlock({ id, team, scope, startedAt }: Run, names: Names, { corpus }: Deps): Block {
  const parts = [strong(names.get(team) ?? team), words(`: ${titleOf(scope, corpus())}, begun on ${sayDay(startedAt)}`)]
  return { kind: 'option', parts, button: button('Go on', goOnWith(id)) }
}

function actionBlock(action: ListedAction, names: Names): Block {
  return { kind: 'option', parts: [strong(`${names.get(action.team)}: `), ...actionParts(action)], button: button('Done', doneOf(action)) }
}

function isThere(model: string, { corpus }: Deps): boolean {
  return corpus().models.some(({ id }) => id === model)
}
