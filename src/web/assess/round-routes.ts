/** Rounds: start one, join it by its link, see how far it is, close it, and after that what it says. */
import type { FastifyInstance } from 'fastify'
import { closesByItself } from '../../assessments/create-assessments.ts'
import type { Round } from '../../assessments/records.ts'
import type { RoundFigures } from '../../assessments/round-figures.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import { titleOf } from '../../assessments/wording.ts'
import { type AssessRouteDeps, known, ownTeam, param, Refusal } from './access.ts'
import { deadlineBody, read, roundBody } from './bodies.ts'
import { type FiguresView, viewRoundFigures } from './figures-view.ts'
import { TENANT, type Visitor, visitorOf } from './identity.ts'
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

export function registerRoundRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  const view = async ({ team, scope, shownFrom: _, ...status }: RoundStatus, you: string | null): Promise<RoundView> => {
    const records = deps.assessments().store.assessments
    const [found, round] = await Promise.all([records.team(TENANT, team), records.round(TENANT, status.id)])
    return {
      ...status,
      title: titleOf(scope, deps.corpus()),
      team: { id: team, name: found?.name ?? '' },
      closesByItself: round !== undefined && (await closesByItself(TENANT, round, records)),
      you,
    }
  }

  api.get('/api/teams/:team/rounds', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const rounds = await deps.assessments().rounds.list(TENANT, team.id, visitor.person)
    return { rounds: await Promise.all(rounds.map((status) => view(status, visitor.name))) }
  })

  api.post('/api/teams/:team/rounds', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { rounds } = deps.assessments()
    const { id } = await rounds.start(TENANT, visitor.person, { team: team.id, ...read(roundBody, request.body) })
    return view(await rounds.status(TENANT, id, visitor.person), visitor.name)
  })

  /** Before somebody gives a name, the link already shows what they are asked into. */
  api.get('/api/rounds/:round', async (request) => {
    const { store, rounds } = deps.assessments()
    const visitor = await visitorOf(request, store.assessments)
    return view(await rounds.status(TENANT, param(request, 'round'), visitor?.person ?? ''), visitor?.name ?? null)
  })

  /** The link is the invitation: whoever opens it takes part, as a guest if they are not in the team. */
  api.post('/api/rounds/:round/join', async (request) => {
    const visitor = await known(request, deps)
    const { store, rounds } = deps.assessments()
    const id = param(request, 'round')
    const round = await store.assessments.round(TENANT, id)
    if (round !== undefined && !round.invited.includes(visitor.person)) {
      await rounds.assertOpen(TENANT, id)
      await inviteGuest(round, visitor, deps)
    }
    return { run: (await rounds.join(TENANT, id, visitor.person)).id }
  })

  api.post('/api/rounds/:round/close', async (request) => {
    const visitor = await known(request, deps)
    const { rounds } = deps.assessments()
    const { id } = await rounds.close(TENANT, param(request, 'round'), visitor.person)
    return view(await rounds.status(TENANT, id, visitor.person), visitor.name)
  })

  api.post('/api/rounds/:round/revote', async (request) => {
    const visitor = await known(request, deps)
    const { rounds } = deps.assessments()
    const { id } = await rounds.startRevote(TENANT, param(request, 'round'), visitor.person, read(deadlineBody, request.body))
    return view(await rounds.status(TENANT, id, visitor.person), visitor.name)
  })

  api.get('/api/rounds/:round/results', async (request): Promise<RoundResultsView> => {
    const visitor = await known(request, deps)
    const { store, rounds } = deps.assessments()
    const id = param(request, 'round')
    const status = await rounds.status(TENANT, id, visitor.person)
    const members = await store.assessments.members(TENANT, status.team)
    if (!status.own.invited && !members.some((each) => each.id === visitor.person)) throw new Refusal(403, 'Only the team sees the results of its rounds.')
    const { figures, otherVote, revoteOffered } = await rounds.results(TENANT, id)
    const { model } = status.scope
    const shown = [figures, ...(otherVote === undefined ? [] : [otherVote.figures])]
    const name = await namesIn(store.assessments, status.team, shown.flatMap(respondentsOf))
    const sectionsOf = (each: RoundFigures) => viewRoundFigures(each, model, deps.corpus(), name)
    return {
      round: await view(status, visitor.name),
      levelWord: deps.corpus().model(model)?.levelWord ?? 'Level',
      respondents: figures.respondents,
      coverage: figures.coverage,
      sections: sectionsOf(figures),
      other:
        otherVote === undefined ? null : { kind: otherVote.kind, id: otherVote.round.id, name: otherVote.round.name, sections: sectionsOf(otherVote.figures) },
      revoteOffered,
    }
  })
}

/** Rounds invite members only, so a guest is one for that moment. */
async function inviteGuest({ id, team, startedBy }: Round, { person }: Visitor, { assessments }: AssessRouteDeps): Promise<void> {
  const { store, rounds } = assessments()
  const isMember = (await store.assessments.teamsOf(TENANT, person)).some((each) => each.id === team)
  await store.assessments.addMember(TENANT, team, person)
  try {
    await rounds.invite(TENANT, id, startedBy, [person])
  } finally {
    if (!isMember) await store.assessments.removeMember(TENANT, team, person)
  }
}

/** Nobody of a confidential round. */
export function respondentsOf({ sections }: Pick<RoundFigures, 'sections'>): string[] {
  return sections.flatMap((section) => (section.state === 'hidden' ? [] : section.why.map(({ person }) => person)))
}
