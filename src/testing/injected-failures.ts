/** Calls to a platform that fail as the network and the platform sometimes do: at a rate, or the next one of a kind. */

export interface InjectedFailures<Operation, Kind> {
  /** Every nth call fails, with these kinds in turn. 0: none. */
  failEvery(n: number, kinds?: readonly Kind[]): void
  /** The next call of this operation; several wait in line. */
  failNext(operation: Operation, kind: Kind): void
  /** Of a call that comes in. */
  next(operation: Operation): Kind | undefined
  readonly active: boolean
}

/** @param usual the kinds when none are named */
export function createInjectedFailures<Operation, Kind>(usual: readonly Kind[]): InjectedFailures<Operation, Kind> {
  const waiting: { operation: Operation; kind: Kind }[] = []
  let every = 0
  let rotation = usual
  let calls = 0
  let failed = 0
  return {
    get active() {
      return every > 0 || waiting.length > 0
    },
    failEvery(n, kinds = usual) {
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
