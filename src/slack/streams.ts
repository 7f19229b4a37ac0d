/** Answers that are being written, so that the person's stop finds them. */
import type { SlackStream } from './stream.ts'

export interface StreamPlace {
  tenant: string
  channel: string
  thread: string
}

export interface Streams {
  watch(place: StreamPlace, stream: SlackStream): SlackStream
  /** The messages that are being written. */
  messages(): ReadonlySet<string>
  /** All answers of the thread, and those that Slack names. */
  stop(place: StreamPlace, messages: readonly string[]): void
}

export function createStreams(): Streams {
  const open = new Set<{ place: StreamPlace; stream: SlackStream }>()
  return {
    watch(place, stream) {
      const watched = { place, stream }
      open.add(watched)
      const finish: SlackStream['finish'] = async (reply) => {
        try {
          return await stream.finish(reply)
        } finally {
          open.delete(watched)
        }
      }
      return { ...stream, finish }
    },
    messages: () => new Set([...open].flatMap(({ stream }) => stream.message()?.id ?? [])),
    stop({ tenant, channel, thread }, messages) {
      for (const { place, stream } of open) {
        if (place.tenant !== tenant || place.channel !== channel) continue
        if (place.thread === thread || messages.includes(stream.message()?.id ?? '')) stream.stop()
      }
    },
  }
}
