import { describe, expect, it } from 'vitest'
import { eachOverEngine } from '../testing/over-engine.ts'
import { pressOf } from '../testing/test-platform.ts'
import { createWorld, type World } from './testing/world.ts'

let world: World
eachOverEngine(createWorld, (fresh) => {
  world = fresh
})

const begin = (words = 'kmm quick for Payments') => world.ada.assess(words)

describe('somebody else', () => {
  it.each(['Level 2', 'Not sure', 'Not applicable', 'Pause', 'Type an answer'])('can’t press %s', async (label) => {
    await begin()
    const { on, with: args = {} } = pressOf(await world.ada.card(), label)
    const { version } = await world.ada.run()
    await expect(world.assessing().presses[on]?.(world.deps.platform.exchange({ person: 'U2' }), args)).rejects.toThrow('There is no such assessment of yours')
    expect(await world.ada.run()).toMatchObject({ version })
    expect(world.deps.platform.forms).toEqual([])
  })

  it('can’t hand in, change or open it', async () => {
    await begin('plural for Payments')
    await world.ada.type('yes')
    const { id, version, current } = await world.ada.run()
    const bob = world.deps.platform.exchange({ person: 'U2' })
    await expect(world.assessing().openRun(bob, id)).rejects.toThrow('There is no such assessment of yours')
    const question = (await world.answers())[0]?.question ?? ''
    await expect(world.assessing().presses['assess.change']?.(bob, { run: id, question })).rejects.toThrow('There is no such answer of yours')
    const submission = { on: 'assess.type', with: { run: id, version, question: current ?? '' }, values: { text: '2' } }
    await expect(world.assessing().forms['assess.type']?.submit(bob, submission)).rejects.toThrow('There is no such assessment of yours')
    const change = { on: 'assess.change', with: { run: id, question }, values: { answer: 'not-sure' } }
    expect(await world.assessing().forms['assess.change']?.check?.(bob.who, change)).toBeUndefined()
    await expect(world.assessing().forms['assess.change']?.submit(bob, change)).rejects.toThrow('There is no such assessment of yours')
    expect(await world.ada.run()).toMatchObject({ version })
  })
})

describe('what is forged', () => {
  it.each([
    {},
    { run: 7 },
    { run: 'x', version: 'new' },
    { run: 'x', version: 1.5 },
    { run: '', version: 1 },
    { run: 'x'.repeat(300), version: 1 },
  ])('is from an older message: %j', async (args) => {
    await begin()
    const names = Object.keys(world.assessing().presses).filter((name) => !['assess.choose', 'assess.go-on', 'assess.change'].includes(name))
    expect(names).toHaveLength(13)
    for (const name of names)
      await expect(world.assessing().presses[name]?.(world.deps.platform.exchange(), args as never)).rejects.toThrow('This button is from an older message')
  })

  it('is no answer to the question', async () => {
    await begin()
    const at = { run: (await world.ada.run()).id, version: 1, question: 'culture' }
    await expect(world.ada.send({ on: 'assess.answer', with: { ...at, level: 9 } })).rejects.toThrow('That is no answer')
    await expect(world.ada.send({ on: 'assess.answer', with: { ...at, state: 'partly' } })).rejects.toThrow('That is no answer')
    await expect(world.ada.send({ on: 'assess.between', with: { ...at, lower: 5 } })).rejects.toThrow('That is no answer')
    await world.ada.send({ on: 'assess.answer', with: { ...at, question: 'no-such', level: 1 } })
    expect(await world.answers()).toEqual([])
    expect(await world.shown()).toContain('this question is gone')
  })

  it('chooses nothing that isn’t there', async () => {
    await world.ada.assess('')
    expect(await world.ada.submit({ what: 'nothing quick', name: 'Payments' })).toEqual({ what: expect.any(String) })
    expect(await world.ada.submit({ what: 'kmm quick' })).toEqual({ name: 'Name the team.' })
    expect(await world.ada.submit({ what: 'kmm quick', name: 'x'.repeat(81) })).toEqual({ name: expect.stringContaining('80') })
    const form = { ...world.ada.form(), submit: { on: 'assess.start', with: { team: 'no-such' }, label: 'Start' } }
    await expect(world.ada.submit({ what: 'kmm quick' }, { form })).rejects.toThrow('no longer there')
  })
})
