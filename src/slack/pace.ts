/** One message a second and channel, as Slack asks for: https://docs.slack.dev/apis/web-api/rate-limits */

export interface Pace {
  /** Waits for the channel's next turn. */
  turn(channel: string): Promise<void>
}

const EVERY_MS = 1_000
const MOST_CHANNELS = 10_000

export function createPace(now: () => number = () => performance.now(), wait = waitFor): Pace {
  const next = new Map<string, number>()
  return {
    async turn(channel) {
      const at = Math.max(now(), next.get(channel) ?? 0)
      next.delete(channel)
      next.set(channel, at + EVERY_MS)
      if (next.size > MOST_CHANNELS) for (const [each, free] of next) if (free < now()) next.delete(each)
      const delay = at - now()
      if (delay > 0) await wait(delay)
    },
  }
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
