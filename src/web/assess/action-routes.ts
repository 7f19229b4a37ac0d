/** What a team has taken on: a step becomes an action, with somebody who does it and a day. */
import type { FastifyInstance } from 'fastify'
import { type AssessRouteDeps, ownTeam, param } from './access.ts'
import { actionBody, read, stepBody } from './bodies.ts'
import type { Visitor } from './identity.ts'
import { namesIn } from './names.ts'
import { type ActionView, viewAction } from './results-view.ts'

export function registerActionRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  api.post('/api/teams/:team/actions', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    await deps.assessments().actions.create({ tenant: visitor.tenant, team: team.id, person: visitor.person }, read(stepBody, request.body))
    return { actions: await actionViews(team.id, visitor, deps) }
  })

  api.post('/api/teams/:team/actions/:action', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { actions } = deps.assessments()
    const who = { tenant: visitor.tenant, team: team.id }
    const action = param(request, 'action')
    const { done, due, mine } = read(actionBody, request.body)
    if (due !== undefined) await actions.setDue(who, action, due ?? undefined)
    if (mine !== undefined) await actions.assign(who, action, mine ? visitor.person : undefined)
    if (done !== undefined) await (done ? actions.done(who, action) : actions.reopen(who, action))
    return { actions: await actionViews(team.id, visitor, deps) }
  })
}

/** Open ones by date, then what is done. */
export async function actionViews(team: string, { tenant, person }: Visitor, { assessments }: AssessRouteDeps): Promise<ActionView[]> {
  const { actions, store } = assessments()
  const listed = await actions.list({ tenant, team }, { done: true })
  const name = await namesIn(
    store.assessments,
    tenant,
    team,
    listed.flatMap(({ owner }) => owner ?? []),
  )
  return listed.map((action) => viewAction(action, person, name))
}
