/** Every failure leaves as one JSON sentence that says what to do; what happened inside goes to the log only. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { codeOf, UserError } from '../shared/errors.ts'

const UNREADABLE = 'The request cannot be read: send JSON such as {"question": "What is level 2?"}.'

/** By status: Fastify's own messages name its internals. */
const SENTENCES: Record<number, string> = {
  400: UNREADABLE,
  404: 'There is nothing at this address: check the path.',
  413: 'The request is too large: ask a shorter question or send fewer earlier turns.',
  415: 'Only JSON is read here: send the header content-type: application/json.',
}

export function registerFailures(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: SENTENCES[404] }))
  app.setErrorHandler((error, request, reply) => sendFailure(error, request, reply))
}

export function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = statusOf(error)
  return reply.code(status).send({ error: status === 500 ? explainFault(error, request) : explainRefusal(error, status) })
}

/** A message for the user; a fault of ours is logged under the reference that the message names. */
export function explainFailure(error: unknown, request: FastifyRequest): string {
  return error instanceof UserError ? error.message : explainFault(error, request)
}

function statusOf(error: unknown): number {
  if (error instanceof UserError) return 400
  const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

function explainRefusal(error: unknown, status: number): string {
  return error instanceof UserError ? error.message : (SENTENCES[status] ?? UNREADABLE)
}

function explainFault(error: unknown, request: FastifyRequest): string {
  request.log.error({ fault: describeFault(error, request.body) }, 'request failed')
  return `That failed on our side. Try again; if it stays so, look for reference ${request.id} in the log.`
}

/** A client library may repeat the question in its message; what people ask stays out of the log. */
function describeFault(error: unknown, body: unknown): { name: string; code?: string; stack: string } {
  const known = error instanceof Error ? error : new Error(String(error))
  const stack = stringsIn(body).reduce((text, secret) => text.replaceAll(secret, '[not logged]'), known.stack ?? known.message)
  const code = codeOf(error)
  return code === undefined ? { name: known.name, stack } : { name: known.name, code, stack }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value, value.trim()]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(stringsIn)
}
