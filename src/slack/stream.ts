/**
 * An answer that is written before the reader's eyes: https://docs.slack.dev/reference/methods/chat.startStream
 * Slack may end a stream by itself (after some minutes, when the person says stop, when it gets too long); then the message is changed as a whole.
 */
import { setTimeout as after } from 'node:timers/promises'
import { DeliveryError, type MessageRef, type Stream } from '../chat/exchange.ts'
import type { Block, Reply } from '../chat/reply.ts'
import { platformCode } from './failures.ts'
import { metadataOf } from './post.ts'
import { renderReply } from './render/blocks.ts'
import { streamText } from './render/stream-text.ts'
import type { Workspaces } from './workspace.ts'

export interface StreamTarget {
  tenant: string
  channel: string
  thread: string
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
  let intact = true
  let flushing: Promise<void> | undefined

  const start = async (markdown_text: string): Promise<void> => {
    const { ts } = await workspaces.call(tenant, 'chat.startStream', (client) =>
      client.chat.startStream({ channel, thread_ts: thread, recipient_team_id: recipient.team, recipient_user_id: recipient.user, markdown_text }),
    )
    message = { place: channel, id: ts as string, thread }
    await target.started(message)
  }
  const append = async ({ id }: MessageRef, markdown_text: string): Promise<void> => {
    await workspaces.call(tenant, 'chat.appendStream', (client) => client.chat.appendStream({ channel, ts: id, markdown_text }))
  }
  const pause = async (ms: number): Promise<void> => after(ms, undefined, { signal: ending.signal }).catch(() => {})
  /** One call after the other, a second apart. */
  const flush = async (): Promise<void> => {
    await pause(PATIENCE_MS)
    while (waiting !== '' && intact && !ending.signal.aborted) {
      const text = take()
      try {
        await (message === undefined ? start(text) : append(message, text))
      } catch (error) {
        if (!isEnded(error)) throw error
        intact = false
      }
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
      // Heard of when it is finished.
      flushing.catch(() => {})
    },
    withdraw() {
      waiting = ''
      intact = intact && message === undefined
    },
    async finish(reply) {
      ending.abort()
      await flushing
      if (message === undefined && target.always && intact && waiting !== '') await start(take())
      if (message === undefined) return target.post(reply)
      const whole = intact && (await stop(message, take(), reply.blocks.filter(isNoText)))
      if (!whole) await target.update(message, reply)
      return message
    },
  }

  /** @returns whether the message is complete with it */
  async function stop({ id }: MessageRef, rest: string, blocks: readonly Block[]): Promise<boolean> {
    try {
      const end = {
        channel,
        ts: id,
        metadata: metadataOf(key),
        blocks: renderReply({ summary: '', blocks }).blocks,
        ...(rest === '' ? {} : { markdown_text: rest }),
      }
      await workspaces.call(tenant, 'chat.stopStream', (client) => client.chat.stopStream(end))
      return intact
    } catch (error) {
      if (!isEnded(error)) throw error
      return false
    }
  }
}

/** What was streamed is the text. */
function isNoText({ kind }: Block): boolean {
  return kind !== 'text' && kind !== 'heading'
}

function isEnded(error: unknown): boolean {
  return ENDED.has(platformCode(error instanceof DeliveryError ? error.cause : error) ?? '')
}
