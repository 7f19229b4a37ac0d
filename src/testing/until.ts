/** Waiting for something to be there, no longer than told. */
import type { EventEmitter } from 'node:events'

/** A server that stands for a platform: what happens in it, and what went wrong. */
interface Watched {
  changes: EventEmitter
  faults: readonly { where: string; what: string }[]
}

export type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>

const POLL_MS = 25
const UNTIL_MS = 5_000

/** The first truthy answer; asked again whenever something changes. @throws Error when time is up */
export async function until<T>(world: Watched, check: () => T | Promise<T>, ms = UNTIL_MS): Promise<Truthy<T>> {
  const deadline = Date.now() + ms
  for (;;) {
    const found = await check()
    if (found) return found as Truthy<T>
    if (Date.now() > deadline) throw new Error(`not within ${ms} ms: ${check}${whatWentWrong(world)}`)
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, POLL_MS)
    world.changes.once('change', resolve)
    await promise
    clearTimeout(timer)
    world.changes.off('change', resolve)
  }
}

function whatWentWrong({ faults }: Watched): string {
  return faults.length === 0 ? '' : `\nfaults:\n${faults.map(({ where, what }) => `${where}: ${what}`).join('\n')}`
}
