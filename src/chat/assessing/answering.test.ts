import { describe, expect, it } from 'vitest'
import type { Field } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { pressOf } from '../testing/test-platform.ts'
import { createWorld, GITOPS, type World } from './testing/world.ts'

let world: World
eachOverEngine(createWorld, (fresh) => {
  world = fresh
})

const begin = (words = 'kmm quick for Payments') => world.ada.assess(words)

describe('every kind of answer', () => {
  it('between two levels, not sure, and not applicable with a reason', async () => {
    await begin()
    await world.ada.press('Between 2 and 3')
    await world.ada.press('Not sure')
    await world.ada.press('Not applicable')
    expect(await world.shown()).toContain('Why does it not apply to you?')
    await world.ada.press('Say why')
    expect(await world.ada.submit({ reason: ' ' })).toEqual({ reason: expect.any(String) })
    expect(await world.ada.submit({ reason: 'we run no clusters of our own' })).toBeUndefined()
    expect(await world.values()).toEqual([
      { kind: 'between', lower: 2 },
      { kind: 'not-sure' },
      { kind: 'not-applicable', reason: 'we run no clusters of our own' },
    ])
  })

  it('work that others do counts, so the question stays', async () => {
    await begin()
    await world.ada.press('Not applicable')
    await world.ada.press('Say why')
    await world.ada.submit({ reason: 'the platform team does that' })
    expect(await world.shown()).toContain('What another team does for you is still part of how you work')
    expect(await world.answers()).toEqual([])
  })

  it('typed in a form, with a note as evidence that also reaches a confirmed proposal', async () => {
    await begin()
    await world.ada.press('Type an answer')
    expect(await world.ada.submit({ text: '  ' })).toEqual({ text: expect.any(String) })
    await world.ada.submit({ text: '3', note: 'see the wiki' })
    expect((await world.answers())[0]).toMatchObject({ value: { kind: 'level', level: 3 }, note: 'see the wiki' })
    expect(pressOf(await world.ada.card(), 'Type an answer').with).not.toHaveProperty('note')
    await world.ada.press('Level 2')
    await world.ada.press('Type an answer')
    await world.ada.submit({ text: GITOPS, note: 'the deploy repository' })
    expect((await world.ada.run()).pending?.kind).toBe('proposal')
    expect(await world.answers()).toHaveLength(2)
    await world.ada.press('Yes, that is us')
    expect((await world.answers())[2]).toMatchObject({ note: 'the deploy repository', said: GITOPS })
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('a proposal can be turned down, or another level be meant', async () => {
    await begin()
    for (const text of ['2', '2']) await world.ada.type(text)
    await world.ada.type(GITOPS)
    await world.ada.press('No')
    expect(await world.shown()).toContain('Which of these holds for you?')
    await world.ada.type(GITOPS)
    await world.ada.press(/^Level 1:/)
    expect((await world.answers())[2]?.value).toEqual({ kind: 'level', level: 1 })
  })

  it('what is unclear is asked about once, and the note is not lost over it', async () => {
    await begin()
    await world.ada.press('Type an answer')
    await world.ada.submit({ text: 'hm, we work well together', note: 'ask Bob' })
    expect((await world.ada.run()).pending?.kind).toBe('clarification')
    await world.ada.press('Type an answer')
    expect(world.ada.form().fields.find(({ id }) => id === 'note')).toMatchObject({ initial: 'ask Bob' })
    await world.ada.submit({ text: 'it depends', note: 'ask Bob' })
    expect((await world.ada.run()).pending?.kind).toBe('proposal')
    await world.ada.press('Yes, that is us')
    expect((await world.answers())[0]).toMatchObject({ note: 'ask Bob', said: 'hm, we work well together. it depends' })
  })

  it('each practice of a stage by itself, none left open', async () => {
    await begin('indellient for Payments')
    await world.ada.press('Answer each')
    const fields = world.ada.form().fields.filter(({ kind }) => kind === 'choice')
    const [first, ...others] = fields as [Field, ...Field[]]
    expect(fields.length).toBeGreaterThan(1)
    for (const field of fields) expect(await world.shown()).toContain(field.hint)
    expect(await world.ada.submit({ [first.id]: 'partly' })).toEqual(Object.fromEntries(others.map(({ id }) => [id, 'Choose one.'])))
    await world.ada.submit({ ...Object.fromEntries(others.map(({ id }) => [id, 'in-place'])), [first.id]: 'partly', note: 'half of them' })
    expect((await world.answers())[0]).toMatchObject({ note: 'half of them', value: { practices: { [first.id]: 'partly' } } })
  })

  it('a stage without topics is in place, partly or not yet', async () => {
    await begin('fairwinds full for Payments')
    for (const label of ['In place', 'Partly', 'Not yet']) await world.ada.press(label)
    expect((await world.values()).map((value) => value.kind === 'practices' && Object.values(value.practices))).toEqual([['in-place'], ['partly'], ['not-yet']])
  })
})
