/** What is sent and what is received is dealt with by one at a time, and once; and what installations leave. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Delivery, Received } from '../../chat/chat-store.ts'
import type { Store } from '../open-store.ts'
import { minute, received } from './samples.ts'

const MESSAGE = { place: 'C1', id: '17', thread: '16' }

/** @param another a second store on the same database, as another process has it */
export function onceSuite(open: () => Store, another: () => Store): void {
  const storeOf = (i: number) => (i % 2 === 0 ? open() : another())

  describe('a delivery', () => {
    const claim = (tenant: string, at: number, until = at + 2) => open().chat.claimDelivery(tenant, 'key', minute(at), minute(until))

    it('is claimed by one of twenty at once, on two processes, the first time and when that one is gone', async () => {
      const tenant = randomUUID()
      const race = async (at: number) => {
        const claims = Array.from({ length: 20 }, (_, i) => storeOf(i).chat.claimDelivery(tenant, 'key', minute(at), minute(at + 2)))
        return (await Promise.all(claims)).filter((each) => each !== undefined)
      }
      const first: Delivery = { tenant, key: 'key', state: 'sending', firstAt: minute(1), attempts: 1 }
      expect(await race(1)).toEqual([first])
      expect(await race(2)).toEqual([])
      expect(await race(3)).toEqual([{ ...first, attempts: 2 }])
      expect(await open().chat.delivery(tenant, 'key')).toEqual({ ...first, attempts: 2 })
    })

    it('is not claimed again once it was sent or given up', async () => {
      const { chat } = open()
      const sent = randomUUID()
      await claim(sent, 1)
      await chat.markSent(sent, 'key', MESSAGE)
      expect(await claim(sent, 50)).toBeUndefined()
      expect(await chat.delivery(sent, 'key')).toEqual({ tenant: sent, key: 'key', state: 'sent', firstAt: minute(1), attempts: 1, message: MESSAGE })

      const givenUp = randomUUID()
      await claim(givenUp, 1)
      await chat.giveUpDelivery(givenUp, 'key')
      expect(await claim(givenUp, 50)).toBeUndefined()
      expect((await chat.delivery(givenUp, 'key'))?.state).toBe('given-up')
      expect(await chat.delivery(givenUp, 'other')).toBeUndefined()
    })

    it('that is released is claimed from then on, and not before', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await claim(tenant, 1, 20)
      await chat.releaseDelivery(tenant, 'key', minute(5))
      expect(await claim(tenant, 4)).toBeUndefined()
      expect(await claim(tenant, 5)).toMatchObject({ attempts: 2, firstAt: minute(1) })
    })

    it('that did arrive stays sent whatever a slower one makes of it', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await claim(tenant, 1)
      await claim(tenant, 4)
      await chat.markSent(tenant, 'key', MESSAGE)
      await chat.releaseDelivery(tenant, 'key', minute(5))
      await chat.giveUpDelivery(tenant, 'key')
      expect(await chat.delivery(tenant, 'key')).toMatchObject({ state: 'sent', message: MESSAGE })

      const late = randomUUID()
      await claim(late, 1)
      await chat.giveUpDelivery(late, 'key')
      await chat.markSent(late, 'key', MESSAGE)
      expect((await chat.delivery(late, 'key'))?.state).toBe('sent')
    })

    it('that was sent without a claim is noted, and can’t be claimed afterwards', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await chat.noteSent(tenant, 'key', MESSAGE, minute(1))
      expect(await chat.delivery(tenant, 'key')).toEqual({ tenant, key: 'key', state: 'sent', firstAt: minute(1), attempts: 1, message: MESSAGE })
      expect(await claim(tenant, 50)).toBeUndefined()
      await chat.noteSent(tenant, 'key', { ...MESSAGE, id: 'later' }, minute(2))
      expect(await chat.delivery(tenant, 'key')).toMatchObject({ firstAt: minute(1), message: { id: 'later' } })
    })

    it('is forgotten when it is old', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await chat.claimDelivery(tenant, 'old', '2020-01-01T00:00:00.000Z', minute(1))
      await chat.claimDelivery(tenant, 'kept', '2020-01-02T00:00:00.000Z', minute(1))
      expect(await chat.forgetDeliveries('2020-01-02T00:00:00.000Z')).toBe(1)
      expect(await chat.delivery(tenant, 'old')).toBeUndefined()
      expect(await chat.delivery(tenant, 'kept')).toBeDefined()
    })
  })

  describe('what was received', () => {
    const takeOver = (platform: string, at: number, most = 9) => open().inbox.takeOver(platform, 'taker', minute(at), minute(at + 5), most)

    it('is taken on once of twenty times at once, on two processes, and not again when it is dealt with', async () => {
      const platform = randomUUID()
      const receive = (i: number) => storeOf(i).inbox.receive(received(platform, 'key'), `process ${i}`, minute(5))
      const taken = await Promise.all(Array.from({ length: 20 }, (_, i) => receive(i)))
      expect(taken.filter(Boolean)).toHaveLength(1)
      await open().inbox.settle(platform, 'key')
      expect(await receive(0)).toBe(false)
      expect(await takeOver(platform, 50)).toEqual([])
      expect(await open().inbox.receive(received(randomUUID(), 'key'), 'process', minute(5))).toBe(true)
    })

    it('is taken over when nobody is at it any more, with each attempt counted', async () => {
      const platform = randomUUID()
      const event = received(platform, 'key', { body: '{"text":"“Ö” 🐑"}' })
      await open().inbox.receive(event, 'gone', minute(5))
      expect(await takeOver(platform, 4)).toEqual([])
      expect(await takeOver(randomUUID(), 20)).toEqual([])
      expect(await takeOver(platform, 5)).toEqual([{ ...event, attempts: 1 }])
      expect(await takeOver(platform, 9)).toEqual([])
      expect(await takeOver(platform, 10)).toEqual([{ ...event, attempts: 2 }])
    })

    it('is taken over at most so many at a time, those first whose time has been up longest', async () => {
      const platform = randomUUID()
      for (const [key, until] of Object.entries({ a: 3, c: 1, b: 2 })) await open().inbox.receive(received(platform, key), 'gone', minute(until))
      expect((await takeOver(platform, 20, 2)).map(({ key }) => key)).toEqual(['c', 'b'])
      expect((await takeOver(platform, 20, 2)).map(({ key }) => key)).toEqual(['a'])
    })

    it('is never taken over by two processes', async () => {
      const platform = randomUUID()
      for (let n = 0; n < 60; n++) await open().inbox.receive(received(platform, `${n}`), 'gone', minute(1))
      const takes = Array.from({ length: 6 }, (_, i) => storeOf(i).inbox.takeOver(platform, `process ${i}`, minute(2), minute(9), 10))
      const taken: Received[][] = await Promise.all(takes)
      expect(taken.map((each) => each.length)).toEqual([10, 10, 10, 10, 10, 10])
      expect(new Set(taken.flat().map(({ key }) => key)).size).toBe(60)
    })

    it('is left to the process that is at it for as long as that one says so', async () => {
      const platform = randomUUID()
      const [mine, theirs] = [randomUUID(), randomUUID()]
      for (const key of ['settled', 'postponed', 'running']) await open().inbox.receive(received(platform, key), mine, minute(2))
      await open().inbox.receive(received(platform, 'of another'), theirs, minute(2))
      await open().inbox.settle(platform, 'settled')
      await open().inbox.postpone(platform, 'postponed', minute(4))
      await open().inbox.prolong(mine, minute(10))
      expect((await takeOver(platform, 3)).map(({ key }) => key)).toEqual(['of another'])
      expect((await takeOver(platform, 4)).map(({ key }) => key)).toEqual(['postponed'])
      // They are somebody else's now.
      await open().inbox.prolong(theirs, minute(50))
      await open().inbox.prolong(mine, minute(20))
      expect((await takeOver(platform, 15)).map(({ key }) => key).sort()).toEqual(['of another', 'postponed'])
      expect((await takeOver(platform, 20)).map(({ key }) => key)).toContain('running')
    })

    it('stays dealt with when a slower process postpones it', async () => {
      const platform = randomUUID()
      await open().inbox.receive(received(platform, 'key'), 'slow', minute(1))
      await open().inbox.settle(platform, 'key')
      await open().inbox.postpone(platform, 'key', minute(2))
      expect(await takeOver(platform, 50)).toEqual([])
    })

    it('is forgotten when it is old, and then received anew', async () => {
      const platform = randomUUID()
      const old = received(platform, 'old', { receivedAt: '2020-01-01T00:00:00.000Z' })
      const kept = received(platform, 'kept', { receivedAt: '2020-01-02T00:00:00.000Z' })
      for (const event of [old, kept]) {
        await open().inbox.receive(event, 'process', minute(1))
        await open().inbox.settle(platform, event.key)
      }
      expect(await open().inbox.forgetReceived('2020-01-02T00:00:00.000Z')).toBe(1)
      expect(await open().inbox.receive(kept, 'process', minute(1))).toBe(false)
      expect(await open().inbox.receive(old, 'process', minute(1))).toBe(true)
    })
  })

  describe('installations', () => {
    it('are kept by platform and id, the last one each, until they are removed', async () => {
      const { installations } = open()
      const platform = randomUUID()
      await installations.saveInstallation(platform, 'T2', 'sealed 2', minute(2))
      await installations.saveInstallation(platform, 'T1', 'sealed 1', minute(3))
      await installations.saveInstallation(randomUUID(), 'T1', 'of another platform', minute(1))
      expect(await installations.installation(platform, 'T1')).toBe('sealed 1')
      expect(await installations.installation(platform, 'T3')).toBeUndefined()
      await installations.saveInstallation(platform, 'T2', 'sealed anew', minute(4))
      expect(await installations.installations(platform)).toEqual([
        { id: 'T1', sealed: 'sealed 1', at: minute(3) },
        { id: 'T2', sealed: 'sealed anew', at: minute(4) },
      ])
      await installations.removeInstallation(platform, 'T1')
      expect(await installations.installation(platform, 'T1')).toBeUndefined()
      expect(await installations.installations(platform)).toHaveLength(1)
    })
  })
}
