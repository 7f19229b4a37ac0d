import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../store/open-store.ts'
import { deliverOnce, type OneDelivery } from './deliver-once.ts'
import { DeliveryError } from './exchange.ts'
import { plainReply } from './reply.ts'
import { createTestPlatform, TENANT, type TestPlatform } from './testing/test-platform.ts'

let database: Store
let platform: TestPlatform
let now: Date

beforeEach(async () => {
  database = await openStore('sqlite::memory:')
  platform = createTestPlatform()
  now = new Date('2026-03-02T09:00:00Z')
  logged.length = 0
})
afterEach(() => database.close())

const pass = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const HELLO: OneDelivery = { tenant: TENANT, key: 'hello', to: { kind: 'place', place: 'C1' }, make: () => plainReply('Hello.') }
const logged: string[] = []
const log = { info: () => logged.push('info'), warn: () => logged.push('warn'), error: () => logged.push('error') }
const deliver = (delivery: Partial<OneDelivery> = {}) =>
  deliverOnce({ ...HELLO, ...delivery }, { store: database.chat, messenger: () => platform.messenger, now: () => now, log })

describe('a delivery', () => {
  it('is sent once, by whoever comes first', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => deliver()))
    expect(outcomes.filter(({ outcome }) => outcome === 'sent').length).toBe(1)
    expect(platform.shown.length).toBe(1)
    expect((await deliver()).outcome).toBe('already')
  })

  it('is found again where it was sent but nobody could write that down', async () => {
    await database.chat.claimDelivery(TENANT, 'hello', now.toISOString(), new Date(now.getTime() + 120_000).toISOString())
    const sent = await platform.messenger.post(TENANT, HELLO.to, plainReply('Hello.'), 'hello')
    expect((await deliver()).outcome).toBe('already')
    pass(121_000)
    expect(await deliver()).toEqual({ outcome: 'sent', message: sent })
    expect(platform.shown.length).toBe(1)
  })

  it('that failed is tried again later, each time after a longer while', async () => {
    platform.failures.push(new DeliveryError('later', 'down'), new DeliveryError('later', 'down'))
    expect((await deliver()).outcome).toBe('later')
    expect((await deliver()).outcome).toBe('already')
    pass(31_000)
    expect((await deliver()).outcome).toBe('later')
    pass(31_000)
    expect((await deliver()).outcome).toBe('already')
    pass(31_000)
    expect((await deliver()).outcome).toBe('sent')
  })

  it('is a matter for whoever runs Cairn when it is put off again and again, or fails on our side', async () => {
    for (let i = 0; i < 5; i++) platform.failures.push(new DeliveryError('later', 'busy'))
    for (let i = 0; i < 5; i++) {
      await deliver()
      pass(30 * 60_000)
    }
    expect(logged).toEqual(['info', 'info', 'info', 'warn', 'warn'])
    logged.length = 0
    await deliver({
      key: 'broken',
      make: () => {
        throw new Error('a mistake')
      },
    })
    expect(logged).toEqual(['warn'])
  })

  it('to a place that is gone is not tried again', async () => {
    platform.failures.push(new DeliveryError('gone', 'archived'))
    expect((await deliver()).outcome).toBe('gone')
    pass(24 * 60 * 60_000)
    expect((await deliver()).outcome).toBe('already')
    expect(platform.shown).toEqual([])
  })

  it('that fails for six hours is given up', async () => {
    let outcome: string = 'later'
    for (let hours = 0; hours < 10 && outcome !== 'given-up'; hours++) {
      platform.failures.push(new DeliveryError('later', 'down'))
      outcome = (await deliver()).outcome
      platform.failures.splice(0)
      pass(60 * 60_000)
    }
    expect(outcome).toBe('given-up')
  })

  it('whose words can’t be made is tried again too', async () => {
    let broken = true
    const make = () => {
      if (broken) throw new Error('no such model')
      return plainReply('Hello.')
    }
    expect((await deliver({ make })).outcome).toBe('later')
    broken = false
    pass(31_000)
    expect((await deliver({ make })).outcome).toBe('sent')
  })
})
