import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../store/open-store.ts'
import { DeliveryError } from './exchange.ts'
import { createInbox, type Inbox } from './inbox.ts'

let store: Store
let now: Date
const warned: string[] = []
const inboxes: Inbox[] = []
let named = 0

beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  now = new Date('2026-03-02T09:00:00Z')
  warned.length = 0
})
afterEach(async () => {
  for (const inbox of inboxes.splice(0)) await inbox.stop()
  await store.close()
})

function open(): Inbox {
  const log = {
    info: () => {},
    warn: (_: unknown, message: string) => void warned.push(message),
    error: (_: unknown, message: string) => void warned.push(message),
  }
  const inbox = createInbox({ platform: 'test', store: store.inbox, newId: () => `process-${++named}`, now: () => now, log, lookEvery: 20 })
  inboxes.push(inbox)
  return inbox
}

const pass = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await wait(10)
  expect(holds()).toBe(true)
}

describe('the inbox', () => {
  it('takes an event once, however often it comes', async () => {
    const inbox = open()
    expect([await inbox.receive('e1', { text: 'a' }), await inbox.receive('e1', { text: 'a' }), await open().receive('e1', {})]).toEqual([true, false, false])
  })

  it('hands what a process left to the next one, with what was received', async () => {
    await open().receive('e1', { text: 'a' })
    pass(11_000)
    const taken: unknown[] = []
    open().start(async (event) => void taken.push(event))
    await until(() => taken.length === 1)
    expect(taken).toEqual([{ key: 'e1', body: { text: 'a' }, attempts: 1, receivedAt: '2026-03-02T09:00:00.000Z' }])
  })

  it('leaves alone what another process is still at, and what is done', async () => {
    const first = open()
    await first.receive('held', {})
    await first.receive('done', {})
    await first.deal('done', async () => {})
    const taken: string[] = []
    open().start(async ({ key }) => void taken.push(key))
    await wait(100)
    expect(taken).toEqual([])
    pass(11_000)
    await until(() => taken.length === 1)
    expect(taken).toEqual(['held'])
  })

  it('tries again what could not be delivered, and gives up in the end', async () => {
    const inbox = open()
    await inbox.receive('e1', {})
    const attempts: number[] = []
    const fail = async (attempt: number) => {
      attempts.push(attempt)
      throw new DeliveryError('later', 'the platform is down')
    }
    await inbox.deal('e1', fail)
    inbox.start(({ attempts: attempt }) => fail(attempt))
    for (let i = 0; i < 100 && warned.length < 6; i++) {
      pass(10 * 60_000)
      await wait(30)
    }
    pass(60 * 60_000)
    await wait(100)
    expect(attempts).toEqual([0, 1, 2, 3, 4, 5])
    expect(warned.length).toBe(6)
  })

  it('does not try again what is no use', async () => {
    const inbox = open()
    await inbox.receive('gone', {})
    await inbox.receive('fault', {})
    await inbox.deal('gone', async () => {
      throw new DeliveryError('gone', 'the channel is archived')
    })
    await inbox.deal('fault', async () => {
      throw new Error('a fault of ours')
    })
    pass(60 * 60_000)
    const taken: string[] = []
    open().start(async ({ key }) => void taken.push(key))
    await wait(200)
    expect([taken, warned.length]).toEqual([[], 2])
  })

  it('waits at its end for what is being dealt with', async () => {
    const inbox = open()
    await inbox.receive('slow', {})
    let done = false
    void inbox.deal('slow', async () => {
      await wait(150)
      done = true
    })
    await inbox.stop()
    expect(done).toBe(true)
  })
})
