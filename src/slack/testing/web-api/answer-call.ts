/** One call of the Web API from the request to the answer: token, scopes, arguments, limits, and what was injected. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { readBody, sendJson } from '../../../testing/http-bodies.ts'
import type { InjectedFailures } from '../../../testing/injected-failures.ts'
import type { RateLimits } from '../rate-limits.ts'
import { readArguments } from '../read-arguments.ts'
import { fault, type Token, type Wire, type Workspace, type World, workspaceOf } from '../world.ts'
import { ApiError, type Call, type Method, need, wrong } from './method.ts'

export interface ReceivedCall {
  method: string
  team?: string
  args: Wire
  at: number
  /** `ok`, the code of an error, or the kind of an injected failure or limit. */
  answered: string
  ms: number
}

/** `drop`: the connection ends before anything happened; `lost`: it happened, and the connection ends before the answer. */
export type FailureKind = '429' | '500' | 'drop' | 'lost'

export interface Answering {
  world: World
  methods: Readonly<Record<string, Method>>
  calls: ReceivedCall[]
  failures: InjectedFailures<string, FailureKind>
  /** Undefined where they are not counted. */
  limits: RateLimits | undefined
  retryAfterS: number
  delayMs(method: string): number
}

/** Nobody's workspace: for calls that are made before there is one. */
const NOWHERE = { id: '' } as Workspace

export async function answerCall(name: string, request: IncomingMessage, response: ServerResponse, answering: Answering): Promise<void> {
  const { world, failures, calls } = answering
  const at = Date.now()
  const body = await readBody(request)
  const given = readArguments(body, request.headers['content-type'])
  const { token: _token, team_id: _team, ...args } = given ?? {}
  const received: ReceivedCall = { method: name, args, at, answered: 'nothing yet', ms: 0 }
  calls.push(received)
  const delay = answering.delayMs(name)
  if (delay > 0) await wait(delay)
  const failure = failures.next(name)
  const answered = (what: string) => Object.assign(received, { answered: what, ms: Date.now() - at })
  if (failure !== undefined && failure !== 'lost') {
    answered(failure)
    return sendFailure(response, failure, answering.retryAfterS)
  }
  let headers: Record<string, string> = {}
  try {
    if (given === undefined) throw wrong('invalid_post_type', `neither a form nor JSON: ${request.headers['content-type']}`)
    const method = answering.methods[name]
    if (method === undefined) throw wrong('unknown_method', 'there is no such method')
    const call = authorized(name, method, request.headers.authorization ?? `Bearer ${given.token ?? ''}`, world)
    if (call.workspace.id !== '') received.team = call.workspace.id
    headers = { 'x-oauth-scopes': [...call.token.scopes].join(','), 'x-accepted-oauth-scopes': method.scopes.join(',') }
    const channel = typeof args.channel === 'string' ? args.channel : undefined
    const seconds = answering.limits?.check(name, method.perMinute, call.workspace.id, channel)
    if (seconds !== undefined) {
      answered('429')
      return sendFailure(response, '429', seconds)
    }
    need(call, method.scopes)
    const result = method.run(call, argumentsOf(method, args))
    answered('ok')
    if (failure === 'lost') return void response.destroy()
    sendJson(response, 200, { ok: true, ...result }, headers)
  } catch (error) {
    const { code, fields, fault: why } = error instanceof ApiError ? error : new ApiError('fatal_error', { fault: String((error as Error).stack ?? error) })
    answered(code)
    // A trigger expires while calls are made to fail.
    if (why !== undefined && !(code === 'expired_trigger_id' && failures.active)) fault(world, name, `${code}: ${why}`)
    if (failure === 'lost') return void response.destroy()
    sendJson(response, 200, { ok: false, error: code, ...fields }, headers)
  }
}

function sendFailure(response: ServerResponse, kind: '429' | '500' | 'drop', retryAfterS: number): void {
  if (kind === 'drop') response.destroy()
  else if (kind === '500') response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
  else sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(retryAfterS) })
}

function authorized(name: string, method: Method, header: string, world: World): Call {
  if (method.auth === 'none') return { world, method: name, token: { token: '', kind: 'bot', scopes: new Set(), revoked: false }, workspace: NOWHERE }
  const [, given = ''] = /^Bearer\s+(\S+)$/.exec(header) ?? []
  if (given === '') throw wrong('not_authed', 'the call has no token')
  const token: Token | undefined = world.tokens.get(given)
  if (token === undefined) throw new ApiError('invalid_auth')
  if (token.revoked) throw new ApiError('token_revoked')
  if (token.expiresAt !== undefined && token.expiresAt < Date.now()) throw new ApiError('token_expired')
  if (token.kind !== method.auth) throw wrong('not_allowed_token_type', `the token is of kind ${token.kind}, not ${method.auth}`)
  return { world, method: name, token, workspace: token.team === undefined ? NOWHERE : workspaceOf(world, token.team) }
}

function argumentsOf(method: Method, args: Wire): unknown {
  const read = method.args.safeParse(args)
  if (read.success) return read.data
  throw wrong('invalid_arguments', z.prettifyError(read.error).replaceAll('\n', ' '))
}
