/** A request to the connector, from the token that it brings to the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { jsonObject, readBody, sendJson } from '../../../testing/http-bodies.ts'
import type { InjectedFailures } from '../../../testing/injected-failures.ts'
import type { Throttling } from '../throttling.ts'
import { fault, type Tenant, type Wire, type World } from '../world.ts'
import { type Done, type Operation, Refusal } from './refusal.ts'
import { routeOf } from './routes.ts'
import { streamInfo } from './streams.ts'

export interface ReceivedCall {
  operation: Operation
  method: string
  /** Within the organisation's connector. */
  path: string
  tenant: string
  body: Wire
  at: number
  /** 0: the connection was cut. */
  status: number
}

/**
 * `429`: with Retry-After, `429-bare`: without. `lost`: it happened, and the connection ends before the answer; `502-done`: it happened, and the answer is a 502.
 * `drop`: the connection ends before anything happened.
 */
export type FailureKind = '429' | '429-bare' | '412' | '500' | '502' | '503' | '504' | 'drop' | 'lost' | '502-done'

export interface Answering {
  world: World
  calls: ReceivedCall[]
  failures: InjectedFailures<Operation, FailureKind>
  throttling: Throttling | undefined
  retryAfterS: number
  /** Conversations in which a part of a stream is under way. */
  streaming: Set<string>
  delayMs(operation: Operation): number
}

/** Operations that count against the limits of a conversation. */
const COUNTED = new Set<Operation>(['send', 'update', 'delete'])
/** What stands in the answer of each injected failure that has one. */
const CODES: Partial<Record<FailureKind, string>> = {
  '429': 'Throttled',
  '429-bare': 'Throttled',
  '412': 'PreconditionFailed',
  '500': 'ServiceError',
  '502': 'BadGateway',
  '502-done': 'BadGateway',
  '503': 'ServiceUnavailable',
  '504': 'GatewayTimeout',
}

export async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  tenant: Tenant,
  path: string,
  query: URLSearchParams,
  answering: Answering,
): Promise<void> {
  const { world, calls, failures } = answering
  const text = (await readBody(request)).toString()
  const method = request.method ?? ''
  const found = routeOf(method, path)
  if (found === undefined) {
    fault(world, 'connector', `${method} ${path}: there is nothing there`)
    return sendJson(response, 404, errorBody('NotFound', 'Not found.'))
  }
  const { route, ids } = found
  const { operation } = route
  const received: ReceivedCall = {
    operation,
    method,
    path: decodeURIComponent(path),
    tenant: tenant.key,
    body: jsonObject(text) ?? {},
    at: Date.now(),
    status: 0,
  }
  calls.push(received)
  const part = operation === 'send' && streamInfo(received.body) !== undefined ? ids[0] : undefined
  if (part !== undefined && answering.streaming.has(part)) fault(world, 'stream', 'two parts at once')
  if (part !== undefined) answering.streaming.add(part)
  response.once('close', () => answering.streaming.delete(part ?? ''))
  const answer = (status: number, body: unknown, headers?: Record<string, string>) => {
    received.status = status
    sendJson(response, status, body, headers)
  }
  const unauthorized = refusedToken(world, request.headers.authorization)
  if (unauthorized !== undefined) {
    if (unauthorized !== 'revoked') fault(world, operation, unauthorized)
    return answer(401, { message: 'Authorization has been denied for this request.' })
  }
  const busy = COUNTED.has(operation) ? answering.throttling?.check(`${tenant.id} ${ids[0]?.split(';')[0]}`) : undefined
  if (busy !== undefined) return answer(429, errorBody('Throttled', 'Too many requests.'), { 'retry-after': String(busy) })
  const failure = failures.next(operation)
  if (failure === 'drop') return void response.destroy()
  if (failure !== undefined && failure !== 'lost' && failure !== '502-done')
    return answer(
      Number.parseInt(failure, 10),
      errorBody(CODES[failure] ?? '', 'An injected failure.'),
      failure === '429' ? { 'retry-after': String(answering.retryAfterS) } : {},
    )
  const before = answering.delayMs(operation)
  if (before > 0) await wait(before)
  if (method !== 'GET' && method !== 'DELETE' && jsonObject(text) === undefined) {
    fault(world, operation, 'the body is no JSON object')
    return answer(400, errorBody('BadSyntax', 'Bad format of request body.'))
  }
  const done = attempt(world, operation, () => route.answer({ world, operation, tenant, ids, query, body: received.body }))
  if (failure === 'lost') return void response.destroy()
  if (failure === '502-done') return answer(502, errorBody('BadGateway', 'An injected failure.'))
  if (done.type === undefined) return answer(done.status, done.body)
  received.status = done.status
  response.writeHead(done.status, { 'content-type': done.type }).end(done.body)
}

function attempt(world: World, operation: Operation, act: () => Done): Done {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.fault !== undefined) fault(world, operation, error.fault)
    return { status: error.status, body: errorBody(error.code, error.message) }
  }
}

/** What is wrong with the token. `revoked` is not the app's mistake. */
function refusedToken({ tokens }: World, authorization: string | undefined): string | undefined {
  const [scheme, value = ''] = (authorization ?? '').split(' ')
  if (scheme !== 'Bearer') return 'without a bearer token'
  const token = tokens.get(value)
  if (token === undefined) return 'with a token that was never issued'
  if (token.revoked) return 'revoked'
  return token.expiresAt < Date.now() ? 'with an expired token' : undefined
}

function errorBody(code: string, message: string): Wire {
  return { error: { code, message } }
}
