/** Digests of teams in a real database, by the real engine's corpus, with a clock that the test turns. */
import type { AskedStore } from '../../../chat/chat-store.ts'
import { createTestDeps, type TestDeps } from '../../../chat/testing/test-deps.ts'
import { TENANT } from '../../../chat/testing/test-platform.ts'
import type { Engine } from '../../../engine.ts'
import type { Digest } from '../../records.ts'
import { composeDigest, type DigestDeps } from '../compose-digest.ts'
import type { DigestContent, Period } from '../digest-content.ts'
import { AGREED, ORGANISATION_SETTING } from '../organisation-items.ts'

export const DAY_MS = 24 * 60 * 60 * 1000
export const TEAM = 'payments'

export interface DigestWorld extends TestDeps {
  digestDeps: DigestDeps
  compose(digest?: Partial<Digest>, more?: { period?: Partial<Period>; late?: boolean }): Promise<DigestContent>
}

/** By default about the week before now. */
export async function createDigestWorld(engine: Engine, options?: { now: string }): Promise<DigestWorld> {
  const deps = await createTestDeps(engine, options)
  const asked: AskedStore = deps.store
  const digestDeps: DigestDeps = {
    store: deps.assessments.store.assessments,
    corpus: deps.corpus,
    agreed: (tenant) => deps.store.withSetting(tenant, 'team', ORGANISATION_SETTING, AGREED),
    askedSince: (tenant, since) => asked.askedSince(tenant, since),
  }
  return {
    ...deps,
    digestDeps,
    compose: (digest = {}, { period, late = false } = {}) =>
      composeDigest({ tenant: TENANT, digest: digestOf(digest), period: { ...weekBefore(deps.now()), ...period }, late, now: deps.now() }, digestDeps),
  }
}

export function daysBefore(time: Date, days: number): string {
  return new Date(time.getTime() - days * DAY_MS).toISOString()
}

function weekBefore(now: Date): Period {
  return { from: daysBefore(now, 7), to: now.toISOString(), partial: false }
}

export function digestOf(more: Partial<Digest> = {}): Digest {
  return {
    id: 'digest-1',
    kind: 'weekly',
    teams: [TEAM],
    to: { kind: 'place', place: 'C1' },
    schedule: { kind: 'weekly', every: 1, weekdays: ['monday'], time: '09:00', zone: 'Europe/Berlin', anchor: '2026-01-05' },
    sendWhenEmpty: false,
    createdBy: 'U1',
    createdAt: '2026-01-01T09:00:00.000Z',
    dealtWithUntil: '2026-01-01T09:00:00.000Z',
    version: 1,
    ...more,
  }
}
