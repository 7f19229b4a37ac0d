/** The real engine, a real database in memory and a clock that stands still: what conversations are tested in. */
import { openStore, type Store } from '../../store/open-store.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { type Conversation, createConversation, type Respondent } from '../conversation.ts'

export interface World {
  engine: TestEngine
  store: Store
  conversation: Conversation
  /** Of tenant "local", with a team "team-1". */
  ada: Respondent
  bob: Respondent
  clock: { now: Date }
  close(): Promise<void>
}

export async function createWorld(): Promise<World> {
  const engine = await openBuiltInEngine()
  const store = await openStore('sqlite::memory:')
  const clock = { now: new Date('2026-03-02T09:00:00Z') }
  let ids = 0
  const conversation = createConversation({
    store: store.assessments,
    corpus: () => engine.corpus,
    placer: () => engine.placer,
    assistant: () => engine.assistant,
    now: () => clock.now,
    newId: () => `id-${++ids}`,
  })
  for (const [id, name] of [
    ['ada', 'Ada'],
    ['bob', 'Bob'],
  ] as const)
    await store.assessments.savePerson('local', { id, name })
  await store.assessments.saveTeam('local', { id: 'team-1', name: 'Payments', createdAt: clock.now.toISOString() })
  return {
    engine,
    store,
    conversation,
    ada: { tenant: 'local', person: 'ada', surface: 'web' },
    bob: { tenant: 'local', person: 'bob', surface: 'terminal' },
    clock,
    close: async () => {
      await store.close()
      await engine.close()
    },
  }
}
