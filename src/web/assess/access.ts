/** Who may do what: the team and the person are read from the request before anything is shown of them. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Team } from '../../assessments/records.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { id, read } from './bodies.ts'
import { type IdentityDeps, type Visitor, visitorOf } from './identity.ts'

export interface AssessRouteDeps extends IdentityDeps {
  corpus: () => Corpus
}

/** What a route throws to answer with another status than 400. */
export class Refusal extends Error {
  readonly statusCode: number

  constructor(statusCode: number, message: string) {
    super(message)
    this.statusCode = statusCode
  }
}

/** @throws Refusal for a browser that has not given a name yet */
export async function known(request: FastifyRequest, deps: AssessRouteDeps): Promise<Visitor> {
  const visitor = await visitorOf(request, deps)
  if (visitor === undefined) throw new Refusal(401, 'Say first who you are: give a name under "Assess".')
  return visitor
}

/** The id that the path names. @throws UserError when it can be none */
export function param(request: FastifyRequest, name: string): string {
  return read(id, (request.params as Record<string, unknown>)[name])
}

/** The team that the path names, for those who belong to it. @throws Refusal */
export async function ownTeam(request: FastifyRequest, deps: AssessRouteDeps): Promise<{ visitor: Visitor; team: Team }> {
  const visitor = await known(request, deps)
  const wanted = param(request, 'team')
  const team = (await deps.assessments().store.assessments.teamsOf(visitor.tenant, visitor.person)).find((each) => each.id === wanted)
  if (team === undefined) throw new Refusal(403, 'You are not in this team: open the link to it that a member has, and join.')
  return { visitor, team }
}

/** A team of the page is open to whoever can open the page; one of a chat to those who are in it, and to whom it is open there. */
export async function mayJoin({ tenant, person, rules }: Visitor, team: Pick<Team, 'id'>, { assessments }: AssessRouteDeps): Promise<boolean> {
  if (rules === undefined) return true
  const own = await assessments().store.assessments.teamsOf(tenant, person)
  return own.some(({ id }) => id === team.id) || rules.mayJoin({ tenant, person }, team)
}

/** A file to keep: browsers save it under its name. */
export function asDownload(reply: FastifyReply, type: string, file: string): FastifyReply {
  const plain = file.normalize('NFKD').replace(/[^\w.-]+/g, '-')
  return reply.type(type).header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.toWellFormed())}`)
}
