import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerRound, assessAlone, createTeam, startRound } from '../../chat/results/testing/assess.ts'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { isEmpty, itemOf } from './digest-content.ts'
import { digestText } from './digest-lines.ts'
import { plain } from './digest-text.ts'
import { AGREED, ORGANISATION_SETTING } from './organisation-items.ts'
import { createDigestWorld, type DigestWorld, daysBefore } from './testing/digest-world.ts'

const NOW = '2026-06-15T07:00:00.000Z'
const TEAMS = ['search', 'payments', 'Billing', 'team 10', 'team 9'] as const
let engine: TestEngine
let world: DigestWorld
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  world = await createDigestWorld(engine, { now: NOW })
  for (const id of TEAMS) await createTeam(world, id, ['U1', 'U2', 'U3'])
})
afterEach(() => world.close())

const daysAgo = async (days: number, what: () => Promise<unknown>) => {
  world.setNow(daysBefore(new Date(NOW), days))
  await what()
  world.setNow(NOW)
}
const agree = (...teams: string[]) => Promise.all(teams.map((id) => world.store.saveSetting(TENANT, 'team', id, ORGANISATION_SETTING, AGREED)))
const compose = (more = {}) => world.compose({ kind: 'organisation', teams: TEAMS, ...more })
const linesOf = (content: Awaited<ReturnType<typeof compose>>) => digestText(content).lines.map(({ parts }) => plain(parts))

describe('an organisation’s digest', () => {
  it('shows the teams that agreed by name, whoever stands higher, and names no other', async () => {
    for (const [i, id] of TEAMS.entries()) await daysAgo(30, () => assessAlone(world, id, 'U1', [1 + i]))
    await agree('team 10', 'search', 'team 9', 'Billing')
    const content = await compose()
    expect(content.teams.map(({ name }) => name)).toEqual(['Billing', 'search', 'team 9', 'team 10'])
    const alt = content.picture?.alt ?? ''
    expect(['Billing:', 'search:', 'team 9:', 'team 10:'].map((name) => alt.indexOf(name))).toEqual(
      [...['Billing:', 'search:', 'team 9:', 'team 10:'].map((name) => alt.indexOf(name))].sort((a, b) => a - b),
    )
    expect(linesOf(content)[1]).toBe('Shown: Billing, search, team 9, team 10, by name. 4 of 5 teams agreed to be shown.')
    expect(JSON.stringify([content.teams, content.items, linesOf(content)]) + alt).not.toContain('payments')
  })

  it('tells changes of all of them together only', async () => {
    await agree('search', 'payments', 'Billing', 'team 9')
    for (const id of ['search', 'payments', 'team 10']) await daysAgo(30, () => assessAlone(world, id, 'U1', [2]))
    await daysAgo(3, () => assessAlone(world, 'search', 'U1', [3, 3, 2, 1, 2]))
    await daysAgo(3, () => assessAlone(world, 'payments', 'U1', [2, 3]))
    await daysAgo(3, () => assessAlone(world, 'Billing', 'U1', [2]))
    await daysAgo(3, () => assessAlone(world, 'team 10', 'U1', [5]))
    const content = await compose()
    expect(itemOf(content, 'organisation')).toMatchObject({ up: 6, down: 1, firstAssessed: 1, without: [{ id: 'team 9' }] })
    expect(isEmpty(content)).toBe(false)
    expect(linesOf(content)[0]).toBe('Changed, all teams together: 6 sections up, 1 section down, 1 team assessed for the first time.')
    expect(digestText(content).lines).toHaveLength(3)
  })

  it('is empty where nothing moved', async () => {
    await agree('search', 'payments')
    for (const id of TEAMS) await daysAgo(30, () => assessAlone(world, id, 'U1', [2]))
    await daysAgo(3, () => assessAlone(world, 'team 9', 'U1', [5]))
    const content = await compose()
    expect(isEmpty(content)).toBe(true)
    expect(linesOf(content)[0]).toBe('Nothing has changed.')
  })

  it('keeps hidden what too few answered confidentially', async () => {
    await agree('search', 'payments')
    await daysAgo(30, () => assessAlone(world, 'payments', 'U1', [2]))
    await daysAgo(10, async () => {
      const round = await startRound(world, 'search', { confidential: true })
      for (const person of ['U1', 'U2']) await answerRound(world, round, person, [4])
      await world.assessments.rounds.close(TENANT, round.id, 'U1')
    })
    const content = await compose()
    expect(content.picture?.alt).toMatch(/search: Culture and organization hidden/)
    expect(content.picture?.alt).not.toMatch(/search: [^.]*\b4\b/)
  })

  it('is about the model by which most of them were assessed last, or the one that it names', async () => {
    await agree('search', 'payments', 'Billing')
    await daysAgo(30, () => assessAlone(world, 'search', 'U1', [2]))
    await daysAgo(20, () => assessAlone(world, 'payments', 'U1', [2]))
    await daysAgo(10, () => assessAlone(world, 'Billing', 'U1', [2], { model: 'cncf', extent: 'quick' }))
    expect((await compose()).model?.id).toBe('kmm')
    const named = await compose({ model: 'cncf' })
    expect([named.model?.id, itemOf(named, 'organisation')?.without.map(({ id }) => id)]).toEqual(['cncf', ['payments', 'search']])
  })

  it('without any team that agreed shows nothing', async () => {
    for (const id of TEAMS) await daysAgo(3, () => assessAlone(world, id, 'U1', [2]))
    const content = await compose()
    expect([content.teams, content.picture, isEmpty(content)]).toEqual([[], undefined, true])
    expect(linesOf(content)).toEqual([
      'Nothing has changed.',
      'No team that agreed to be shown here has results yet.',
      'This comes every Monday at 09:00 Berlin time.',
    ])
  })
})
