import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isReassessment } from '../../assessments/reassessment-id.ts'
import { answerRound, assessAlone, createTeam, startRound } from '../../chat/results/testing/assess.ts'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { itemOf } from './digest-content.ts'
import { levelChoices, type ReassessRequest, reassess } from './reassess.ts'
import { createDigestWorld, type DigestWorld, daysBefore, TEAM } from './testing/digest-world.ts'

const NOW = '2026-06-15T07:00:00.000Z'
let engine: TestEngine
let world: DigestWorld
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  world = await createDigestWorld(engine, { now: daysBefore(new Date(NOW), 120) })
  await createTeam(world, TEAM, ['U1', 'U2', 'U3'])
  await assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2])
  world.setNow(NOW)
})
afterEach(() => world.close())

let keys = 0
const press = (level: number, more: Partial<ReassessRequest> = {}) =>
  reassess(
    {
      tenant: TENANT,
      person: 'U1',
      team: TEAM,
      model: 'kmm',
      section: 'security',
      level,
      askedIn: 'digest-1/2026-06-15',
      key: `press-${++keys}`,
      surface: 'slack',
      ...more,
    },
    { ...world, store: world.digestDeps.store },
  )
const results = async (model = 'kmm') => (await world.assessments.results.results(TENANT, TEAM, { model })).models[0]
const levels = async (model = 'kmm') => (await results(model))?.sections.map(({ level }) => level)
const again = async () => (await world.digestDeps.store.finishedRuns(TENANT, TEAM)).filter(isReassessment)

describe('a section answered again', () => {
  it('has its new level at once, and the others stay as they were', async () => {
    expect(await press(3)).toMatchObject({ label: 'Security and compliance', levelWord: 'Level', before: 1, now: 3, repeated: false })
    expect(await levels()).toEqual([2, 3, 4, 3, 2])
    expect((await results())?.stale).toEqual(['culture', 'architecture', 'automation', 'scalability'])
  })

  it('keeps the former level in the history, so that the next digest tells what changed', async () => {
    await press(3)
    expect((await results())?.sections[3]).toMatchObject({ level: 3, before: { level: 1 }, change: 'up' })
    world.setNow('2026-06-21T07:00:00.000Z')
    expect(itemOf(await world.compose(), 'changed')?.sections).toMatchObject([{ section: 'security', before: 1, now: 3, direction: 'up' }])
  })

  it('is fresh also where nothing is different', async () => {
    expect(await press(1)).toMatchObject({ before: 1, now: 1 })
    expect((await results())?.stale).not.toContain('security')
    expect(itemOf(await world.compose(), 'stale-question')?.section).toBe('culture')
  })

  it('leaves the mean over time as it was', async () => {
    const before = (await results())?.trend.mean
    await press(5)
    expect((await results())?.trend.mean).toEqual(before)
    expect(before?.points).toHaveLength(1)
  })

  it('counts once when the press is delivered again, also at the same moment', async () => {
    await Promise.all(Array.from({ length: 5 }, () => press(3, { key: 'same' })))
    expect(await press(3, { key: 'same' })).toMatchObject({ repeated: true, now: 3 })
    const [run, ...others] = await again()
    expect(others).toEqual([])
    expect(await world.digestDeps.store.answerHistory(TENANT, run?.id ?? '')).toHaveLength(1)
  })

  it('takes another press on the same day as a change of mind, and on another day as a new answer', async () => {
    await press(3)
    expect(await press(4)).toMatchObject({ before: 3, now: 4 })
    expect(await press(3)).toMatchObject({ now: 3 })
    expect(await again()).toHaveLength(1)
    world.setNow('2026-06-16T07:00:00.000Z')
    await press(2)
    expect(await again()).toHaveLength(2)
    expect(await levels()).toEqual([2, 3, 4, 2, 2])
  })

  it('is each person’s own: the last one who looked counts', async () => {
    await press(3)
    world.setNow('2026-06-15T08:00:00.000Z')
    expect(await press(5, { person: 'U2' })).toMatchObject({ before: 3, now: 5 })
    expect(await again()).toHaveLength(2)
  })

  it('goes on from what a round said together', async () => {
    const round = await startRound(world, TEAM)
    for (const person of ['U1', 'U2', 'U3']) await answerRound(world, round, person, [4])
    world.setNow('2026-06-16T07:00:00.000Z')
    await press(2)
    expect(await levels()).toEqual([4, 4, 4, 2, 4])
  })

  it('is recorded also where what was asked last no longer asks about it', async () => {
    const store = world.digestDeps.store
    const [run] = await store.finishedRuns(TENANT, TEAM)
    const at = world.now().toISOString()
    const moved = { ...run, id: 'moved', scope: { model: 'cncf', extent: 'quick' }, finishedAt: at } as const
    await store.createRun(TENANT, moved as never)
    const answer = {
      run: 'moved',
      question: 'people/culture',
      value: { kind: 'level', level: 2 },
      seen: [],
      modelVersion: '1',
      answeredAt: at,
      surface: 'slack',
    } as const
    await store.recordAnswer(TENANT, answer, { key: 'k', version: moved.version ?? 1, change: { state: 'finished', finishedAt: at } })
    world.setNow(daysBefore(new Date(NOW), -1))
    expect(await press(4, { model: 'cncf', section: 'people/culture' })).toMatchObject({ before: 2, now: 4 })
    expect((await again())[0]).toMatchObject({ scope: { model: 'cncf', extent: 'full' }, state: 'finished' })
  })

  it('does not push an older assessment out, however often', async () => {
    for (let day = 0; day < 30; day++) {
      world.setNow(daysBefore(new Date(NOW), -day))
      await press(1 + (day % 5), { person: day % 2 === 0 ? 'U1' : 'U2' })
    }
    expect(await levels()).toEqual([2, 3, 4, 5, 2])
    expect(itemOf(await world.compose(), 'stale-question')).toMatchObject({ section: 'culture', level: 2, others: 3 })
  })
})

describe('a ladder', () => {
  const ladder = { model: 'fairwinds', section: 'phases' }

  it('is placed by one press on the stage that holds with all below, or on none', async () => {
    const choices = levelChoices(engine.corpus.model('fairwinds') as never, 'phases', engine.corpus)
    expect(choices.map(({ level, label }) => `${level} ${label}`).slice(0, 3)).toEqual(['0 No phase yet', '1 Phase 1: Prepare', '2 Phase 2: Transform'])
    for (const { level } of choices) {
      world.setNow(new Date(world.now().getTime() + 60_000).toISOString())
      expect(await press(level, ladder), `phase ${level}`).toMatchObject({ now: level })
      expect(await levels('fairwinds')).toEqual([level])
    }
    expect(await levels()).toEqual([2, 3, 4, 1, 2])
  })

  it('of checklists is not, since one press says nothing of them', async () => {
    const staged = engine.corpus.models.filter(({ shape, id }) => shape === 'staged' && id !== 'fairwinds')
    expect(staged.length).toBeGreaterThan(0)
    for (const model of staged) {
      const section = model.sections.find((each) => each.levels.length > 1)?.id ?? ''
      expect(levelChoices(model, section, engine.corpus)).toEqual([])
      await expect(press(2, { model: model.id, section })).rejects.toThrow('start an assessment instead')
    }
  })
})

describe('what no longer fits', () => {
  it.each([
    [{ team: 'gone' }, 'The team is no longer there, so nothing was recorded.'],
    [{ model: 'gone' }, 'The model has changed since this was asked'],
    [{ section: 'gone' }, 'The model has changed since this was asked'],
    [{ level: 6 }, 'The model has changed since this was asked'],
    [{ level: 1.5 }, 'The model has changed since this was asked'],
  ])('is said, and nothing is recorded: %j', async (more, message) => {
    await expect(press(2, more)).rejects.toThrow(message)
    expect(await again()).toEqual([])
  })
})
