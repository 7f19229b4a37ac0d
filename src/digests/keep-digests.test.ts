import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../store/open-store.ts'
import { createDigestKeeper, type DigestKeeper, type DigestWish, isSameDigest } from './keep-digests.ts'
import { scheduleSchema } from './schedule.ts'

const TENANT = 'slack:T1'
const NOW = '2026-06-10T08:00:00.000Z'
const LATER = '2026-06-12T08:00:00.000Z'
const on = (day: string) => scheduleSchema.parse({ kind: 'weekly', every: 1, weekdays: [day], time: '09:00', zone: 'Europe/Berlin', anchor: '2026-06-08' })
const wish = (more: Partial<DigestWish> = {}): DigestWish => ({
  kind: 'weekly',
  teams: ['payments'],
  to: { kind: 'place', place: 'C1' },
  schedule: on('monday'),
  sendWhenEmpty: false,
  ...more,
})

let store: Store
let clock: string
let keeper: DigestKeeper
beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  await store.assessments.saveTeam(TENANT, { id: 'payments', name: 'Payments', createdAt: NOW })
  clock = NOW
  keeper = createDigestKeeper({ store: store.digests, now: () => new Date(clock) })
})
afterEach(() => store.close())

describe('a digest', () => {
  it('is made once, however often it is asked for by the same id', async () => {
    const first = await keeper.create(TENANT, 'a', 'ada', wish())
    expect(await keeper.create(TENANT, 'a', 'bob', wish({ schedule: on('friday') }))).toEqual(first)
    await expect(keeper.create(TENANT, 'b', 'ada', wish({ teams: ['gone'] }))).rejects.toThrow('The team is no longer there, so no digest was made.')
  })

  it('that is changed while it is being sent is changed all the same', async () => {
    const digest = await keeper.create(TENANT, 'a', 'ada', wish({ model: 'kmm' }))
    await Promise.all([
      keeper.change(TENANT, 'a', wish({ kind: 'monthly' })),
      store.digests.settleDigest(TENANT, digest, { dealtWithUntil: LATER, toldUntil: LATER }, LATER),
      keeper.pause(TENANT, 'a'),
    ])
    const now = await store.digests.digest(TENANT, 'a')
    expect(now).toMatchObject({ kind: 'monthly', paused: { why: 'asked' }, dealtWithUntil: LATER, toldUntil: LATER, createdBy: 'ada' })
    expect(now).not.toHaveProperty('model')
  })

  it('sends nothing of what lies behind when its time is changed, or when it goes on', async () => {
    await keeper.create(TENANT, 'a', 'ada', wish())
    clock = LATER
    expect((await keeper.change(TENANT, 'a', wish({ sendWhenEmpty: true }))).dealtWithUntil).toBe(NOW)
    expect((await keeper.change(TENANT, 'a', wish({ schedule: on('thursday') }))).dealtWithUntil).toBe(LATER)
    await keeper.create(TENANT, 'b', 'ada', wish())
    await keeper.pause(TENANT, 'b')
    clock = '2026-06-20T08:00:00.000Z'
    expect(await keeper.resume(TENANT, 'b')).toMatchObject({ dealtWithUntil: clock })
    expect(await keeper.resume(TENANT, 'b')).not.toHaveProperty('paused')
  })

  it('that is gone is said to be gone', async () => {
    for (const work of [keeper.pause(TENANT, 'x'), keeper.resume(TENANT, 'x'), keeper.change(TENANT, 'x', wish())])
      await expect(work).rejects.toThrow('This digest is no longer there.')
  })
})

describe('two digests', () => {
  const at = new Date(NOW)
  it('are the same where they come at the same times, with whatever it was begun', () => {
    expect(isSameDigest(wish(), wish({ schedule: { ...on('monday'), anchor: '2026-01-05' } as DigestWish['schedule'] }), at)).toBe(true)
  })

  it.each<[string, Partial<DigestWish>]>([
    ['another day', { schedule: on('friday') }],
    ['another place', { to: { kind: 'person', person: 'ada' } }],
    ['another model', { model: 'kmm' }],
    ['another kind', { kind: 'monthly' }],
  ])('are not with %s', (_, more) => {
    expect(isSameDigest(wish(), wish(more), at)).toBe(false)
  })

  it('every other week are not where they come in different weeks', () => {
    const every = (anchor: string) => wish({ schedule: scheduleSchema.parse({ ...on('monday'), every: 2, anchor }) })
    expect(isSameDigest(every('2026-06-08'), every('2026-06-15'), at)).toBe(false)
    expect(isSameDigest(every('2026-06-08'), every('2026-06-22'), at)).toBe(true)
  })
})
