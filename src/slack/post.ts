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
  const client = await workspaces.onceClient(tenant)
  for (let attempt = 1; ; attempt++) {
    await pace.turn(`${tenant} ${posting.channel}`)
    try {
      const { ts } = await client.chat.postMessage(argumentsOf(posting))
      return refOf(posting, ts as string)
    } catch (error) {
      if (attempt === ATTEMPTS || !(isDoubtful(error) || error instanceof WebAPIRateLimitedError)) throw asDeliveryError(error, 'chat.postMessage')
      await wait(error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : FIRST_WAIT_MS * 2 ** (attempt - 1))
      const there = error instanceof WebAPIRateLimitedError ? undefined : await findPosted(tenant, posting, since, workspaces)
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
  const oldest = String(Date.parse(since) / 1000 - CLOCK_SLACK_S)
  const look = { channel, oldest, limit: LOOKED_THROUGH, include_all_metadata: true }
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies'
  const { messages = [] } = await workspaces.call(tenant, method, (client: WebClient) =>
    thread === undefined ? client.conversations.history(look) : client.conversations.replies({ ...look, ts: thread }),
  )
  const found = messages.find(({ metadata }) => metadata?.event_type === EVENT_TYPE && (metadata.event_payload as { key?: unknown } | undefined)?.key === key)
  return found?.ts === undefined ? undefined : refOf({ channel, ...(thread === undefined ? {} : { thread }) }, found.ts)
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
