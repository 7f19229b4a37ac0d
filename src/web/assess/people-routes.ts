/** Who somebody is, which teams they are in, and what there is to assess. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Assessments } from '../../assessments/create-assessments.ts'
import { offersOf } from '../../assessments/offers.ts'
import type { Team } from '../../assessments/records.ts'
import { type AssessRouteDeps, known, param, Refusal } from './access.ts'
import { nameBody, read } from './bodies.ts'
import { enrol, TENANT, type Visitor, visitorOf } from './identity.ts'

export interface TeamView {
  id: string
  name: string
  member: boolean
  /** Their names; only for members. */
  members: { name: string; you: boolean }[]
}

export function registerPeopleRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  const records = () => deps.assessments().store.assessments

  api.get('/api/me', async (request) => ({ name: (await visitorOf(request, records()))?.name ?? null }))
  api.post('/api/me', async (request, reply) => ({ name: (await enrol(request, reply, records(), read(nameBody, request.body).name)).name }))
  api.get('/api/offers', async () => ({ offers: offersOf(deps.corpus()) }))

  api.get('/api/teams', async (request) => {
    const visitor = await visitorOf(request, records())
    const teams = visitor === undefined ? [] : await records().teamsOf(TENANT, visitor.person)
    return { teams: teams.map(({ id, name }) => ({ id, name })) }
  })

  /** By its name a team is created, or joined: whoever can open this page may. */
  api.post('/api/teams', async (request) => {
    const visitor = await known(request, deps)
    const { name } = read(nameBody, request.body)
    const found = await records().teamByName(TENANT, name)
    const team = found ?? { id: randomUUID(), name, createdAt: new Date().toISOString() }
    if (found === undefined) await records().saveTeam(TENANT, team)
    await records().addMember(TENANT, team.id, visitor.person)
    return viewTeam(team, visitor, deps.assessments())
  })

  api.get('/api/teams/:team', async (request) => {
    const visitor = await known(request, deps)
    return viewTeam(await findTeam(param(request, 'team'), deps), visitor, deps.assessments())
  })

  api.post('/api/teams/:team/join', async (request) => {
    const visitor = await known(request, deps)
    const team = await findTeam(param(request, 'team'), deps)
    await records().addMember(TENANT, team.id, visitor.person)
    return viewTeam(team, visitor, deps.assessments())
  })
}

async function findTeam(id: string, { assessments }: AssessRouteDeps): Promise<Team> {
  const team = await assessments().store.assessments.team(TENANT, id)
  if (team === undefined) throw new Refusal(404, 'There is no such team: check the link, or start an assessment for a new one.')
  return team
}

async function viewTeam({ id, name }: Team, { person }: Visitor, { store }: Assessments): Promise<TeamView> {
  const members = await store.assessments.members(TENANT, id)
  const member = members.some((each) => each.id === person)
  return { id, name, member, members: member ? members.map((each) => ({ name: each.name, you: each.id === person })) : [] }
}
