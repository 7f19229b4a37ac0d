/** What is really composed and shown, sent when its time has come. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { TENANT, textOf } from '../testing/test-platform.ts'
import { composeFrom } from './deps.ts'
import { mayBeTold } from './digest-access.ts'
import { renderDigest } from './render-digest.ts'
import { createDigestRunner } from './run-digests.ts'
import { BERLIN_MONDAYS } from './testing/sending-world.ts'

let engine: TestEngine
let deps: TestDeps
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  deps = await createTestDeps(engine, { now: '2026-03-01T00:00:00.000Z' })
  return () => deps.close()
})

it('an action that is due is told, and when it is done there is nothing to tell', async () => {
  const records = deps.assessments.store.assessments
  const at = deps.now().toISOString()
  await records.saveTeam(TENANT, { id: 'payments', name: 'Payments', createdAt: at })
  const step = { team: 'payments', model: 'kmm', section: 'security', passage: 'kmm/security/3', text: 'Images are scanned.', due: '2026-03-04' }
  const action = await records.createAction(TENANT, { id: 'scan', ...step, createdBy: 'U1', createdAt: at })
  await deps.database.digests.createDigest(TENANT, {
    id: 'a',
    kind: 'weekly',
    teams: ['payments'],
    to: { kind: 'place', place: 'C1' },
    schedule: BERLIN_MONDAYS,
    sendWhenEmpty: false,
    createdBy: 'U1',
    createdAt: at,
    dealtWithUntil: at,
  })
  const runner = createDigestRunner({
    ...deps,
    mayTell: (tenant, digest) => mayBeTold(tenant, digest, deps),
    digests: deps.database.digests,
    compose: composeFrom(deps),
    render: (content) => renderDigest(content),
  })
  const tickAt = async (time: string) => {
    deps.setNow(time)
    await runner.tick()
  }
  await tickAt('2026-03-02T08:00:00.000Z')
  expect(deps.platform.shown.map(({ how, to, key }) => `${how} ${to} ${key}`)).toEqual(['post C1 digest:a:2026-03-02'])
  expect(textOf(deps.platform.last())).toContain('Images are scanned')

  await records.changeAction(TENANT, { ...action, doneAt: deps.now().toISOString() })
  await tickAt('2026-03-09T08:00:00.000Z')
  expect(deps.platform.shown).toHaveLength(1)
  expect(deps.logged).toEqual([])
})
