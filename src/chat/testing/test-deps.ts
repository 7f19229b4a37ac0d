/** What the parts of the bot are made of, real but for the platform: the built-in models, the engine, SQLite in memory. */
import { randomUUID } from 'node:crypto'
import { createAssessments } from '../../assessments/create-assessments.ts'
import { createCrosswalk } from '../../crosswalk/crosswalk.ts'
import { loadCrosswalk } from '../../crosswalk/load-crosswalk.ts'
import type { Engine } from '../../engine.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import type { BotDeps } from '../create-chat.ts'
import { createTestPlatform, type TestPlatform } from './test-platform.ts'

export interface TestDeps extends BotDeps {
  platform: TestPlatform
  database: Store
  /** Moves the clock. */
  setNow(at: string): void
  logged: { level: 'info' | 'warn' | 'error'; facts: Readonly<Record<string, unknown>>; message: string }[]
  close(): Promise<void>
}

export async function createTestDeps(engine: Engine, { now = '2026-03-02T09:00:00.000Z' } = {}): Promise<TestDeps> {
  const platform = createTestPlatform()
  let clock = new Date(now)
  const database = await openStore('sqlite::memory:')
  const logged: TestDeps['logged'] = []
  const assessments = createAssessments({
    store: database,
    corpus: () => engine.corpus,
    placer: () => engine.placer,
    assistant: () => engine.assistant,
    crosswalk: createCrosswalk(await loadCrosswalk()),
    now: () => clock,
    newId: randomUUID,
  })
  const log = (level: TestDeps['logged'][number]['level']) => (facts: Readonly<Record<string, unknown>>, message: string) =>
    void logged.push({ level, facts, message })
  return {
    platform,
    database,
    logged,
    setNow(at) {
      clock = new Date(at)
    },
    close: () => database.close(),
    assessments,
    assistant: () => engine.assistant,
    corpus: () => engine.corpus,
    store: database.chat,
    digests: database.digests,
    pageLink: async ({ person }, team) => ({ url: `https://page.example/#/enter/${person}/${team ?? ''}`, isLocal: false }),
    messenger: () => platform.messenger,
    directory: () => platform.directory,
    now: () => clock,
    newId: randomUUID,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    memoryDays: 30,
  }
}
