import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../exchange.ts'
import type { Reply } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { pressOf, TENANT } from '../testing/test-platform.ts'
import { CHANNEL, createWorld, type World } from './testing/world.ts'

let world: World
eachOverEngine(createWorld, (fresh) => {
  world = fresh
})

const begin = (words = 'kmm quick for Payments') => world.ada.assess(words)

describe('a step counts once', () => {
  it('when its event is delivered again, also by another process, and when showing it failed', async () => {
    await begin()
    const card = await world.ada.card()
    await world.ada.press('Level 2', { key: 'event-1', reply: card })
    await world.ada.press('Level 2', { key: 'event-1', reply: card })
    world.restart()
    await world.ada.press('Level 2', { key: 'event-1', reply: card })
    expect(await world.deps.database.assessments.answerHistory(TENANT, (await world.ada.run()).id)).toHaveLength(1)
    expect(await world.shown()).toMatch(/2 of 5/)
    expect(await world.shown()).not.toContain('moved on')
    expect(await world.shown()).not.toContain('recorded already')
  })

  it('when own words are delivered again: they are not taken twice', async () => {
    await begin()
    await world.ada.type('hm, we work well together', { key: 'event-1' })
    const { pending, version } = await world.ada.run()
    await world.ada.type('hm, we work well together', { key: 'event-1' })
    expect(await world.ada.run()).toMatchObject({ pending, version })
  })

  it('when somebody presses twice: the second press changes nothing and shows where it stands', async () => {
    await begin()
    const card = await world.ada.card()
    await Promise.all([world.ada.press('Level 2', { reply: card }), world.ada.press('Level 2', { reply: card })])
    expect(await world.values()).toEqual([{ kind: 'level', level: 2 }])
    await world.ada.press('Level 4', { reply: card })
    expect(await world.values()).toEqual([{ kind: 'level', level: 2 }])
    expect(await world.shown()).toContain('This has moved on since; here is where it stands now.')
    expect(await world.shown()).toContain('2 of 5')
  })

  it('is not shown before it is recorded, and not lost when it can’t be shown', async () => {
    await begin()
    await world.ada.press('Type an answer')
    world.deps.platform.failures.push(new DeliveryError('later', 'the platform is busy'))
    await expect(world.ada.submit({ text: '2' }, { key: 'event-1' })).rejects.toThrow(DeliveryError)
    expect(await world.values()).toEqual([{ kind: 'level', level: 2 }])
    expect(world.steps.at(-1)?.version).toBe(2)
    await world.ada.submit({ text: '2' }, { key: 'event-1' })
    expect(await world.values()).toHaveLength(1)
    expect(await world.shown()).toContain('2 of 5')
    expect(await world.shown()).not.toContain('moved on')
  })

  it('when the last answer is delivered again: it is no question to the bot', async () => {
    await begin('plural for Payments')
    for (const text of ['no', 'no']) await world.ada.type(text)
    let failing = true
    world.restart({
      afterStep: async () => {
        if (failing) throw new DeliveryError('later', 'the platform is busy')
      },
    })
    await expect(world.ada.type('no', { key: 'event-1' })).rejects.toThrow(DeliveryError)
    expect((await world.ada.run()).state).toBe('finished')
    failing = false
    expect(await world.ada.type('no', { key: 'event-1' })).toBe(true)
    expect(await world.shown()).toContain('That was the last question.')
    expect(await world.ada.cards()).toHaveLength(1)
    expect(await world.ada.type('no', { key: 'event-2' })).toBe(false)
  })

  it('is told to who wants to know, after each', async () => {
    await begin()
    await world.ada.press('Level 2')
    await world.ada.type('3')
    expect(world.steps.map(({ version }) => version)).toEqual([1, 2, 3])
  })
})

describe('an older form', () => {
  it('does not give its words to another question', async () => {
    await begin()
    await world.ada.press('Type an answer')
    const form = world.ada.form()
    await world.ada.press('Level 2')
    await world.ada.submit({ text: 'we deploy by hand' }, { form })
    expect((await world.ada.run()).pending).toBeUndefined()
    await world.ada.submit({ text: '4' }, { form })
    await world.ada.press('Back')
    await world.ada.submit({ text: 'we deploy by hand' }, { form })
    expect((await world.ada.run()).pending).toBeUndefined()
    expect(await world.values()).toEqual([{ kind: 'level', level: 2 }])
    expect(await world.shown()).toContain('This has moved on since')
  })

  it('is not opened from an older card', async () => {
    await begin()
    const card = await world.ada.card()
    await world.ada.press('Level 2')
    for (const label of ['Type an answer', 'Not applicable']) await world.ada.press(label, { reply: card })
    expect(world.deps.platform.forms).toEqual([])
    expect((await world.ada.run()).pending).toBeUndefined()
    expect(await world.shown()).toContain('This has moved on since')
  })
})

describe('where the card stands', () => {
  it('is one, although an older message that was left over is pressed', async () => {
    await begin()
    const card = await world.ada.cardRef()
    const leftOver = { place: world.ada.direct.id, id: 'left-over' }
    world.deps.platform.messages.set(leftOver.id, await world.ada.card())
    await world.ada.press('Level 2', { on: leftOver })
    expect(await world.ada.cardRef()).toEqual(card)
    expect(await world.ada.cards()).toHaveLength(1)
    expect(await world.shown()).toContain('2 of 5')
  })

  it('is the message that was pressed, where nobody has written down which it is', async () => {
    await begin()
    const { team } = await world.ada.run()
    const who = { tenant: TENANT, person: 'U1', surface: 'slack' } as const
    const { run } = await world.deps.assessments.conversation.start(who, { team, scope: { model: 'plural', extent: 'quick' } })
    const on = { place: world.ada.direct.id, id: 'not-written-down' }
    await world.ada.send({ on: 'assess.pause', with: { run: run.id, version: 1, question: run.current ?? '' } }, { on })
    expect(await world.ada.run()).toMatchObject({ id: run.id, state: 'paused' })
    expect(await world.ada.cardRef()).toEqual(on)
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('ends where the run does, although an earlier step takes longer to be shown', async () => {
    await begin()
    const { on, with: args = {} } = pressOf(await world.ada.card(), 'Level 2')
    const pressed = await world.ada.cardRef()
    const quick = world.deps.platform.exchange({ place: world.ada.direct, pressed })
    const replace = async (reply: Reply) => {
      await setTimeout(50)
      await quick.replace(reply)
    }
    await Promise.all([world.assessing().presses[on]?.({ ...quick, replace }, args), world.ada.type('pause')])
    expect(await world.shown()).toContain('Paused at question 2 of 5')
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('is a new message when somebody deleted it', async () => {
    await begin()
    await world.ada.press('Type an answer')
    world.deps.platform.messages.delete((await world.ada.cardRef()).id)
    await world.ada.submit({ text: '3' })
    expect(await world.shown()).toContain('2 of 5')
  })

  it('goes on after a restart of the process', async () => {
    await begin()
    await world.ada.press('Level 2')
    world.restart()
    await world.ada.press('Level 3')
    world.restart()
    expect(await world.ada.type('4')).toBe(true)
    expect(await world.values()).toHaveLength(3)
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('stays one although the former can’t be removed', async () => {
    await begin()
    const before = await world.ada.cardRef()
    world.deps.platform.failures.push(new DeliveryError('later', 'the platform is busy'))
    await world.ada.type('3')
    expect(await world.ada.cardRef()).not.toEqual(before)
    expect(world.deps.logged.at(-1)).toMatchObject({ level: 'warn' })
  })
})

describe('what is typed', () => {
  it('is for the run only while that is fresh, or in its thread, and never in a channel', async () => {
    await begin()
    expect(await world.ada.type('what does level 3 of KMM say about security?')).toBe(false)
    expect(await world.ada.type('3', { place: CHANNEL })).toBe(false)
    expect(await world.ada.type('3', { place: { ...CHANNEL, thread: 'another' } })).toBe(false)
    const { id } = await world.ada.cardRef()
    world.deps.setNow('2026-03-02T10:30:00.000Z')
    expect(await world.ada.type('3')).toBe(false)
    expect(await world.ada.type('3', { place: { ...world.ada.direct, thread: id } })).toBe(true)
    expect(await world.values()).toEqual([{ kind: 'level', level: 3 }])
    expect(await world.ada.type('4')).toBe(true)
  })

  it('is not for a run that is finished, given up or somebody else’s', async () => {
    expect(await world.ada.type('resume')).toBe(false)
    await begin('plural for Payments')
    const bob = world.person('U2')
    expect(await bob.type('yes', { place: { ...world.ada.direct } })).toBe(false)
    for (let i = 0; i < 3; i++) await world.ada.type('not sure')
    expect((await world.ada.run()).state).toBe('finished')
    expect(await world.ada.type('2')).toBe(false)
    expect(await world.ada.type('2', { place: { ...world.ada.direct, thread: (await world.ada.cardRef()).id } })).toBe(false)
  })

  it('is refused when it is far too long', async () => {
    await begin()
    await expect(world.ada.type('we do it '.repeat(1_000))).rejects.toThrow('at most 3000 characters')
  })
})
