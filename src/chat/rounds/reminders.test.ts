import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../exchange.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createTeamOfFive, type TeamOfFive } from './testing/team-of-five.ts'

let five: TeamOfFive
// A Monday, seven in the morning in Berlin, where Ada (U1) and Dan (U4) are. Bob (U2) is in New York, Cleo (U3) in Kolkata, Eve (U5) nobody knows where.
eachOverEngine(
  (engine) => createTeamOfFive(engine, { now: '2026-03-02T06:00:00.000Z' }),
  (fresh) => {
    five = fresh
  },
)

/** Whom it reminds. */
const tickAt = async (now: string, part = five.part) => {
  const before = five.reminded().length
  five.deps.setNow(now)
  await part.tick()
  return five.reminded().slice(before).toSorted()
}

describe('reminders', () => {
  it('come in the working hours of each place, once a day, to who has not finished', async () => {
    const round = await five.start({ day: '2026-03-10' })
    await five.answer(round, 'U4', 2)
    // At nine in Berlin the round is two hours old; half past one at night in New York.
    expect(await tickAt('2026-03-02T08:00:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-02T09:59:00.000Z')).toEqual([])
    // Four hours on: Berlin and, without a zone, where the round was started; Kolkata at half past three.
    expect(await tickAt('2026-03-02T10:00:00.000Z')).toEqual(['U1', 'U3', 'U5'])
    expect(await tickAt('2026-03-02T13:59:00.000Z')).toEqual([])
    // Nine in New York.
    expect(await tickAt('2026-03-02T14:00:00.000Z')).toEqual(['U2'])
    expect(await tickAt('2026-03-02T15:00:00.000Z')).toEqual([])
    // The next day: nine in Kolkata, not a minute before.
    expect(await tickAt('2026-03-03T03:29:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-03T03:30:00.000Z')).toEqual(['U3'])
    expect(await tickAt('2026-03-03T07:59:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-03T08:00:00.000Z')).toEqual(['U1', 'U5'])
    // Five in the afternoon in New York is too late.
    expect(await tickAt('2026-03-03T22:00:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-04T21:59:00.000Z')).toEqual(['U2'])
    // Six o'clock in Berlin, half past ten at night in Kolkata, noon in New York.
    expect(await tickAt('2026-03-05T17:00:00.000Z')).toEqual(['U2'])
  })

  it('leave the weekend alone, and follow the clocks when they change on it', async () => {
    five.deps.setNow('2026-03-27T06:00:00.000Z')
    await five.start({ day: '2026-03-31', people: ['U1', 'U4'] })
    expect(await tickAt('2026-03-27T10:00:00.000Z')).toEqual(['U1', 'U4'])
    expect(await tickAt('2026-03-28T10:00:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-29T10:00:00.000Z')).toEqual([])
    // In summer nine in Berlin is seven in UTC.
    expect(await tickAt('2026-03-30T06:59:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-30T07:00:00.000Z')).toEqual(['U1', 'U4'])
  })

  it('say what is missing and until when, and on the last day that it is the last', async () => {
    const round = await five.start({ day: '2026-03-03', people: ['U1', 'U4'], privacy: 'named' })
    await five.answer(round, 'U4', 2, { only: 1 })
    await tickAt('2026-03-02T10:00:00.000Z')
    const [first, second] = five.deps.platform.shown.filter(({ key }) => key?.startsWith('reminder:'))
    const text = textOf(first?.reply ?? { summary: '', blocks: [] })
    expect(text).toContain('Spring is open until 2026-03-03T16:00:00.000Z. You have not answered yet.')
    expect(text).toContain('Named: nobody sees an answer until the round has closed')
    expect(textOf(second?.reply ?? { summary: '', blocks: [] })).toContain('You have begun; the last answers are missing.')
    expect(await tickAt('2026-03-03T09:00:00.000Z')).toEqual(['U1', 'U4'])
    expect(textOf(five.deps.platform.last())).toContain('Spring closes today: ')
    expect(await tickAt('2026-03-03T15:30:00.000Z')).toEqual([])
    expect(pressOf(five.deps.platform.last(), 'Answer')).toEqual({ on: 'round.answer', with: { round: round.id } })
  })

  it('are muted by a button, for that person alone, and come back', async () => {
    await five.start({ day: '2026-03-10' })
    await tickAt('2026-03-02T10:00:00.000Z')
    await five.press(pressOf(five.deps.platform.last(), 'Mute reminders'), 'U3', 'D3')
    expect(textOf(five.deps.platform.last())).toContain('You are no longer reminded, neither of rounds nor of your actions.')
    expect(await tickAt('2026-03-03T10:00:00.000Z')).toEqual(['U1', 'U4', 'U5'])
    await five.deps.store.saveSetting(TENANT, 'person', 'U3', 'reminders', 'on')
    expect(await tickAt('2026-03-04T10:00:00.000Z')).toEqual(['U1', 'U3', 'U4', 'U5'])
  })

  it('end with the round', async () => {
    const round = await five.start({ day: '2026-03-03', time: '10:00' })
    expect(await tickAt('2026-03-03T09:00:01.000Z')).toEqual([])
    expect(await five.deps.assessments.store.assessments.round(TENANT, round.id)).toMatchObject({ state: 'closed', closedBy: 'deadline' })
  })

  it('reach all others when one can’t be reached, and later who could not be reached just then', async () => {
    await five.start({ day: '2026-03-10' })
    five.deps.platform.failures.push(new DeliveryError('gone', 'left'), new DeliveryError('later', 'busy'))
    expect(await tickAt('2026-03-02T10:00:00.000Z')).toEqual(['U4', 'U5'])
    expect(await tickAt('2026-03-02T10:00:20.000Z')).toEqual([])
    expect(await tickAt('2026-03-02T10:01:00.000Z')).toEqual(['U3'])
    // Who has left is tried again the next day only.
    expect(await tickAt('2026-03-02T11:00:00.000Z')).toEqual([])
    expect(five.deps.logged.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('come once from two processes, also from one that ended before it could write down that it sent one', async () => {
    const round = await five.start({ day: '2026-03-10' })
    five.deps.setNow('2026-03-02T10:00:00.000Z')
    const { store, messenger } = five.deps
    const key = `reminder:${round.id}:U4:2026-03-02`
    await store.claimDelivery(TENANT, key, '2026-03-02T10:00:00.000Z', '2026-03-02T10:02:00.000Z')
    await messenger(TENANT).post(TENANT, { kind: 'person', person: 'U4' }, { summary: 'It came through.', blocks: [] }, key)
    const other = five.another()
    await Promise.all([five.part.tick(), other.tick(), five.part.tick()])
    await tickAt('2026-03-02T10:03:00.000Z', other)
    await tickAt('2026-03-02T10:04:00.000Z')
    expect(five.reminded().toSorted()).toEqual(['U1', 'U3', 'U4', 'U5'])
    expect((await store.delivery(TENANT, key))?.state).toBe('sent')
  })

  it('leave out who answers while the others are reminded, and a second tick leaves them to the first', async () => {
    const round = await five.start({ day: '2026-03-10' })
    five.deps.setNow('2026-03-02T10:00:00.000Z')
    const { messenger } = five.deps.platform
    const { post } = messenger
    const first = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    messenger.post = async (...args) => {
      first.resolve()
      await answered.promise
      return post(...args)
    }
    const reminding = five.part.tick()
    await first.promise
    await five.part.tick()
    expect(five.reminded()).toEqual([])
    await five.answer(round, 'U4', 2)
    answered.resolve()
    await reminding
    expect(five.reminded()).toEqual(['U1', 'U3', 'U5'])
  })

  it('reach five hundred people within seconds', async () => {
    const people = Array.from({ length: 500 }, (_, i) => `P${i}`)
    for (const id of people) five.deps.platform.people.set(id, { id, name: `Person ${id}`, timezone: 'Europe/Berlin', isAdmin: false, isBot: false })
    await five.start({ day: '2026-03-10', people })
    const began = performance.now()
    expect(await tickAt('2026-03-02T10:00:00.000Z')).toHaveLength(500)
    expect(await tickAt('2026-03-02T10:01:00.000Z')).toEqual([])
    expect(performance.now() - began).toBeLessThan(20_000)
  }, 60_000)

  it('can be asked for, within the same bounds', async () => {
    const round = await five.start({ day: '2026-03-10' })
    five.deps.setNow('2026-03-02T08:30:00.000Z')
    await five.press(pressOf(await five.card(round), 'Remind now'), 'U1')
    expect(five.reminded().toSorted()).toEqual(['U1', 'U3', 'U4', 'U5'])
    expect(textOf(five.deps.platform.last())).toContain('4 people were reminded.')
    await five.press(pressOf(await five.card(round), 'Remind now'), 'U9')
    expect(textOf(five.deps.platform.last())).toContain('Nobody could be reminded just now.')
    expect(await tickAt('2026-03-02T10:00:00.000Z')).toEqual([])
  })
})
