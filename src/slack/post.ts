/** Posts a message once: where Slack's reply got lost, it looks whether the message is there before it tries again. */
import { setTimeout as wait } from 'node:timers/promises'
import type { KnownBlock } from '@slack/types'
import { type ChatPostMessageArguments, WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import { DeliveryError, type MessageRef } from '../chat/exchange.ts'
import { asDeliveryError, isDoubtful } from './failures.ts'
import type { Pace } from './pace.ts'
import type { Workspaces } from './workspace.ts'

/** Names our messages among all metadata in a workspace. */
const EVENT_TYPE = 'cairn_message'
const ATTEMPTS = 6
const FIRST_WAIT_MS = 250
/** No attempt begins later: whoever wanted it said goes on with something else, and may look for it. */
const LONGEST_MS = 45_000
/** What a channel says in a few busy hours; further back no message of ours is looked for. */
const A_PAGE = 200
const MOST_PAGES = 20
/** Slack's clock and ours need not agree. */
const CLOCK_SLACK_S = 60

export interface Posting {
  channel: string
  thread?: string
  text: string
  blocks: KnownBlock[]
  /** Travels with the message. */
  key: string
}

/** @throws DeliveryError */
export async function postOnce(tenant: string, posting: Posting, { workspaces, pace }: { workspaces: Workspaces; pace: Pace }): Promise<MessageRef> {
  const since = new Date().toISOString()
  const create = async (client: WebClient, leftMs: number): Promise<MessageRef> => {
    if (!(await pace.turn(tenant, posting.channel, leftMs))) throw new DeliveryError('later', 'chat.postMessage: too many messages at once')
    const { ts } = await client.chat.postMessage(argumentsOf(posting))
    return refOf(posting, ts as string)
  }
  const find = () => findPosted(tenant, posting, since, workspaces)
  return createOnce(tenant, { method: 'chat.postMessage', create, find, limited: (ms) => pace.hold(tenant, ms) }, workspaces)
}

export interface Creation {
  method: string
  create(client: WebClient, leftMs: number): Promise<MessageRef>
  /** It may be there although Slack did not say so. */
  find(): Promise<MessageRef | undefined>
  /** Slack takes no more for so long. */
  limited?(ms: number): void
}

/** @throws DeliveryError */
export async function createOnce(tenant: string, { method, create, find, limited }: Creation, workspaces: Workspaces): Promise<MessageRef> {
  const client = await workspaces.onceClient(tenant)
  const until = performance.now() + LONGEST_MS
  const mayWait = (ms: number) => performance.now() + ms < until
  let doubts = 0
  for (;;) {
    try {
      return await create(client, until - performance.now())
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) {
        // That says for certain that it was not taken.
        const ms = error.retryAfter * 1000
        limited?.(ms)
        if (!mayWait(ms)) throw asDeliveryError(error, method)
        await wait(ms)
      } else {
        const ms = FIRST_WAIT_MS * 2 ** doubts
        if (++doubts === ATTEMPTS || !isDoubtful(error) || !mayWait(ms)) throw asDeliveryError(error, method)
        await wait(ms)
        const there = await find()
        if (there !== undefined) return there
        if (!mayWait(0)) throw asDeliveryError(error, method)
      }
    }
  }
}

/** A message of ours with this key. @throws DeliveryError */
export async function findPosted(
  tenant: string,
  { channel, thread, key }: Pick<Posting, 'channel' | 'thread' | 'key'>,
  since: string,
  workspaces: Workspaces,
): Promise<MessageRef | undefined> {
  const found = await findMessage(tenant, { channel, thread }, since, workspaces, (message) => keyIn(message) === key)
  return found?.ts === undefined ? undefined : refOf({ channel, ...(thread === undefined ? {} : { thread }) }, found.ts)
}

/** A message of ours that is still being written, and is none of those. @throws DeliveryError */
export async function findStream(
  tenant: string,
  { channel, thread }: { channel: string; thread: string },
  { since, others }: { since: string; others: ReadonlySet<string> },
  workspaces: Workspaces,
): Promise<MessageRef | undefined> {
  const own = await workspaces.botUser(tenant)
  const isOrphan = ({ ts, user, streaming_state: state }: Found) => user === own && state === 'in_progress' && ts !== undefined && !others.has(ts)
  const found = await findMessage(tenant, { channel, thread }, since, workspaces, isOrphan)
  return found?.ts === undefined ? undefined : refOf({ channel, thread }, found.ts)
}

interface Found {
  ts?: string
  user?: string
  /** Not in the SDK's types. */
  streaming_state?: string
  metadata?: { event_type?: string; event_payload?: object }
}

async function findMessage(
  tenant: string,
  { channel, thread }: { channel: string; thread?: string | undefined },
  since: string,
  workspaces: Workspaces,
  isIt: (message: Found) => boolean,
): Promise<Found | undefined> {
  const oldest = String(Date.parse(since) / 1000 - CLOCK_SLACK_S)
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies'
  let cursor = ''
  for (let page = 1; page <= MOST_PAGES; page++) {
    const look = { channel, oldest, limit: A_PAGE, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) }
    const { messages = [], response_metadata: more }: { messages?: Found[]; response_metadata?: { next_cursor?: string } } = await workspaces.call(
      tenant,
      method,
      (client: WebClient) => (thread === undefined ? client.conversations.history(look) : client.conversations.replies({ ...look, ts: thread })),
    )
    const found = messages.find(isIt)
    cursor = more?.next_cursor ?? ''
    if (found !== undefined || cursor === '') return found
  }
  return undefined
}

function keyIn({ metadata }: Found): unknown {
  return metadata?.event_type === EVENT_TYPE ? (metadata.event_payload as { key?: unknown } | undefined)?.key : undefined
}

export function metadataOf(key: string): { event_type: string; event_payload: { key: string } } {
  return { event_type: EVENT_TYPE, event_payload: { key } }
}

function argumentsOf({ channel, thread, text, blocks, key }: Posting): ChatPostMessageArguments {
  return {
    channel,
    text,
    blocks,
    metadata: metadataOf(key),
    // Links to the originals are many; their previews would bury the answer.
    unfurl_links: false,
    unfurl_media: false,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  }
}

function refOf({ channel, thread }: Pick<Posting, 'channel' | 'thread'>, ts: string): MessageRef {
  return { place: channel, id: ts, ...(thread === undefined ? {} : { thread }) }
}
