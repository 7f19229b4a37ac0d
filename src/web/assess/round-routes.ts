/** Rounds: start one, join it by its link, see how far it is, close it, and after that what it says. */
import type { FastifyInstance } from 'fastify'
import { closesByItself } from '../../assessments/create-assessments.ts'
import type { Round, TenantId } from '../../assessments/records.ts'
import type { RoundFigures } from '../../assessments/round-figures.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import { titleOf } from '../../assessments/wording.ts'
import { type AssessRouteDeps, known, mayJoin, ownTeam, param, Refusal } from './access.ts'
import { deadlineBody, read, roundBody } from './bodies.ts'
import { type FiguresView, viewRoundFigures } from './figures-view.ts'
import { LOCAL_TENANT, type Visitor, visitorOf } from './identity.ts'
import { namesIn } from './names.ts'

/** How far a round is: counts, never who. */
export interface RoundView extends Omit<RoundStatus, 'team' | 'scope' | 'shownFrom'> {
  title: string
  team: { id: string; name: string }
  /** Once all have answered; otherwise only who started it closes it, or the deadline. */
  closesByItself: boolean
  /** What whoever looks is called; null for somebody who has not said. */
  you: string | null
}

export interface RoundResultsView {
  round: RoundView
  levelWord: string
  respondents: number
  coverage: RoundFigures['coverage']
  sections: FiguresView[]
  /** The first vote beside a re-vote, or the other way round. */
  other: { kind: 'first-vote' | 'revote'; id: string; name: string; sections: FiguresView[] } | null
  revoteOffered: readonly string[]
}

const IN_CHAT = 'Rounds of this team begin in its channel, where everybody is told of them: say “round” to Cairn there.'

export function registerRoundRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  const view = async (tenant: TenantId, { team, scope, shownFrom: _, ...status }: RoundStatus, you: string | null): Promise<RoundView> => {
    const records = deps.assessments().store.assessments
    const [found, round] = await Promise.all([records.team(tenant, team), records.round(tenant, status.id)])
    return {
      ...status,
      title: titleOf(scope, deps.corpus()),
      team: { id: team, name: found?.name ?? '' },
      closesByItself: round !== undefined && (await closesByItself(tenant, round, records)),
      you,
    }
  }

  api.get('/api/teams/:team/rounds', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const rounds = await deps.assessments().rounds.list(visitor.tenant, team.id, visitor.person)
    return { rounds: await Promise.all(rounds.map((status) => view(visitor.tenant, status, visitor.name))) }
  })

  api.post('/api/teams/:team/rounds', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    if (visitor.rules !== undefined) throw new Refusal(409, IN_CHAT)
    const { rounds } = deps.assessments()
    const { id } = await rounds.start(visitor.tenant, visitor.person, { team: team.id, ...read(roundBody, request.body) })
    return view(visitor.tenant, await rounds.status(visitor.tenant, id, visitor.person), visitor.name)
  })

  /** Before somebody gives a name, the link already shows what they are asked into. */
  api.get('/api/rounds/:round', async (request) => {
    const visitor = await visitorOf(request, deps)
    const tenant = visitor?.tenant ?? LOCAL_TENANT
    const status = await deps.assessments().rounds.status(tenant, param(request, 'round'), visitor?.person ?? '')
    if (visitor !== undefined) await assertIsFor(status, visitor, deps)
    return view(tenant, status, visitor?.name ?? null)
  })

  /** The link is the invitation: whoever opens it takes part, as a guest if they are not in the team. */
  api.post('/api/rounds/:round/join', async (request) => {
    const visitor = await known(request, deps)
    const { store, rounds } = deps.assessments()
    const id = param(request, 'round')
    const round = await store.assessments.round(visitor.tenant, id)
    if (round !== undefined && !round.invited.includes(visitor.person)) {
      await assertIsFor(await rounds.status(visitor.tenant, id, visitor.person), visitor, deps)
      await rounds.assertOpen(visitor.tenant, id)
      await inviteGuest(round, visitor, deps)
    }
    return { run: (await rounds.join(visitor.tenant, id, visitor.person)).id }
  })

  api.post('/api/rounds/:round/close', async (request) => {
    const visitor = await known(request, deps)
    const { rounds } = deps.assessments()
    const { id } = await rounds.close(visitor.tenant, param(request, 'round'), visitor.person)
    return view(visitor.tenant, await rounds.status(visitor.tenant, id, visitor.person), visitor.name)
  })

  api.post('/api/rounds/:round/revote', async (request) => {
    const visitor = await known(request, deps)
    if (visitor.rules !== undefined) throw new Refusal(409, IN_CHAT)
    const { rounds } = deps.assessments()
    const { id } = await rounds.startRevote(visitor.tenant, param(request, 'round'), visitor.person, read(deadlineBody, request.body))
    return view(visitor.tenant, await rounds.status(visitor.tenant, id, visitor.person), visitor.name)
  })

  api.get('/api/rounds/:round/results', async (request): Promise<RoundResultsView> => {
    const visitor = await known(request, deps)
    const { store, rounds } = deps.assessments()
    const id = param(request, 'round')
    const status = await rounds.status(visitor.tenant, id, visitor.person)
    const members = await store.assessments.members(visitor.tenant, status.team)
    if (!status.own.invited && !members.some((each) => each.id === visitor.person)) throw new Refusal(403, 'Only the team sees the results of its rounds.')
    const { figures, otherVote, revoteOffered } = await rounds.results(visitor.tenant, id)
    const { model } = status.scope
    const shown = [figures, ...(otherVote === undefined ? [] : [otherVote.figures])]
    const name = await namesIn(store.assessments, visitor.tenant, status.team, shown.flatMap(respondentsOf))
    const sectionsOf = (each: RoundFigures) => viewRoundFigures(each, model, deps.corpus(), name)
    return {
      round: await view(visitor.tenant, status, visitor.name),
      levelWord: deps.corpus().model(model)?.levelWord ?? 'Level',
      respondents: figures.respondents,
      coverage: figures.coverage,
      sections: sectionsOf(figures),
      other:
        otherVote === undefined ? null : { kind: otherVote.kind, id: otherVote.round.id, name: otherVote.round.name, sections: sectionsOf(otherVote.figures) },
      revoteOffered: visitor.rules === undefined ? revoteOffered : [],
    }
  })
}

/** The link alone opens a round of the page; one of a chat is for those who are asked, and for whom its team is open. @throws Refusal */
async function assertIsFor({ team, own }: RoundStatus, visitor: Visitor, deps: AssessRouteDeps): Promise<void> {
  if (!own.invited && !(await mayJoin(visitor, { id: team }, deps))) throw new Refusal(403, 'This round is for its team: ask whoever started it to invite you.')
}

/** Rounds invite members only, so a guest is one for that moment. */
async function inviteGuest({ id, team, startedBy }: Round, { tenant, person }: Visitor, { assessments }: AssessRouteDeps): Promise<void> {
  const { store, rounds } = assessments()
  const isMember = (await store.assessments.teamsOf(tenant, person)).some((each) => each.id === team)
  await store.assessments.addMember(tenant, team, person)
  try {
    await rounds.invite(tenant, id, startedBy, [person])
  } finally {
    if (!isMember) await store.assessments.removeMember(tenant, team, person)
  }
}

/** Nobody of a confidential round. */
export function respondentsOf({ sections }: Pick<RoundFigures, 'sections'>): string[] {
  return sections.flatMap((section) => (section.state === 'hidden' ? [] : section.why.map(({ person }) => person)))
}
