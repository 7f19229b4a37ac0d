/** Chance that can be repeated: the same seed gives the same numbers. */

export interface Chance {
  /** From 0 to just below 1. */
  next(): number
  /** A whole number from 0 to just below the bound. */
  below(bound: number): number
  /** True in so many of one cases. */
  happens(probability: number): boolean
  pick<T>(from: readonly T[]): T
}

/** Mulberry32: short, and good enough to choose buttons. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return { next, below, happens: (probability) => next() < probability, pick: (from) => from[below(from.length)] as never }
}
