/** One person's assessments: start, see, answer step by step, change an answer afterwards. */
import type { FastifyInstance } from 'fastify'
import type { Run, TenantId } from '../../assessments/records.ts'
import type { Turn } from '../../assessments/turn.ts'
import { titleOf } from '../../assessments/wording.ts'
import { type AssessRouteDeps, known, param, Refusal } from './access.ts'
import { amendment, read, runBody, step } from './bodies.ts'
import { type Visitor, visitorOf } from './identity.ts'
import { viewTurn } from './turn-view.ts'

export interface OpenRunView {
  id: string
  title: string
  team: string
  /** Of the round that it belongs to. */
  round: string | null
  paused: boolean
  updatedAt: string
}

export function registerRunRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  const view = async (turn: Promise<Turn>, visitor: Visitor) => viewTurn(await turn, visitor, deps.assessments(), deps.corpus())

  api.get('/api/runs', async (request) => {
    const records = deps.assessments().store.assessments
    const visitor = await visitorOf(request, deps)
    if (visitor === undefined) return { runs: [] }
    const runs = await records.runsOf(visitor.tenant, visitor.person, { open: true })
    return { runs: (await Promise.all(runs.map((run) => viewOpen(run, visitor.tenant, deps)))).flat() }
  })

  api.post('/api/runs', async (request) => {
    const visitor = await known(request, deps)
    const { team, scope } = read(runBody, request.body)
    const { conversation, store } = deps.assessments()
    if (!(await store.assessments.teamsOf(visitor.tenant, visitor.person)).some(({ id }) => id === team))
      throw new Refusal(403, 'You are not in this team: join it first.')
    return view(conversation.start(visitor, { team, scope }), visitor)
  })

  api.get('/api/runs/:run', async (request) => {
    const visitor = await known(request, deps)
    return view(deps.assessments().conversation.show(visitor, param(request, 'run')), visitor)
  })

  api.post('/api/runs/:run/step', async (request) => {
    const visitor = await known(request, deps)
    return view(deps.assessments().conversation.take(visitor, param(request, 'run'), read(step, request.body)), visitor)
  })

  api.post('/api/runs/:run/answers', async (request) => {
    const visitor = await known(request, deps)
    return view(deps.assessments().conversation.amend(visitor, param(request, 'run'), read(amendment, request.body)), visitor)
  })
}

/** A run of a round that has closed is not open any more. */
async function viewOpen(run: Run, tenant: TenantId, { assessments, corpus }: AssessRouteDeps): Promise<OpenRunView[]> {
  const { store, rounds } = assessments()
  const [team, round] = await Promise.all([
    store.assessments.team(tenant, run.team),
    run.round === undefined ? undefined : rounds.status(tenant, run.round, run.person),
  ])
  if (round?.state === 'closed') return []
  return [
    {
      id: run.id,
      title: titleOf(run.scope, corpus()),
      team: team?.name ?? '',
      round: round?.name ?? null,
      paused: run.state === 'paused',
      updatedAt: run.updatedAt,
    },
  ]
}
