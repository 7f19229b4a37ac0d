/** Who may do what: the team and the person are read from the request before anything is shown of them. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Assessments } from '../../assessments/create-assessments.ts'
import type { Team } from '../../assessments/records.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { id, read } from './bodies.ts'
import { TENANT, type Visitor, visitorOf } from './identity.ts'

export interface AssessRouteDeps {
  assessments: () => Assessments
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
export async function known(request: FastifyRequest, { assessments }: AssessRouteDeps): Promise<Visitor> {
  const visitor = await visitorOf(request, assessments().store.assessments)
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
  const team = (await deps.assessments().store.assessments.teamsOf(TENANT, visitor.person)).find((each) => each.id === wanted)
  if (team === undefined) throw new Refusal(403, 'You are not in this team: open the link to it that a member has, and join.')
  return { visitor, team }
}

/** A file to keep: browsers save it under its name. */
export function asDownload(reply: FastifyReply, type: string, file: string): FastifyReply {
  const plain = file.normalize('NFKD').replace(/[^\w.-]+/g, '-')
  return reply.type(type).header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.toWellFormed())}`)
}
