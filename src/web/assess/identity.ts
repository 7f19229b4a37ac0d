/** Who uses this browser: a random secret in a cookie. The person's id is made of it one-way, so that an id in an export or a figure opens nothing. */
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AssessmentStore } from '../../assessments/assessment-store.ts'
import type { Respondent } from '../../assessments/conversation.ts'

export const TENANT = 'local'

export interface Visitor extends Respondent {
  name: string
}

const COOKIE = 'cairn_person'
const YEAR_SECONDS = 365 * 24 * 60 * 60
const SECRET_BYTES = 24
/** As it is made below: anything else was not. */
const SECRET = /^[A-Za-z0-9_-]{32}$/

/** Undefined for a browser that has not given a name yet. */
export async function visitorOf(request: FastifyRequest, store: AssessmentStore): Promise<Visitor | undefined> {
  const secret = readSecret(request)
  const person = secret === undefined ? undefined : await store.person(TENANT, idOf(secret))
  return person === undefined ? undefined : { tenant: TENANT, person: person.id, surface: 'web', name: person.name }
}

/** Renames who is known already. */
export async function enrol(request: FastifyRequest, reply: FastifyReply, store: AssessmentStore, name: string): Promise<Visitor> {
  const secret = readSecret(request) ?? randomBytes(SECRET_BYTES).toString('base64url')
  const person = { id: idOf(secret), name }
  await store.savePerson(TENANT, person)
  // Not `Secure`: on loopback the page is served without TLS.
  reply.header('set-cookie', `${COOKIE}=${secret}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Strict`)
  return { tenant: TENANT, person: person.id, surface: 'web', name }
}

function readSecret({ headers }: FastifyRequest): string | undefined {
  const values = (headers.cookie ?? '').split(';').flatMap((pair) => {
    const [name, value] = pair.trim().split('=')
    return name === COOKIE && value !== undefined ? [value] : []
  })
  return values.find((value) => SECRET.test(value))
}

function idOf(secret: string): string {
  return `web-${createHash('sha256').update(secret).digest('hex').slice(0, 32)}`
}
