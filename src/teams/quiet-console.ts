/** botbuilder prints rejected requests, with the keys it knows, on the console: anybody could fill the log with them. */
import { AsyncLocalStorage } from 'node:async_hooks'

type Say = (...said: unknown[]) => void

const instead = new AsyncLocalStorage<Say>()
let isWatched = false

/** What is printed meanwhile by what is called from here is said by `say`. */
export function withQuietConsole<T>(say: Say, work: () => Promise<T>): Promise<T> {
  watch()
  return instead.run(say, work)
}

/** Once for the process: there is one console, and it is told apart by who calls. */
function watch(): void {
  if (isWatched) return
  isWatched = true
  for (const level of ['error', 'warn', 'log'] as const) {
    const print = console[level].bind(console)
    console[level] = (...said: unknown[]) => (instead.getStore() ?? print)(...said)
  }
}
