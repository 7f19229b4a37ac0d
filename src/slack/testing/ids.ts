/** Names that nothing else has: timestamps of messages in order, ids, hashes. */

export interface Ids {
  /** Later than every one before. */
  ts(): string
  next(prefix: string): string
}

export function createIds(now: () => number = Date.now): Ids {
  let last = 0
  let counter = 0
  return {
    ts() {
      last = Math.max(last + 1, now() * 1000)
      return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`
    },
    next: (prefix) => `${prefix}${(++counter).toString(36).toUpperCase().padStart(6, '0')}`,
  }
}
