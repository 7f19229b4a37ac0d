/** Calls that fail as the network and Microsoft sometimes do: at a rate, or the next one of a kind. */
import type { Operation } from './connector/refusal.ts'

/**
 * `429`: with Retry-After, `429-bare`: without. `lost`: it happened, and the connection ends before the answer; `502-done`: it happened, and the answer is a 502.
 * `drop`: the connection ends before anything happened.
 */
export type FailureKind = '429' | '429-bare' | '412' | '500' | '502' | '503' | '504' | 'drop' | 'lost' | '502-done'

export interface InjectedFailures {
  /** Every nth call fails, with these kinds in turn. 0: none. */
  failEvery(n: number, kinds?: readonly FailureKind[]): void
  /** The next call of this operation; several wait in line. */
  failNext(operation: Operation, kind: FailureKind): void
  /** Of a call that comes in. */
  next(operation: Operation): FailureKind | undefined
}

export function createInjectedFailures(): InjectedFailures {
  const waiting: { operation: Operation; kind: FailureKind }[] = []
  let every = 0
  let rotation: readonly FailureKind[] = []
  let calls = 0
  let failed = 0
  return {
    failEvery(n, kinds = ['429', '502']) {
      every = n
      rotation = kinds
      calls = 0
    },
    failNext: (operation, kind) => void waiting.push({ operation, kind }),
    next(operation) {
      const index = waiting.findIndex((each) => each.operation === operation)
      if (index >= 0) return waiting.splice(index, 1)[0]?.kind
      if (every === 0 || ++calls % every !== 0) return undefined
      return rotation[failed++ % rotation.length]
    },
  }
}
