/** Slack's limits: calls a minute by method and workspace, one message a second in a channel; each with room for a short burst. */

export interface RateLimits {
  /** Seconds to wait, when it is too much. */
  check(method: string, perMinute: number, team: string, channel: string | undefined): number | undefined
}

interface Bucket {
  left: number
  at: number
}

/** Messages in a channel at once, before one a second counts. */
const BURST_OF_MESSAGES = 5
/** Sockets are opened again after every drop, which Slack's lowest tier does not mean to forbid. */
const LEAST_BURST = 20
const POSTING = new Set(['chat.postMessage', 'chat.startStream'])

export function createRateLimits(now: () => number = Date.now): RateLimits {
  const buckets = new Map<string, Bucket>()

  function take(key: string, most: number, perSecond: number): number | undefined {
    const at = now()
    const bucket = buckets.get(key) ?? { left: most, at }
    const left = Math.min(most, bucket.left + ((at - bucket.at) / 1000) * perSecond)
    const enough = left >= 1
    buckets.set(key, { left: enough ? left - 1 : left, at })
    return enough ? undefined : Math.max(1, Math.ceil((1 - left) / perSecond))
  }

  return {
    check(method, perMinute, team, channel) {
      if (channel !== undefined && POSTING.has(method)) {
        const wait = take(`${team} ${channel}`, BURST_OF_MESSAGES, 1)
        if (wait !== undefined) return wait
      }
      return take(`${team} ${method}`, Math.max(perMinute, LEAST_BURST), perMinute / 60)
    },
  }
}
