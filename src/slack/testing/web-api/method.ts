/** How the methods of the Web API are written down, and what they share in reading what they are given. */
import { z } from 'zod'
import { type Needs, scopesFor } from '../scopes.ts'
import { findMessage, type SlackChannel, type SlackMessage, type Token, type Wire, type Workspace, type World } from '../world.ts'

export interface Call {
  world: World
  method: string
  token: Token
  workspace: Workspace
}

export interface Method {
  /** Whose token it takes; `none`: the client's secret. */
  auth: 'bot' | 'app' | 'none'
  /** Any of these scopes; where it depends on the conversation, the method asks itself. */
  scopes: readonly string[]
  /** Calls a minute, in one workspace. */
  perMinute: number
  args: z.ZodType
  run(call: Call, args: unknown): Wire
}

export const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 } as const

interface Definition<Args extends z.ZodType> {
  auth?: Method['auth']
  scopes?: readonly string[]
  tier: keyof typeof TIERS
  args: Args
  run(call: Call, args: z.infer<Args>): Wire
}

export function method<Args extends z.ZodType>({ auth = 'bot', scopes = [], tier, args, run }: Definition<Args>): Method {
  return { auth, scopes, perMinute: TIERS[tier], args, run: (call, given) => run(call, given as z.infer<Args>) }
}

/** An answer with `ok: false`. */
export class ApiError extends Error {
  readonly code: string
  readonly fields: Wire
  /** What no well-behaved app makes happen; absent where life does. */
  readonly fault: string | undefined

  constructor(code: string, { fields = {}, fault }: { fields?: Wire; fault?: string } = {}) {
    super(code)
    this.code = code
    this.fields = fields
    this.fault = fault
  }
}

/** @param why what the app did wrong */
export function wrong(code: string, why: string): ApiError {
  return new ApiError(code, { fault: why, fields: { response_metadata: { messages: [`[ERROR] ${why}`] } } })
}

/** Forms carry objects as JSON, and everything else as words. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' ? parseOr(value) : value), schema)
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const flag = z.preprocess((value) => (value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value), z.boolean())
export const whole = z.preprocess((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value), z.int())
export const timestamp = z.string().regex(/^\d{9,}\.\d{6}$/, 'not a timestamp, which is a string like 1721609600.123456')
export const wireObject = z.record(z.string(), z.unknown())
export const wireArray = json(z.array(wireObject))

export function need(call: Call, needs: Needs, kind: SlackChannel['kind'] = 'public'): void {
  const any = scopesFor(needs, kind)
  const has = any.find((scope) => call.token.scopes.has(scope))
  if (has !== undefined) call.world.usedScopes.add(has)
  if (any.length === 0 || has !== undefined) return
  const [needed] = any
  throw new ApiError('missing_scope', {
    fields: { needed, provided: [...call.token.scopes].join(',') },
    fault: `asks for one of the scopes ${any.join(', ')}, which the app does not have`,
  })
}

/** A conversation that the app may know of. */
export function channelOf({ workspace }: Call, id: string): SlackChannel {
  const channel = workspace.channels.get(id)
  const visible = channel !== undefined && (channel.kind === 'public' || channel.members.has(workspace.bot.user))
  if (channel === undefined || !visible) throw new ApiError('channel_not_found', isId(id) ? {} : { fault: `${id} is not the id of a conversation` })
  return channel
}

function isId(id: string): boolean {
  return /^[CDG][A-Z0-9]*$/.test(id)
}

/** A conversation in which the app may write. */
export function writableChannel(call: Call, id: string): SlackChannel {
  const channel = channelOf(call, id)
  if (channel.archived) throw new ApiError('is_archived')
  if (!channel.members.has(call.workspace.bot.user)) throw new ApiError('not_in_channel')
  return channel
}

export function parentOf(channel: SlackChannel, thread: string): SlackMessage {
  const parent = findMessage(channel, thread)
  if (parent === undefined) throw new ApiError('thread_not_found')
  if (parent.thread_ts !== undefined && parent.thread_ts !== parent.ts) {
    throw wrong('cannot_reply_to_message', `thread_ts ${thread} is itself a reply: its parent is ${parent.thread_ts}`)
  }
  return parent
}

export function page<Item>(
  items: readonly Item[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { items: readonly Item[]; next: string } {
  const from = cursor === undefined || cursor === '' ? 0 : Number(/^page:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1] ?? Number.NaN)
  if (Number.isNaN(from)) throw wrong('invalid_cursor', `cursor ${cursor} was never handed out`)
  const to = from + limit
  return { items: items.slice(from, to), next: to < items.length ? Buffer.from(`page:${to}`).toString('base64') : '' }
}
