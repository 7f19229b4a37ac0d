/** What a question is understood with: the last turns of its conversation, few and young enough to still be what it is about. */
import { createHash } from 'node:crypto'
import { turnsOf } from '../../answers/turns-of.ts'
import type { Exchange, MessageRef } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'

/** `asker`: the answer is for the person alone. */
export type Audience = 'everyone' | 'asker'

type Deps = Pick<ChatDeps, 'store' | 'now' | 'corpus' | 'memoryDays'>

export interface Conversation {
  /** What `Asked.thread` says. */
  id: string
  memoryMs: number
}

const MOST_TURNS = 6
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Without a thread nothing but time says that somebody has turned to something else. */
const WITHOUT_THREAD_MS = 15 * MINUTE_MS

/** Which earlier questions this one may lean on. What was asked privately is never leant on in public. */
export function conversationOf({ place, who, key }: Pick<Exchange, 'place' | 'who' | 'key'>, audience: Audience): Conversation {
  const memoryMs = place.thread === undefined ? WITHOUT_THREAD_MS : DAY_MS
  if (place.kind !== 'personal' && audience === 'asker') {
    return { id: [place.id, ...(place.thread === undefined ? [] : [place.thread]), who.person].join(':'), memoryMs }
  }
  if (place.thread !== undefined) return { id: threadId(place.id, place.thread), memoryMs }
  return { id: place.kind === 'personal' ? place.id : threadId(place.id, key), memoryMs }
}

/** Of the thread that a message stands in or can begin. */
export function threadOf({ place, id, thread }: MessageRef): string {
  return threadId(place, thread ?? id)
}

/** The ids of messages are only unique within their place. */
function threadId(place: string, message: string): string {
  return `${place}:${message}`
}

/** Oldest first, as `AskRequest.history` wants it. */
export async function historyOf(tenant: string, { id, memoryMs }: Conversation, deps: Deps): Promise<string[]> {
  const since = new Date(deps.now().getTime() - Math.min(memoryMs, deps.memoryDays * DAY_MS)).toISOString()
  const earlier = await deps.store.lastAsked(tenant, id, { since, most: MOST_TURNS })
  return earlier.flatMap((each) => turnsOf(each.question, each.answer, deps.corpus()))
}

/** The same for the same event delivered again. */
export function askedId({ who, key }: Pick<Exchange, 'who' | 'key'>): string {
  return createHash('sha256').update(`${who.tenant}\n${key}`).digest('base64url').slice(0, 22)
}
