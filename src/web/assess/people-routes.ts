/** Who somebody is, which teams they are in, and what there is to assess. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Assessments } from '../../assessments/create-assessments.ts'
import { offersOf } from '../../assessments/offers.ts'
import type { Team } from '../../assessments/records.ts'
import { chatNameOf } from '../sign-in/chat-rules.ts'
import { type AssessRouteDeps, known, mayJoin, param, Refusal } from './access.ts'
import { nameBody, read } from './bodies.ts'
import { enrol, type Visitor, visitorOf } from './identity.ts'

export interface TeamView {
  id: string
  name: string
  member: boolean
  /** Their names; only for members. */
  members: { name: string; you: boolean }[]
  /** Where it is at home, "Slack"; null for a team of the page alone. */
  chat: string | null
}

export interface MeView {
  name: string | null
  /** Where somebody comes from who signed in from a chat: "Slack". */
  chat: string | null
}

const NO_TEAM = 'There is no such team: check the link, or start an assessment for a new one. If it is at home in a chat, say “page” to Cairn there.'
const NO_TEAM_IN_CHAT = 'There is no such team, or it is for its members: ask one of them, or an administrator.'

export function registerPeopleRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  const records = () => deps.assessments().store.assessments

  api.get('/api/me', async (request): Promise<MeView> => viewMe(await visitorOf(request, deps)))
  api.post('/api/me', async (request, reply): Promise<MeView> => viewMe(await enrol(request, reply, deps, read(nameBody, request.body).name)))
  api.get('/api/offers', async () => ({ offers: offersOf(deps.corpus()) }))

  api.get('/api/teams', async (request) => {
    const visitor = await visitorOf(request, deps)
    const teams = visitor === undefined ? [] : await records().teamsOf(visitor.tenant, visitor.person)
    return { teams: teams.map(({ id, name }) => ({ id, name })) }
  })

  /** By its name a team is created, or joined: whoever can open this page may; of a chat's, whoever sees its results there. */
  api.post('/api/teams', async (request) => {
    const visitor = await known(request, deps)
    const { name } = read(nameBody, request.body)
    const found = await records().teamByName(visitor.tenant, name)
    if (found !== undefined && !(await mayJoin(visitor, found, deps)))
      throw new Refusal(403, `There is a team "${name}" already, and it is for its members: ask one of them, or use another name.`)
    const team = found ?? { id: randomUUID(), name, createdAt: new Date().toISOString() }
    if (found === undefined) await records().saveTeam(visitor.tenant, team)
    await records().addMember(visitor.tenant, team.id, visitor.person)
    return viewTeam(team, visitor, deps.assessments())
  })

  api.get('/api/teams/:team', async (request) => {
    const visitor = await known(request, deps)
    return viewTeam(await findTeam(visitor, param(request, 'team'), deps), visitor, deps.assessments())
  })

  api.post('/api/teams/:team/join', async (request) => {
    const visitor = await known(request, deps)
    const team = await findTeam(visitor, param(request, 'team'), deps)
    await records().addMember(visitor.tenant, team.id, visitor.person)
    return viewTeam(team, visitor, deps.assessments())
  })
}

/** To whom a team of a chat is closed, it is not there. */
async function findTeam(visitor: Visitor, id: string, deps: AssessRouteDeps): Promise<Team> {
  const team = await deps.assessments().store.assessments.team(visitor.tenant, id)
  if (team === undefined || !(await mayJoin(visitor, team, deps))) throw new Refusal(404, visitor.rules === undefined ? NO_TEAM : NO_TEAM_IN_CHAT)
  return team
}

function viewMe(visitor: Visitor | undefined): MeView {
  return { name: visitor?.name ?? null, chat: visitor?.rules === undefined ? null : chatNameOf(visitor.tenant) }
}

async function viewTeam({ id, name }: Team, { tenant, person, rules }: Visitor, { store }: Assessments): Promise<TeamView> {
  const members = await store.assessments.members(tenant, id)
  const member = members.some((each) => each.id === person)
  return {
    id,
    name,
    member,
    members: member ? members.map((each) => ({ name: each.name, you: each.id === person })) : [],
    chat: rules === undefined ? null : chatNameOf(tenant),
  }
}
