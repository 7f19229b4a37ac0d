/** A team's results and what leaves the program with them: the figures, its targets, files to keep. */
import type { FastifyInstance } from 'fastify'
import type { AssessmentStore } from '../../assessments/assessment-store.ts'
import { resultsCsv } from '../../assessments/results-csv.ts'
import type { TeamResult } from '../../assessments/team-results.ts'
import { type AssessRouteDeps, asDownload, ownTeam, Refusal } from './access.ts'
import { actionViews } from './action-routes.ts'
import { id, read, targetBody } from './bodies.ts'
import type { Visitor } from './identity.ts'
import { namesIn } from './names.ts'
import { viewResults } from './results-view.ts'
import { respondentsOf } from './round-routes.ts'

export function registerResultRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  api.get<{ Querystring: { model?: unknown } }>('/api/teams/:team/results', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { results, store } = deps.assessments()
    const [result, actions, own] = await Promise.all([
      results.results(visitor.tenant, team.id),
      actionViews(team.id, visitor, deps),
      ownFinished(team.id, visitor, store.assessments),
    ])
    const name = await namesIn(store.assessments, visitor.tenant, team.id, respondentsIn(result))
    const { model } = request.query
    return viewResults(result, typeof model === 'string' ? model : undefined, { actions, own, readable: deps.assessments().readable, name }, deps.corpus())
  })

  /** An approximation, and called so: read only when somebody asks. */
  api.get<{ Querystring: { model?: unknown; other?: unknown } }>('/api/teams/:team/in-terms-of', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    return deps.assessments().results.inTermsOf(visitor.tenant, team.id, read(id, request.query.model), read(id, request.query.other))
  })

  /** Without a level, the section has no target. */
  api.post('/api/teams/:team/targets', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { model, section, level } = read(targetBody, request.body)
    const { results } = deps.assessments()
    if (level === null) await results.removeTarget(visitor.tenant, team.id, model, section)
    else await results.setTarget(visitor.tenant, { team: team.id, model, section, level, setBy: visitor.person })
    return { level }
  })

  api.get('/api/teams/:team/results.csv', async (request, reply) => {
    const { visitor, team } = await ownTeam(request, deps)
    const csv = resultsCsv(await deps.assessments().results.results(visitor.tenant, team.id))
    return asDownload(reply, 'text/csv; charset=utf-8', `${team.name} results.csv`).send(csv)
  })

  /** It holds the answers of everybody, so it waits until nobody answers blind any more. */
  api.get('/api/teams/:team/export.json', async (request, reply) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { rounds, store } = deps.assessments()
    const open = (await rounds.list(visitor.tenant, team.id, visitor.person)).find(({ state }) => state === 'open')
    if (open !== undefined) throw new Refusal(409, `The round "${open.name}" is still open: the team can be exported once it has closed.`)
    const content = await store.exportTeam(visitor.tenant, team.id)
    return asDownload(reply, 'application/json; charset=utf-8', `${team.name}.json`).send(`${JSON.stringify(content, null, 2)}\n`)
  })
}

async function ownFinished(team: string, { tenant, person }: Visitor, store: AssessmentStore): Promise<Set<string>> {
  const runs = await store.runsOf(tenant, person)
  return new Set(runs.flatMap((run) => (run.team === team && run.state === 'finished' ? [run.id] : [])))
}

function respondentsIn({ models }: TeamResult): string[] {
  return models.flatMap(({ sections }) => sections.flatMap(({ latest }) => (latest === undefined ? [] : respondentsOf({ sections: [latest.figures] }))))
}
