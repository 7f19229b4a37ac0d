/**
 * An answer that is written before the reader's eyes: https://docs.slack.dev/reference/methods/chat.startStream
 * Slack may end a stream by itself (after some minutes, when the person says stop, when it gets too long); then the message is changed as a whole.
 */
import { setTimeout as after } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import { DeliveryError, type MessageRef, type Stream } from '../chat/exchange.ts'
import type { Block, Reply } from '../chat/reply.ts'
import { platformCode } from './failures.ts'
import { createOnce, metadataOf } from './post.ts'
import { renderReply } from './render/blocks.ts'
import { streamText } from './render/stream-text.ts'
import type { Workspaces } from './workspace.ts'

export interface StreamTarget {
  tenant: string
  channel: string
  /** Slack streams in threads only; without one the answer is shown when it is finished. */
  thread: string | undefined
  /** Outside direct messages Slack asks for whom it is. */
  recipient: { team: string; user: string }
  key: string
  /** The agent conversation, where people expect to see an answer being written. */
  always: boolean
  /** Where nothing was streamed. */
  post(reply: Reply): Promise<MessageRef>
  update(message: MessageRef, reply: Reply): Promise<void>
  /** Once the message is there. */
  started(message: MessageRef): Promise<void>
  /** Where an earlier attempt showed the same answer, as far as it could write that down. Where there may be one, nothing is shown before the end. */
  before?: (() => Promise<MessageRef | undefined>) | undefined
  /** A stream in the thread that nobody is known to be writing. */
  orphan(): Promise<MessageRef | undefined>
}

/** A change to a message each second at most. */
const EVERY_MS = 1_000
/** What is ready so soon needs no stream. */
const PATIENCE_MS = 400
/** Per call, https://docs.slack.dev/reference/methods/chat.appendStream; all of it together has to stay a message. */
const MOST_CHARACTERS = 11_000

/** Slack has ended the stream by itself. */
const ENDED: ReadonlySet<string> = new Set([
  'message_not_in_streaming_state',
  'stopped_by_user',
  'msg_too_long',
  'message_not_found',
  'message_not_owned_by_app',
])

export interface SlackStream extends Stream {
  stop(): void
  /** Once it has begun. */
  message(): MessageRef | undefined
}

export function openStream(target: StreamTarget, workspaces: Workspaces): SlackStream {
  const { tenant, channel, thread, recipient, key } = target
  const stopping = new AbortController()
  const ending = new AbortController()
  let message: MessageRef | undefined
  let waiting = ''
  let written = 0
  /** It is still what the reader should see, and Slack still takes more. */
  let intact = thread !== undefined && target.before === undefined
  let flushing: Promise<void> | undefined

  const start = async (markdown_text: string): Promise<void> => {
    const begin = async (client: WebClient): Promise<MessageRef> => {
      const to = { channel, thread_ts: thread ?? '', recipient_team_id: recipient.team, recipient_user_id: recipient.user }
      const { ts } = await client.chat.startStream({ ...to, markdown_text })
      return { place: channel, id: ts as string, thread: to.thread_ts }
    }
    message = await createOnce(tenant, { method: 'chat.startStream', create: begin, find: target.orphan }, workspaces)
    await target.started(message)
  }
  const append = async ({ id }: MessageRef, markdown_text: string): Promise<void> => {
    await workspaces.call(tenant, 'chat.appendStream', (client) => client.chat.appendStream({ channel, ts: id, markdown_text }))
  }
  /** What could not be shown now is shown at the end. */
  const show = async (text: string): Promise<void> => {
    try {
      await (message === undefined ? start(text) : append(message, text))
    } catch {
      intact = false
    }
  }
  const pause = async (ms: number): Promise<void> => after(ms, undefined, { signal: ending.signal }).catch(() => {})
  /** One call after the other, a second apart. */
  const flush = async (): Promise<void> => {
    await pause(PATIENCE_MS)
    while (waiting !== '' && intact && !ending.signal.aborted) {
      await show(take())
      await pause(EVERY_MS)
    }
  }
  /** What more is written than a message holds is shown at the end only. */
  const take = (): string => {
    const text = waiting.slice(0, MOST_CHARACTERS - written)
    intact = intact && text.length === waiting.length
    waiting = ''
    written += text.length
    return streamText(text)
  }

  return {
    message: () => message,
    stopped: stopping.signal,
    stop() {
      intact = false
      stopping.abort()
    },
    write(text) {
      waiting += text
      if (!intact) return
      flushing ??= flush().finally(() => {
        flushing = undefined
      })
    },
    withdraw() {
      waiting = ''
      // What was taken is shown, or about to be.
      intact = intact && written === 0
    },
    async finish(reply) {
      ending.abort()
      await flushing
      if (target.before !== undefined) return replaceEarlier(target.before, reply)
      if (message === undefined && target.always && intact && waiting !== '') await show(take())
      if (message === undefined) return target.post(reply)
      const rest = intact ? take() : ''
      // While it is a stream, nothing else can take its place.
      const isEnded = await stop(message, rest, intact ? reply.blocks.filter(isNoText) : [])
      if (!isEnded || !intact) await target.update(message, reply)
      return message
    },
  }

  async function replaceEarlier(before: () => Promise<MessageRef | undefined>, reply: Reply): Promise<MessageRef> {
    const running = await target.orphan()
    const earlier = (await before()) ?? running
    if (earlier === undefined) return target.post(reply)
    if (earlier.id === running?.id) await stop(earlier, '', [])
    await target.update(earlier, reply)
    return earlier
  }

  /** @returns whether Slack took it: otherwise it has ended the stream by itself */
  async function stop({ id }: MessageRef, rest: string, blocks: readonly Block[]): Promise<boolean> {
    try {
      const end = {
        channel,
        ts: id,
        metadata: metadataOf(key),
        ...(blocks.length === 0 ? {} : { blocks: renderReply({ summary: '', blocks }).blocks }),
        ...(rest === '' ? {} : { markdown_text: rest }),
      }
      await workspaces.call(tenant, 'chat.stopStream', (client) => client.chat.stopStream(end))
      return true
    } catch (error) {
      if (!hasEnded(error)) throw error
      return false
    }
  }
}

/** What was streamed is the text. */
function isNoText({ kind }: Block): boolean {
  return kind !== 'text' && kind !== 'heading'
}

function hasEnded(error: unknown): boolean {
  return ENDED.has(platformCode(error instanceof DeliveryError ? error.cause : error) ?? '')
}
