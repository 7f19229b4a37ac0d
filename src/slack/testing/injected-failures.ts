/** Calls that fail as the network and Slack sometimes do: at a rate, or the next one of a kind. */

/** `drop`: the connection ends before anything happened; `lost`: it happened, and the connection ends before the answer. */
export type FailureKind = '429' | '500' | 'drop' | 'lost'

export interface InjectedFailures {
  /** Every nth call fails, with these kinds in turn. 0: none. */
  failEvery(n: number, kinds?: readonly FailureKind[]): void
  /** The next call of this method; several wait in line. */
  failNext(method: string, kind: FailureKind): void
  /** Of a call that comes in. */
  next(method: string): FailureKind | undefined
  readonly active: boolean
}

export function createInjectedFailures(): InjectedFailures {
  const waiting: { method: string; kind: FailureKind }[] = []
  let every = 0
  let rotation: readonly FailureKind[] = []
  let calls = 0
  let failed = 0
  return {
    get active() {
      return every > 0 || waiting.length > 0
    },
    failEvery(n, kinds = ['429', '500']) {
      every = n
      rotation = kinds
      calls = 0
    },
    failNext: (method, kind) => void waiting.push({ method, kind }),
    next(method) {
      const index = waiting.findIndex((each) => each.method === method)
      if (index >= 0) return waiting.splice(index, 1)[0]?.kind
      if (every === 0 || ++calls % every !== 0) return undefined
      return rotation[failed++ % rotation.length]
    },
  }
}
