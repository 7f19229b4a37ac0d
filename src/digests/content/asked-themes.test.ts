import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTeam } from '../../chat/results/testing/assess.ts'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { itemOf } from './digest-content.ts'
import { digestText } from './digest-lines.ts'
import { plain } from './digest-text.ts'
import { createDigestWorld, type DigestWorld, daysBefore, TEAM } from './testing/digest-world.ts'

const NOW = '2026-06-15T07:00:00.000Z'
const SECURITY = 'What does the KMM expect of security at level 2?'
const BEYOND = ['What is the weather in Paris tomorrow?', 'Please recommend a good pizza recipe']
let engine: TestEngine
let world: DigestWorld
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  world = await createDigestWorld(engine, { now: NOW })
  await createTeam(world, TEAM)
})
afterEach(() => world.close())

let ids = 0
/** As the part of the bot that asks keeps it. */
const ask = async (person: string, question: string, days = 3) => {
  const answer = await engine.assistant.ask({ question })
  const at = daysBefore(new Date(NOW), days)
  await world.store.saveAsked(TENANT, { id: `asked-${++ids}`, person, place: 'C1', thread: `t${ids}`, at, question, outcome: answer.outcome, answer })
  return answer
}
const asked = async (period = {}) => itemOf(await world.compose({ kind: 'monthly' }, { period }), 'asked')
const people = (count: number) => Array.from({ length: count }, (_, i) => `P${i}`)

describe('what people asked', () => {
  it('is told from five different people on, as the section that was cited', async () => {
    for (const person of people(4)) await ask(person, SECURITY)
    expect((await ask('P0', SECURITY)).outcome).toBe('answered')
    await ask('P1', 'What about security at level 3 of the KMM?')
    expect(await asked()).toBeUndefined()
    await ask('P4', SECURITY)
    expect(await asked()).toEqual({ kind: 'asked', answered: [{ title: 'Security and compliance (KMM)', askers: 5 }], declined: [] })
  })

  it('has no names and no words of anybody, in data or in words', async () => {
    for (const person of people(6)) await ask(person, SECURITY)
    for (const person of people(6)) await ask(person, BEYOND[0] as string)
    const content = await world.compose({ kind: 'monthly' })
    const line = digestText(content).lines.find(({ about }) => about === 'asked')
    expect(plain(line?.parts ?? [])).toMatch(/^Asked here: Security and compliance \(KMM\), 6 people; not answered, by the nearest topic: .+, 6 people\.$/)
    expect(JSON.stringify([itemOf(content, 'asked'), line])).not.toMatch(/P\d|weather|Paris|expect of/)
  })

  it('is that of the period alone', async () => {
    for (const person of people(4)) await ask(person, SECURITY)
    await ask('P4', SECURITY, 8)
    expect(await asked()).toBeUndefined()
    expect(await asked({ from: daysBefore(new Date(NOW), 9) })).toBeDefined()
    await ask('P4', SECURITY, 0.5)
    expect(await asked({ to: daysBefore(new Date(NOW), 1) })).toBeUndefined()
  })

  it('is not changed by somebody who asks again and again, or in another tenant', async () => {
    for (let i = 0; i < 9; i++) await ask('P0', SECURITY)
    const answer = await engine.assistant.ask({ question: SECURITY })
    for (const person of people(9)) {
      const kept = {
        id: `other-${person}`,
        person,
        place: 'C',
        thread: 't',
        at: daysBefore(new Date(NOW), 2),
        question: SECURITY,
        outcome: answer.outcome,
        answer,
      }
      await world.store.saveAsked('slack:T2', kept)
    }
    expect(await asked()).toBeUndefined()
  })

  it('comes with a month and not with a week', async () => {
    for (const person of people(6)) await ask(person, SECURITY)
    expect(itemOf(await world.compose(), 'asked')).toBeUndefined()
  })
})

describe('what was declined', () => {
  it('is put together where too few share a topic, and told from five people on', async () => {
    for (const [i, person] of people(4).entries()) await ask(person, BEYOND[i % 2] as string)
    expect(await asked()).toBeUndefined()
    const { outcome } = await ask('P9', BEYOND[1] as string)
    expect(outcome).toBe('declined')
    const themes = (await asked())?.declined ?? []
    expect(themes).toHaveLength(1)
    expect(themes[0]?.askers).toBe(5)
  })
})
