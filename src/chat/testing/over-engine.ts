/** What each test of a file works on: made anew for it, over one engine for them all. */
import { beforeAll, beforeEach } from 'vitest'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'

export function eachOverEngine<T extends { close(): Promise<void> }>(make: (engine: TestEngine) => Promise<T>, use: (made: T) => void | Promise<void>): void {
  let engine: TestEngine
  beforeAll(async () => {
    engine = await openBuiltInEngine()
    return () => engine.close()
  }, 60_000)
  beforeEach(async () => {
    const made = await make(engine)
    await use(made)
    return () => made.close()
  })
}
