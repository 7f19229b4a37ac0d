/** As many messages in a conversation as Teams takes: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */

export interface Pace {
  /** Waits until one more may be sent there. */
  turn(conversation: string): Promise<void>
}

/** What arrives is counted there by another clock, and a little later. */
const WINDOWS = [
  { ms: 1_100, most: 7 },
  { ms: 2_200, most: 8 },
  { ms: 30_500, most: 60 },
]
const LONGEST_MS = 30_500
const MOST_CONVERSATIONS = 10_000

export function createPace(now: () => number = () => performance.now(), wait = waitFor): Pace {
  /** When something is sent, also what is still to come. */
  const turns = new Map<string, number[]>()
  return {
    async turn(conversation) {
      const recent = (turns.get(conversation) ?? []).filter((at) => at > now() - LONGEST_MS)
      const at = WINDOWS.reduce((earliest, { ms, most }) => Math.max(earliest, (recent.at(-most) ?? Number.NEGATIVE_INFINITY) + ms), now())
      turns.delete(conversation)
      turns.set(conversation, [...recent, at])
      const [oldest] = turns.keys()
      if (turns.size > MOST_CONVERSATIONS && oldest !== undefined) turns.delete(oldest)
      const delay = at - now()
      if (delay > 0) await wait(delay)
    },
  }
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
