import { App, type Receiver, type ReceiverEvent } from '@slack/bolt'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInbox } from '../chat/inbox.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { boltLog } from './bolt-log.ts'
import { onceOnly } from './receiver.ts'

let store: Store
let receiver: Receiver
/** What Bolt gives to whoever it hands an event to. */
let arrive: (event: ReceiverEvent) => Promise<void>
let heard: string[]

beforeEach(async () => {
  store = await openStore('sqlite::memory:')
  heard = []
  const log = pino({ level: 'silent' })
  const inner: Receiver = {
    init(app) {
      arrive = (event) => app.processEvent(event)
    },
    start: async () => {},
    stop: async () => {},
  }
  receiver = onceOnly(inner, createInbox({ platform: 'slack', store: store.inbox, newId: () => 'one', now: () => new Date(), log }), () => new Date())
  const app = new App({ receiver, logger: boltLog(log), authorize: async () => ({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'UBOT' }), convoStore: false })
  app.event('app_mention', async ({ event }) => void heard.push(event.text))
  app.view('ours', async () => {
    throw new Error('before it was acknowledged')
  })
})
afterEach(async () => {
  await receiver.stop()
  await store.close()
})

const mention = (ack: ReceiverEvent['ack']): ReceiverEvent => ({
  body: { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.1', text: 'hello' } },
  ack,
})
const submitted = (callback: string, acked: unknown[]): ReceiverEvent => ({
  body: { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, view: { id: 'V1', callback_id: callback, state: { values: {} } } },
  ack: async (response) => void acked.push(response),
})

describe('what Slack sends', () => {
  it('is dealt with also where its acknowledgement gets lost, since it is known when it comes again', async () => {
    let acked = 0
    await arrive(mention(async () => Promise.reject(new Error('the connection is gone'))))
    await arrive(mention(async () => void acked++))
    expect(heard).toEqual(['hello'])
    expect(acked).toBe(1)
  })

  it('is acknowledged once, before anybody deals with it', async () => {
    const order: string[] = []
    await arrive(mention(async () => void order.push(`acknowledged, ${heard.length} heard`)))
    expect(order).toEqual(['acknowledged, 0 heard'])
  })

  it.each(['ours', 'nobody’s'])('is acknowledged in any case: a dialog that is %s', async (callback) => {
    const acked: unknown[] = []
    await arrive(submitted(callback, acked))
    expect(acked).toEqual([undefined])
  })
})
