import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { REMOVED_PERSON } from '../../assessments/records.ts'
import { createDigestKeeper } from '../../digests/keep-digests.ts'
import type { Digest } from '../../digests/records.ts'
import { WEEKDAYS } from '../../digests/schedule.ts'
import { DeliveryError } from '../exchange.ts'
import { plainReply } from '../reply.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { BERLIN_MONDAYS, createSendingWorld, NEWS, type SendingWorld } from './testing/sending-world.ts'

let world: SendingWorld
beforeEach(async () => {
  world = await createSendingWorld()
})
afterEach(() => world.close())

const keys = () => world.platform.shown.flatMap(({ key }) => key ?? [])
const gone = () => new DeliveryError('gone', 'is_archived')
const down = () => new DeliveryError('later', 'down')
/** What is decided about a digest, and nothing of how far it has got. */
const wish = ({ kind, teams, to, schedule, sendWhenEmpty }: Digest) => ({ kind, teams, to, schedule, sendWhenEmpty })
const downFor = (calls: number) => world.platform.failures.push(...Array.from({ length: calls }, down))

describe('a digest', () => {
  it('is sent when its time has come, once, and then a week later with what has happened since', async () => {
    await world.add('a', { createdAt: '2026-02-24T00:00:00.000Z' })
    await world.tickAt('2026-03-02T07:59:59.000Z')
    expect(world.sent()).toEqual([])
    await world.tickAt('2026-03-02T08:00:00.000Z')
    await world.tickAt('2026-03-02T08:00:30.000Z')
    await world.tickAt('2026-03-09T08:00:20.000Z')
    expect(world.sent()).toEqual([
      'C1: a 2026-02-24T00:00:00.000Z–2026-03-02T08:00:00.000Z, partial',
      'C1: a 2026-03-02T08:00:00.000Z–2026-03-09T08:00:00.000Z',
    ])
    expect(keys()).toEqual(['digest:a:2026-03-02', 'digest:a:2026-03-09'])
    expect(await world.digest('a')).toMatchObject({ dealtWithUntil: '2026-03-09T08:00:00.000Z', toldUntil: '2026-03-09T08:00:00.000Z' })
  })

  it('that has nothing to say is not sent, and the next tells of the whole time', async () => {
    await world.add('quiet', { toldUntil: '2026-02-23T08:00:00.000Z' })
    await world.add('always', { sendWhenEmpty: true, to: { kind: 'place', place: 'C2' } })
    world.items = () => []
    await world.tickAt('2026-03-02T08:00:00.000Z')
    expect(world.sent()).toEqual(['C2: always 2026-03-02T00:00:00.000Z–2026-03-02T08:00:00.000Z, partial'])
    world.items = () => [NEWS]
    await world.tickAt('2026-03-09T08:00:00.000Z')
    expect(world.sent()).toContain('C1: quiet 2026-02-23T08:00:00.000Z–2026-03-09T08:00:00.000Z')
  })

  it('that finds nothing to say is not decided upon a second time', async () => {
    await world.add('a')
    world.items = () => []
    await world.tickAt('2026-03-02T08:00:00.000Z')
    world.items = () => [NEWS]
    await world.tickAt('2026-03-02T12:00:00.000Z')
    expect(world.sent()).toEqual([])
    expect(world.requests).toHaveLength(1)
  })

  it('goes by the day on its own clock, whatever day it is in UTC', async () => {
    const schedule = { ...BERLIN_MONDAYS, time: '08:00', zone: 'Pacific/Auckland' }
    await world.add('east', { schedule })
    await world.add('west', { schedule: { ...BERLIN_MONDAYS, time: '20:00', zone: 'Pacific/Honolulu' } })
    for (const at of ['2026-03-03T06:00:00.000Z', '2026-03-08T19:00:00.000Z', '2026-03-09T19:00:00.000Z', '2026-03-10T06:00:00.000Z']) await world.tickAt(at)
    expect(keys()).toEqual(['digest:west:2026-03-02', 'digest:east:2026-03-09', 'digest:west:2026-03-09'])
    expect(world.requests.map(({ late }) => late)).toEqual([false, false, false])
  })

  it('comes one beside the other where a channel has several, also to people', async () => {
    for (const id of ['a', 'b', 'c']) await world.add(id)
    await world.add('d', { to: { kind: 'person', person: 'U2' } })
    await world.tickAt('2026-03-02T08:00:00.000Z')
    expect(world.platform.shown.map(({ to, key }) => `${to} ${key}`).sort()).toEqual([
      'C1 digest:a:2026-03-02',
      'C1 digest:b:2026-03-02',
      'C1 digest:c:2026-03-02',
      'D-U2 digest:d:2026-03-02',
    ])
  })
})

describe('a digest to somebody who left the team', () => {
  it('is not sent, nor made up for when they are back', async () => {
    await world.add('d', { to: { kind: 'person', person: 'U2' } })
    world.strangers.add('U2')
    await world.tickAt('2026-03-02T08:00:00.000Z')
    expect([world.platform.shown, world.requests]).toEqual([[], []])
    world.strangers.clear()
    await world.tickAt('2026-03-02T09:00:00.000Z')
    expect(world.platform.shown).toEqual([])
    await world.tickAt('2026-03-09T08:00:00.000Z')
    expect(world.platform.shown.map(({ to }) => to)).toEqual(['D-U2'])
  })
})

describe('where the clocks change', () => {
  const daily = (time: string) => ({ ...BERLIN_MONDAYS, weekdays: [...WEEKDAYS], time })
  /** Every ten minutes. */
  const tickThrough = async (from: string, hours: number) => {
    for (let n = 0; n <= hours * 6; n++) await world.tickAt(new Date(Date.parse(from) + n * 600_000).toISOString())
  }
  const periods = () => world.requests.map(({ period }) => period.to)

  it('a digest keeps its hour', async () => {
    world.now('2026-03-27T12:00:00.000Z')
    await world.add('a', { schedule: daily('09:00') })
    await tickThrough('2026-03-27T12:00:00.000Z', 72)
    expect(periods()).toEqual(['2026-03-28T08:00:00.000Z', '2026-03-29T07:00:00.000Z', '2026-03-30T07:00:00.000Z'])
    expect(keys()).toEqual(['digest:a:2026-03-28', 'digest:a:2026-03-29', 'digest:a:2026-03-30'])
  })

  it('a time that does not exist runs at the next that does', async () => {
    world.now('2026-03-28T12:00:00.000Z')
    await world.add('a', { schedule: daily('02:30') })
    await tickThrough('2026-03-28T12:00:00.000Z', 40)
    expect(periods()).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'])
  })

  it('a time that exists twice runs once', async () => {
    world.now('2026-10-24T12:00:00.000Z')
    await world.add('a', { schedule: daily('02:30') })
    await tickThrough('2026-10-24T12:00:00.000Z', 40)
    expect(periods()).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'])
    expect(keys()).toEqual(['digest:a:2026-10-25', 'digest:a:2026-10-26'])
  })
})

describe('after a while in which nothing ran', () => {
  it('the last one that was missed is sent once, and says that it is late', async () => {
    await world.add('a', { schedule: { ...BERLIN_MONDAYS, weekdays: [...WEEKDAYS] } })
    await world.tickAt('2026-03-02T08:00:00.000Z')
    await world.tickAt('2026-03-05T17:00:00.000Z')
    await world.tickAt('2026-03-05T18:00:00.000Z')
    expect(world.sent().slice(1)).toEqual(['C1: a 2026-03-02T08:00:00.000Z–2026-03-05T08:00:00.000Z, late'])
    await world.tickAt('2026-03-06T08:00:00.000Z')
    expect(world.sent()).toHaveLength(3)
  })

  it('one that is older than a day is not sent any more, and nothing is lost', async () => {
    await world.add('a', { toldUntil: '2026-02-23T08:00:00.000Z' })
    await world.tickAt('2026-03-05T10:00:00.000Z')
    expect(world.sent()).toEqual([])
    await world.tickAt('2026-03-09T08:00:00.000Z')
    expect(world.sent()).toEqual(['C1: a 2026-02-23T08:00:00.000Z–2026-03-09T08:00:00.000Z'])
  })

  it('the clock may go back: nothing comes again, and what comes next comes in time', async () => {
    await world.add('a', { schedule: { ...BERLIN_MONDAYS, weekdays: [...WEEKDAYS] } })
    await world.tickAt('2026-03-04T08:30:00.000Z')
    for (const at of ['2026-03-03T07:00:00.000Z', '2026-03-03T08:10:00.000Z', '2026-03-04T08:00:00.000Z', '2026-03-04T09:00:00.000Z']) await world.tickAt(at)
    expect(keys()).toEqual(['digest:a:2026-03-04'])
    await world.tickAt('2026-03-05T08:00:00.000Z')
    expect(keys()).toEqual(['digest:a:2026-03-04', 'digest:a:2026-03-05'])
  })
})

describe('what somebody decides meanwhile', () => {
  const keeper = () => createDigestKeeper({ store: world.store.digests, now: world.deps.now })
  /** Happens after it was taken on, and before it is sent. */
  const meanwhile = (act: () => Promise<unknown>) => {
    const { compose } = world.deps
    world.deps.compose = async (request) => {
      const content = await compose(request)
      world.deps.compose = compose
      await act()
      return content
    }
  }

  it('a pause counts up to the last moment, and what was due is not made up for', async () => {
    await world.add('a')
    meanwhile(() => keeper().pause(TENANT, 'a'))
    await world.tickAt('2026-03-02T08:00:00.000Z')
    await world.tickAt('2026-03-02T08:05:00.000Z')
    expect(world.sent()).toEqual([])
    world.now('2026-03-02T09:00:00.000Z')
    await keeper().resume(TENANT, 'a')
    await world.tickAt('2026-03-02T09:00:00.000Z')
    expect(world.sent()).toEqual([])
    await world.tickAt('2026-03-09T08:00:00.000Z')
    expect(world.sent()).toEqual(['C1: a 2026-03-02T00:00:00.000Z–2026-03-09T08:00:00.000Z'])
  })

  it('another place counts up to the last moment', async () => {
    const before = await world.add('a')
    meanwhile(() => keeper().change(TENANT, 'a', { ...wish(before), to: { kind: 'place', place: 'C2' } }))
    await world.tickAt('2026-03-02T08:00:00.000Z')
    for (const at of ['2026-03-02T08:01:00.000Z', '2026-03-02T08:02:00.000Z', '2026-03-02T08:03:00.000Z']) await world.tickAt(at)
    expect(world.platform.shown.map(({ to, key }) => `${to} ${key}`)).toEqual(['C2 digest:a:2026-03-02'])
  })

  it('a digest that is deleted meanwhile is not sent, and bothers nobody', async () => {
    await world.add('a')
    meanwhile(() => world.store.digests.removeDigest(TENANT, 'a'))
    await world.tickAt('2026-03-02T08:00:00.000Z')
    await world.tickAt('2026-03-02T09:00:00.000Z')
    expect(world.sent()).toEqual([])
    expect(world.logged.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('a change while it is being written down is kept, and it is not sent again', async () => {
    const before = await world.add('a')
    const { messenger } = world.platform
    const { post } = messenger
    messenger.post = async (...args) => {
      const message = await post(...args)
      await keeper().change(TENANT, 'a', { ...wish(before), sendWhenEmpty: true })
      return message
    }
    await world.tickAt('2026-03-02T08:00:00.000Z')
    await world.tickAt('2026-03-02T08:05:00.000Z')
    expect(world.sent()).toHaveLength(1)
    expect(await world.digest('a')).toMatchObject({ sendWhenEmpty: true, dealtWithUntil: '2026-03-02T08:00:00.000Z', toldUntil: '2026-03-02T08:00:00.000Z' })
  })

  it('a later time on the same day does not make a second one of that day', async () => {
    const before = await world.add('a')
    await world.tickAt('2026-03-02T08:00:00.000Z')
    await keeper().change(TENANT, 'a', { ...wish(before), schedule: { ...BERLIN_MONDAYS, time: '15:00' } })
    await world.tickAt('2026-03-02T14:00:00.000Z')
    expect(world.sent()).toHaveLength(1)
    await world.tickAt('2026-03-09T14:00:00.000Z')
    expect(world.sent()[1]).toBe('C1: a 2026-03-02T08:00:00.000Z–2026-03-09T14:00:00.000Z')
  })
})

describe('what can’t be sent', () => {
  it('is tried again for a while, and says the same', async () => {
    await world.add('a')
    downFor(3)
    for (const at of ['08:00:00', '08:00:20', '08:00:30', '08:01:30', '08:03:29', '08:03:30', '08:03:31']) await world.tickAt(`2026-03-02T${at}.000Z`)
    expect(world.sent()).toEqual(['C1: a 2026-03-02T00:00:00.000Z–2026-03-02T08:00:00.000Z, partial'])
    expect(world.requests).toHaveLength(4)
  })

  it('is not sent when by then there is nothing to say any more', async () => {
    await world.add('a')
    downFor(1)
    await world.tickAt('2026-03-02T08:00:00.000Z')
    world.items = () => []
    await world.tickAt('2026-03-02T08:01:00.000Z')
    await world.tickAt('2026-03-02T08:05:00.000Z')
    expect(world.sent()).toEqual([])
    expect((await world.digest('a')).dealtWithUntil).toBe('2026-03-02T08:00:00.000Z')
  })

  it('for six hours is given up, its maker is told once, and nothing of it is lost', async () => {
    await world.add('a', { toldUntil: '2026-02-23T08:00:00.000Z' })
    const { messenger } = world.platform
    const { post } = messenger
    messenger.post = async (tenant, to, ...more) => (to.kind === 'place' ? Promise.reject(down()) : post(tenant, to, ...more))
    for (let minute = 0; minute < 9 * 60; minute++) await world.tickAt(new Date(Date.parse('2026-03-02T08:00:00.000Z') + minute * 60_000).toISOString())
    expect(world.platform.shown.map(({ to, key }) => `${to} ${key}`)).toEqual(['D-U1 digest-failed:a:2026-03-02'])
    expect(world.sent()[0]).toBe(
      'D-U1: The digest of Payments to its channel could not be sent for six hours. I have stopped trying. What it would have said is in the next one, 2026-03-09T08:00:00.000Z.',
    )
    messenger.post = post
    await world.tickAt('2026-03-09T08:00:00.000Z')
    expect(world.sent()[1]).toBe('C1: a 2026-02-23T08:00:00.000Z–2026-03-09T08:00:00.000Z')
  })

  it('whose words can’t be made is tried again and then reported too', async () => {
    await world.add('a')
    world.items = () => {
      throw new Error('broken')
    }
    for (let minute = 0; minute < 9 * 60; minute += 5) await world.tickAt(new Date(Date.parse('2026-03-02T08:00:00.000Z') + minute * 60_000).toISOString())
    expect(keys()).toEqual(['digest-failed:a:2026-03-02'])
  })

  it('since the place is gone pauses the digest and tells its maker, once', async () => {
    await world.add('a')
    world.platform.failures.push(gone())
    for (const at of ['2026-03-02T08:00:00.000Z', '2026-03-02T08:05:00.000Z', '2026-03-09T08:00:00.000Z']) await world.tickAt(at)
    const [notice, ...others] = world.platform.shown
    expect(others).toEqual([])
    expect(notice).toMatchObject({ to: 'D-U1', key: 'digest-undeliverable:a:2026-03-02' })
    if (notice === undefined) return
    expect(textOf(notice.reply)).toContain('The digest of Payments to its channel could not be sent.')
    expect(pressOf(notice.reply, 'Change')).toEqual({ on: 'digest.edit', with: { digest: 'a' } })
    expect(await world.digest('a')).toMatchObject({
      paused: { at: '2026-03-02T08:00:00.000Z', why: 'undeliverable' },
      dealtWithUntil: '2026-03-02T08:00:00.000Z',
    })
    expect((await world.digest('a')).toldUntil).toBeUndefined()
  })

  it('is told when that can be told', async () => {
    await world.add('a')
    world.platform.failures.push(gone(), down(), down())
    for (const at of ['08:00:00', '08:01:00', '08:02:00', '08:03:00', '08:04:00']) await world.tickAt(`2026-03-02T${at}.000Z`)
    expect(keys()).toEqual(['digest-undeliverable:a:2026-03-02'])
    expect(await world.digest('a')).toMatchObject({ paused: { why: 'undeliverable' } })
  })

  it('nobody is told where the maker is gone too', async () => {
    await world.add('whole', { createdBy: REMOVED_PERSON })
    await world.add('left')
    world.platform.failures.push(gone(), gone(), gone())
    await world.tickAt('2026-03-02T08:00:00.000Z')
    expect(world.sent()).toEqual([])
    for (const id of ['whole', 'left']) expect(await world.digest(id)).toMatchObject({ paused: { why: 'undeliverable' } })
  })

  it('does not pause a digest that is sent elsewhere by now', async () => {
    const before = await world.add('a')
    const { messenger } = world.platform
    const { post } = messenger
    messenger.post = async () => {
      messenger.post = post
      await createDigestKeeper({ store: world.store.digests, now: world.deps.now }).change(TENANT, 'a', { ...wish(before), to: { kind: 'place', place: 'C2' } })
      throw gone()
    }
    await world.tickAt('2026-03-02T08:00:00.000Z')
    await world.tickAt('2026-03-09T08:00:00.000Z')
    expect(world.platform.shown.map(({ to, key }) => `${to} ${key}`)).toEqual(['C2 digest:a:2026-03-09'])
  })

  it('for a fault of ours is logged and does not keep the others', async () => {
    for (const id of ['a', 'b', 'c']) await world.add(id)
    const { delivery } = world.deps.store
    world.deps.store = {
      ...world.deps.store,
      delivery: async (tenant, key) => (key.includes(':b:') ? Promise.reject(new Error('no such table')) : delivery(tenant, key)),
    }
    await world.tickAt('2026-03-02T08:00:00.000Z')
    expect(keys().sort()).toEqual(['digest:a:2026-03-02', 'digest:c:2026-03-02'])
    expect(world.logged).toEqual([{ level: 'error', message: 'a digest could not be sent' }])
    world.deps.store = { ...world.deps.store, delivery }
    await world.tickAt('2026-03-02T08:20:00.000Z')
    expect(keys()).toHaveLength(2)
    await world.tickAt('2026-03-02T08:31:00.000Z')
    expect(keys()).toHaveLength(3)
  })
})

describe('a process that ended', () => {
  const AT = '2026-03-02T08:00:00.000Z'
  const claim = (key: string) => world.store.chat.claimDelivery(TENANT, key, AT, '2026-03-02T08:02:00.000Z')
  const take = () => world.store.digests.takeDueDigests(AT, '2026-03-02T08:03:00.000Z', 40)
  const post = (key: string) => world.platform.messenger.post(TENANT, { kind: 'place', place: 'C1' }, plainReply('sent'), key)
  const KEY = 'digest:a:2026-03-02'
  const goOn = async () => {
    for (const at of ['08:00:10', '08:02:10', '08:03:10', '08:04:10', '08:05:10']) await world.tickAt(`2026-03-02T${at}.000Z`)
  }

  // Each is what stands in the database when it ends at that point.
  it.each<[string, () => Promise<unknown>]>([
    ['before it had taken anything on', async () => {}],
    ['after it had taken it on', () => take()],
    ['before it was sent', async () => [await take(), await claim(KEY)]],
    ['before it was written down that it was sent', async () => [await take(), await claim(KEY), await post(KEY)]],
    ['before the digest knew', async () => [await take(), await claim(KEY), await world.store.chat.markSent(TENANT, KEY, await post(KEY))]],
  ])('%s leaves a digest that is sent once', async (_, until) => {
    await world.add('a')
    world.now(AT)
    await until()
    await goOn()
    expect(keys()).toEqual([KEY])
    expect(await world.digest('a')).toMatchObject({ dealtWithUntil: AT, toldUntil: AT })
  })

  it('leaves one that did arrive alone, also where there is nothing to say any more', async () => {
    await world.add('a')
    world.now(AT)
    await take()
    await claim(KEY)
    await post(KEY)
    world.items = () => []
    await goOn()
    expect(keys()).toEqual([KEY])
    expect(await world.digest('a')).toMatchObject({ toldUntil: AT })
  })

  it.each<[string, () => Promise<unknown>]>([
    ['before its maker was told', async () => {}],
    ['while its maker was told', () => claim('digest-undeliverable:a:2026-03-02')],
    [
      'before it was written down that its maker was told',
      async () => [await claim('digest-undeliverable:a:2026-03-02'), await post('digest-undeliverable:a:2026-03-02')],
    ],
    [
      'before the digest was paused',
      async () => {
        await claim('digest-undeliverable:a:2026-03-02')
        await world.store.chat.markSent(TENANT, 'digest-undeliverable:a:2026-03-02', await post('digest-undeliverable:a:2026-03-02'))
      },
    ],
  ])('with an archived channel, %s, leaves one that is paused, and its maker told once', async (_, until) => {
    await world.add('a', { createdBy: 'U1', to: { kind: 'place', place: 'C1' } })
    // The notice is looked for where it was sent.
    world.platform.messenger.find = async (_tenant, _to, key) => world.platform.shown.find((each) => each.key === key)?.message
    world.now(AT)
    await take()
    await claim(KEY)
    await world.store.chat.giveUpDelivery(TENANT, KEY)
    await until()
    await goOn()
    expect(keys()).toEqual(['digest-undeliverable:a:2026-03-02'])
    expect(await world.digest('a')).toMatchObject({ paused: { why: 'undeliverable' } })
  })
})

describe('many at once', () => {
  it('are sent by several processes, each once, and none is left', async () => {
    const ids = Array.from({ length: 300 }, (_, i) => `d${i}`)
    for (const id of ids) await world.add(id, { to: { kind: 'place', place: `C-${id}` } })
    world.now('2026-03-02T08:00:00.000Z')
    await Promise.all([world.runner.tick(), world.another().tick(), world.another().tick(), world.runner.tick()])
    expect(keys().sort()).toEqual(ids.map((id) => `digest:${id}:2026-03-02`).sort())
  })

  it('are sent by few calls at a time, and those of one tenant do not keep another one’s waiting', async () => {
    await world.store.assessments.saveTeam('slack:T2', { id: 'payments', name: 'Payments', createdAt: '2026-03-02T00:00:00.000Z' })
    for (let i = 0; i < 200; i++) await world.add(`d${i}`)
    const only = await world.digest('d0')
    await world.store.digests.createDigest('slack:T2', { ...only, id: 'only' })
    const { messenger } = world.platform
    const { post } = messenger
    let [at, most] = [0, 0]
    messenger.post = async (...args) => {
      most = Math.max(most, ++at)
      await new Promise((resolve) => setTimeout(resolve, 1))
      at--
      return post(...args)
    }
    await world.tickAt('2026-03-02T08:00:00.000Z')
    expect(most).toBe(20)
    expect(keys()).toHaveLength(201)
    expect(keys().indexOf('digest:only:2026-03-02')).toBeLessThan(40)
  })

  it('are left to others by a process that is to stop, but for those that it has begun', async () => {
    for (let i = 0; i < 100; i++) await world.add(`d${i}`)
    world.now('2026-03-02T08:00:00.000Z')
    const { messenger } = world.platform
    const { post } = messenger
    let stopped: Promise<void> | undefined
    messenger.post = async (...args) => {
      stopped ??= world.runner.stop()
      return post(...args)
    }
    await world.runner.tick()
    await stopped
    expect(keys().length).toBeLessThanOrEqual(20)
    await world.runner.tick()
    expect(keys().length).toBeLessThanOrEqual(20)
    await world.another().tick()
    expect(keys()).toHaveLength(100)
    expect(new Set(keys()).size).toBe(100)
  })
})
