/** Digests that are sent by a clock that the test moves: a real database, and a platform that keeps what is said. */

import type { DigestRequest } from '../../../digests/content/compose-digest.ts'
import type { DigestContent, DigestItem } from '../../../digests/content/digest-content.ts'
import type { Digest } from '../../../digests/records.ts'
import type { WeeklySchedule } from '../../../digests/schedule.ts'
import { openStore, type Store } from '../../../store/open-store.ts'
import { plainReply } from '../../reply.ts'
import { createTestPlatform, TENANT, type TestPlatform, textOf } from '../../testing/test-platform.ts'
import { createDigestRunner, type DigestRunner } from '../run-digests.ts'
import type { DigestSendingDeps } from '../send-digest.ts'

export const BERLIN_MONDAYS: WeeklySchedule = { kind: 'weekly', every: 1, weekdays: ['monday'], time: '09:00', zone: 'Europe/Berlin', anchor: '2026-01-05' }
export const NEWS: DigestItem = { kind: 'actions', due: 1, overdue: 0, first: [] }

export interface SendingWorld {
  store: Store
  platform: TestPlatform
  runner: DigestRunner
  deps: DigestSendingDeps
  now(at: string): void
  /** What the next digests have to say; what throws fails. */
  items: (request: DigestRequest) => readonly DigestItem[]
  /** Who may not know what a digest tells. */
  strangers: Set<string>
  requests: DigestRequest[]
  logged: { level: 'info' | 'warn' | 'error'; message: string }[]
  add(id: string, more?: Partial<Digest>): Promise<Digest>
  digest(id: string): Promise<Digest>
  /** The clock goes to that time, and what is due then is done. */
  tickAt(at: string): Promise<void>
  /** Where and what, in order. */
  sent(): string[]
  /** Another process on the same database. */
  another(): DigestRunner
  close(): Promise<void>
}

export async function createSendingWorld({ database = 'sqlite::memory:', at = '2026-03-02T00:00:00.000Z' } = {}): Promise<SendingWorld> {
  const store = await openStore(database)
  const platform = createTestPlatform()
  await store.assessments.saveTeam(TENANT, { id: 'payments', name: 'Payments', createdAt: at })
  let clock = new Date(at)
  const logged: SendingWorld['logged'] = []
  const log = (level: SendingWorld['logged'][number]['level']) => (_: unknown, message: string) => void logged.push({ level, message })
  const deps: DigestSendingDeps = {
    digests: store.digests,
    store: store.chat,
    assessments: { store },
    messenger: () => platform.messenger,
    mayTell: async (_, { to }) => to.kind === 'place' || !world.strangers.has(to.person),
    now: () => clock,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    async compose(request): Promise<DigestContent> {
      world.requests.push(request)
      const { digest, period, late, now } = request
      return { digest, period, late, at: now.toISOString(), teams: [{ id: 'payments', name: 'Payments' }], items: world.items(request) }
    },
    render: ({ digest, period, late }) => plainReply(`${digest.id} ${period.from}–${period.to}${period.partial ? ', partial' : ''}${late ? ', late' : ''}`),
  }
  const runner = createDigestRunner(deps)
  const world: SendingWorld = {
    store,
    platform,
    runner,
    deps,
    items: () => [NEWS],
    strangers: new Set(),
    requests: [],
    logged,
    now(time) {
      clock = new Date(time)
    },
    add: (id, more = {}) => {
      const createdAt = clock.toISOString()
      const base = { id, kind: 'weekly', teams: ['payments'], to: { kind: 'place', place: 'C1' }, schedule: BERLIN_MONDAYS, sendWhenEmpty: false } as const
      return store.digests.createDigest(TENANT, { ...base, createdBy: 'U1', createdAt, dealtWithUntil: createdAt, ...more })
    },
    async digest(id) {
      const found = await store.digests.digest(TENANT, id)
      if (found === undefined) throw new Error(`there is no digest ${id}`)
      return found
    },
    async tickAt(time) {
      clock = new Date(time)
      await runner.tick()
    },
    sent: () => platform.shown.map(({ to, reply }) => `${to}: ${textOf(reply)}`),
    another: () => createDigestRunner(deps),
    close: () => store.close(),
  }
  return world
}
