/**
 * An answer that is written before the reader's eyes: https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux
 * Each part is all of the text so far, and so must the last message begin. Teams ends a stream by itself (after two minutes, or when the person
 * says stop); then the message is changed as a whole.
 */
import { setTimeout as after } from 'node:timers/promises'
import { DeliveryError, type MessageRef, type Stream } from '../chat/exchange.ts'
import type { Reply } from '../chat/reply.ts'
import { isStreamEnd, refusalOf } from './failures.ts'
import type { Outgoing } from './messenger.ts'
import { activitiesOf } from './render/activities.ts'
import type { RenderedReply } from './render/reply.ts'
import { streamText } from './render/stream-text.ts'

export interface StreamTarget {
  /** Shown before there is text. */
  informative: string
  /** @throws DeliveryError */
  send(activity: Outgoing, options: { isLast: boolean }): Promise<string>
  change(message: MessageRef, activity: Outgoing): Promise<void>
  render(reply: Reply): Promise<RenderedReply>
  /** Where nothing was streamed. */
  post(reply: Reply): Promise<MessageRef>
  /** Once the message is there. */
  started(message: MessageRef): Promise<void>
  /** It shows the reply. */
  finished(message: MessageRef, rendered: RenderedReply): Promise<void>
  place: string
  /** What an earlier attempt at the same answer had begun; where there may be one, nothing is shown before the end. */
  begun?: (() => Promise<MessageRef | undefined>) | undefined
  /** Other answers may be written there again. */
  ended(): void
}

/** Teams takes one a second, and asks to keep somewhat below that. */
const EVERY_MS = 1_500
/** What is ready so soon needs no stream. */
const PATIENCE_MS = 400
/** All of it has to stay a message. */
const MOST_CHARACTERS = 12_000
const STOPPED = /cancel/i

export function openStream(target: StreamTarget): Stream {
  const stopping = new AbortController()
  const ending = new AbortController()
  let text = ''
  let shown = ''
  /** Also what is just being sent. */
  let sent = ''
  let sequence = 0
  let message: MessageRef | undefined
  /** Teams still takes parts. */
  let isOpen = target.begun === undefined
  /** What was shown still stands. */
  let isValid = true

  const part = (streamType: 'informative' | 'streaming', partText: string): Outgoing =>
    ({
      type: 'typing',
      text: partText,
      entities: [{ type: 'streaminfo', streamType, streamSequence: ++sequence, ...(message === undefined ? {} : { streamId: message.id }) }],
    }) as unknown as Outgoing

  /** What could not be shown now is shown with the next part, or at the end. */
  const show = async (streamType: 'informative' | 'streaming', partText: string): Promise<void> => {
    if (streamType === 'streaming') sent = partText
    try {
      const id = await target.send(part(streamType, partText), { isLast: false })
      if (message === undefined) {
        message = { place: target.place, id }
        await target.started(message)
      }
      if (streamType === 'streaming') shown = partText
    } catch (error) {
      if (isStreamEnd(error)) {
        isOpen = false
        if (message !== undefined && STOPPED.test(refusalOf(error)?.message ?? '')) stopping.abort()
      } else if (message === undefined) {
        // Without a beginning nothing can follow.
        isOpen = false
      }
    }
  }
  const pause = async (ms: number): Promise<void> => after(ms, undefined, { signal: ending.signal }).catch(() => {})
  const run = async (): Promise<void> => {
    await pause(PATIENCE_MS)
    if (!ending.signal.aborted && isOpen && text === '') await show('informative', target.informative)
    while (isOpen && !ending.signal.aborted) {
      const next = streamText(text)
      if (isValid && next !== shown && next.length <= MOST_CHARACTERS && next.trim() !== '') await show('streaming', next)
      await pause(EVERY_MS)
    }
  }
  const running = run()

  /** @returns whether Teams took it: otherwise it has ended the stream by itself */
  const close = async ({ id: streamId }: MessageRef, activity: Outgoing): Promise<boolean> => {
    try {
      const info = { type: 'streaminfo', streamType: 'final', streamId }
      await target.send({ ...activity, entities: [...((activity.entities ?? []) as object[]), info] } as Outgoing, { isLast: true })
      return true
    } catch (error) {
      const isRefused = isStreamEnd(error) || !(error instanceof DeliveryError)
      if (!isRefused) throw error
      return false
    }
  }

  const finish = async (reply: Reply): Promise<MessageRef> => {
    message ??= await target.begun?.()
    if (message === undefined) return target.post(reply)
    const rendered = await target.render(reply)
    const [said, ...others] = activitiesOf(rendered) as Outgoing[]
    const mayEnd = isOpen || target.begun !== undefined
    const isWhole = mayEnd && rendered.text !== '' && rendered.text.startsWith(shown)
    const attachments = others.flatMap((each) => each.attachments ?? [])
    const isEnded = isWhole && (await close(message, { ...said, ...(attachments.length === 0 ? {} : { attachments }) } as Outgoing))
    if (!isEnded) {
      // It can't end as something else than it began, but it can be changed then.
      if (mayEnd && !isWhole) await close(message, { type: 'message', text: shown || rendered.summary } as Outgoing)
      if (!(await changed(message, said))) return target.post(reply)
      for (const other of others) await target.send(other, { isLast: true })
    }
    await target.finished(message, rendered)
    return message
  }
  /** Not where somebody has deleted it, or an earlier attempt began it as something else. */
  const changed = async (at: MessageRef, said: Outgoing | undefined): Promise<boolean> => {
    try {
      await target.change(at, said ?? ({ type: 'message', text: shown } as Outgoing))
      return true
    } catch (error) {
      if (error instanceof DeliveryError && error.kind === 'later') throw error
      return false
    }
  }

  return {
    stopped: stopping.signal,
    write(more) {
      text += more
    },
    withdraw() {
      text = ''
      isValid = isValid && sent === ''
    },
    async finish(reply) {
      ending.abort()
      try {
        await running
        return await finish(reply)
      } finally {
        target.ended()
      }
    },
  }
}

/** Where nothing is shown before it is whole. */
export function withoutStream(post: (reply: Reply) => Promise<MessageRef>): Stream {
  return { stopped: new AbortController().signal, write() {}, withdraw() {}, finish: post }
}
