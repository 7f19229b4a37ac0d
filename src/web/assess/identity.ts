/**
 * Who uses this browser: somebody who came from a chat, or else a random secret in a cookie. There the person's id is made of it one-way, so that
 * an id in an export or a figure opens nothing.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Respondent } from '../../assessments/conversation.ts'
import type { Assessments } from '../../assessments/create-assessments.ts'
import type { TenantId } from '../../assessments/records.ts'
import { readCookie } from '../cookies.ts'
import type { ChatRules } from '../sign-in/chat-rules.ts'
import { personFromChat, type WebSignIn } from '../sign-in/web-sign-in.ts'

/** Of those who come from no chat. */
export const LOCAL_TENANT: TenantId = 'local'

export interface Visitor extends Respondent {
  name: string
  /** Of whom comes from a chat: what they may do is decided there. */
  rules?: ChatRules
}

export interface IdentityDeps {
  assessments: () => Assessments
  signIn?: WebSignIn
}

const COOKIE = 'cairn_person'
const YEAR_SECONDS = 365 * 24 * 60 * 60
const SECRET_BYTES = 24
/** As it is made below: anything else was not. */
const SECRET = /^[A-Za-z0-9_-]{32}$/

/** Undefined for a browser that has not given a name yet. */
export async function visitorOf(request: FastifyRequest, { assessments, signIn }: IdentityDeps): Promise<Visitor | undefined> {
  const records = assessments().store.assessments
  const fromChat = signIn && (await personFromChat(request, signIn))
  if (signIn !== undefined && fromChat !== undefined) {
    const { tenant, person } = fromChat
    const known = await records.person(tenant, person)
    return { tenant, person, surface: 'web', name: known?.name ?? person, rules: signIn.rules }
  }
  const secret = readCookie(request, COOKIE, SECRET)
  const person = secret === undefined ? undefined : await records.person(LOCAL_TENANT, idOf(secret))
  return person === undefined ? undefined : { tenant: LOCAL_TENANT, person: person.id, surface: 'web', name: person.name }
}

/** Renames who is known already; who comes from a chat is called what they are called there. */
export async function enrol(request: FastifyRequest, reply: FastifyReply, deps: IdentityDeps, name: string): Promise<Visitor> {
  const visitor = await visitorOf(request, deps)
  if (visitor?.rules !== undefined) return visitor
  const secret = readCookie(request, COOKIE, SECRET) ?? randomBytes(SECRET_BYTES).toString('base64url')
  const person = { id: idOf(secret), name }
  await deps.assessments().store.assessments.savePerson(LOCAL_TENANT, person)
  // Not `Secure`: on loopback the page is served without TLS.
  reply.header('set-cookie', `${COOKIE}=${secret}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Strict`)
  return { tenant: LOCAL_TENANT, person: person.id, surface: 'web', name }
}

function idOf(secret: string): string {
  return `web-${createHash('sha256').update(secret).digest('hex').slice(0, 32)}`
}
