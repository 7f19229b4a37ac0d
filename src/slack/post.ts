/** Posts a message once: where Slack's reply got lost, it looks whether the message is there before it tries again. */
import { setTimeout as wait } from 'node:timers/promises'
import type { KnownBlock } from '@slack/types'
import { type ChatPostMessageArguments, WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import type { MessageRef } from '../chat/exchange.ts'
import { asDeliveryError, isDoubtful } from './failures.ts'
import type { Pace } from './pace.ts'
import type { Workspaces } from './workspace.ts'

/** Names our messages among all metadata in a workspace. */
const EVENT_TYPE = 'cairn_message'
const ATTEMPTS = 6
const FIRST_WAIT_MS = 250
/** Further back no message of ours is looked for. */
const LOOKED_THROUGH = 100
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
  const create = async (client: WebClient): Promise<MessageRef> => {
    await pace.turn(`${tenant} ${posting.channel}`)
    const { ts } = await client.chat.postMessage(argumentsOf(posting))
    return refOf(posting, ts as string)
  }
  return createOnce(tenant, { method: 'chat.postMessage', create, find: () => findPosted(tenant, posting, since, workspaces) }, workspaces)
}

export interface Creation {
  method: string
  create(client: WebClient): Promise<MessageRef>
  /** It may be there although Slack did not say so. */
  find(): Promise<MessageRef | undefined>
}

/** @throws DeliveryError */
export async function createOnce(tenant: string, { method, create, find }: Creation, workspaces: Workspaces): Promise<MessageRef> {
  const client = await workspaces.onceClient(tenant)
  for (let attempt = 1; ; attempt++) {
    try {
      return await create(client)
    } catch (error) {
      if (attempt === ATTEMPTS || !(isDoubtful(error) || error instanceof WebAPIRateLimitedError)) throw asDeliveryError(error, method)
      await wait(error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : FIRST_WAIT_MS * 2 ** (attempt - 1))
      const there = error instanceof WebAPIRateLimitedError ? undefined : await find()
      if (there !== undefined) return there
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
  const found = (await messagesSince(tenant, { channel, thread }, since, workspaces)).find((message) => keyIn(message) === key)
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
  const found = (await messagesSince(tenant, { channel, thread }, since, workspaces)).find(
    ({ ts, user, streaming_state: state }) => user === own && state === 'in_progress' && ts !== undefined && !others.has(ts),
  )
  return found?.ts === undefined ? undefined : refOf({ channel, thread }, found.ts)
}

interface Found {
  ts?: string
  user?: string
  /** Not in the SDK's types. */
  streaming_state?: string
  metadata?: { event_type?: string; event_payload?: object }
}

async function messagesSince(
  tenant: string,
  { channel, thread }: { channel: string; thread?: string | undefined },
  since: string,
  workspaces: Workspaces,
): Promise<Found[]> {
  const oldest = String(Date.parse(since) / 1000 - CLOCK_SLACK_S)
  const look = { channel, oldest, limit: LOOKED_THROUGH, include_all_metadata: true }
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies'
  const { messages = [] } = await workspaces.call(tenant, method, (client: WebClient) =>
    thread === undefined ? client.conversations.history(look) : client.conversations.replies({ ...look, ts: thread }),
  )
  return messages
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
