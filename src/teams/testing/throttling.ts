/** The connector's limits: so many messages of an app in a conversation in so many seconds. */

export interface Throttling {
  /** Seconds to wait, when it is too much. */
  check(conversation: string): number | undefined
}

const WINDOWS = [
  { ms: 1_000, most: 7 },
  { ms: 2_000, most: 8 },
  { ms: 30_000, most: 60 },
  { ms: 3_600_000, most: 1_800 },
]

export function createThrottling(now: () => number = Date.now): Throttling {
  const taken = new Map<string, number[]>()
  return {
    check(conversation) {
      const at = now()
      const times = (taken.get(conversation) ?? []).filter((time) => time > at - 3_600_000)
      taken.set(conversation, times)
      for (const { ms, most } of WINDOWS) {
        const within = times.filter((time) => time > at - ms)
        const oldest = within.at(-most)
        if (oldest !== undefined) return Math.max(1, Math.ceil((oldest + ms - at) / 1000))
      }
      times.push(at)
      return undefined
    },
  }
}
