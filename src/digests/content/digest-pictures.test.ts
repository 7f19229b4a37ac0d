import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { assessAlone, createTeam } from '../../chat/results/testing/assess.ts'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { AGREED, ORGANISATION_SETTING } from './organisation-items.ts'
import { reassess } from './reassess.ts'
import { createDigestWorld, type DigestWorld, daysBefore, TEAM } from './testing/digest-world.ts'
import { difference, differenceFromKept } from './testing/kept-pictures.ts'

const NOW = '2026-06-15T07:00:00.000Z'
/** Of the pixels. A mark one level further is more. */
const TOLERANCE = 0.0005
let engine: TestEngine
let world: DigestWorld
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  world = await createDigestWorld(engine, { now: NOW })
  await createTeam(world, TEAM, ['U1', 'U2'], { name: 'Payments' })
})
afterEach(() => world.close())

const assess = async (days: number, answers: readonly number[], { team = TEAM, model = 'kmm' } = {}) => {
  world.setNow(daysBefore(new Date(NOW), days))
  await assessAlone(world, team, 'U1', answers, { model, extent: model === 'cncf' ? 'full' : 'quick' })
  world.setNow(NOW)
}
const drawn = async (digest = {}) => {
  const { picture } = await world.compose(digest)
  if (picture === undefined) throw new Error('there is no picture')
  return picture
}

describe('the one picture', { timeout: 20_000 }, () => {
  it('is where the team stands, where nothing moved', async () => {
    await assess(30, [2, 3, 4, 1, 2])
    await world.assessments.results.setTarget(TENANT, { team: TEAM, model: 'kmm', section: 'security', level: 3, setBy: 'U1' })
    const picture = await drawn()
    expect(picture.alt).toContain('Radar')
    expect(differenceFromKept('radar', picture.png())).toBeLessThan(TOLERANCE)
  })

  it('is the way over time, where something did', async () => {
    await assess(60, [1, 3, 4, 1, 2])
    await assess(30, [2, 3, 4, 1, 2])
    await assess(3, [2, 4, 3, 1, 2])
    const picture = await drawn()
    expect(picture.title).toBe('Payments: KMM over time')
    expect(differenceFromKept('trend', picture.png())).toBeLessThan(TOLERANCE)
  })

  it('is the ladder of a model with one', async () => {
    world.setNow(daysBefore(new Date(NOW), 30))
    const who = { tenant: TENANT, person: 'U1', team: TEAM, askedIn: 'd', surface: 'slack' } as const
    await reassess({ ...who, model: 'fairwinds', section: 'phases', level: 3, key: '1' }, { ...world, store: world.digestDeps.store })
    world.setNow(NOW)
    expect(differenceFromKept('ladder', (await drawn()).png())).toBeLessThan(TOLERANCE)
  })

  it('of teams is a heatmap by name', async () => {
    for (const [i, id] of ['search', 'billing', 'checkout'].entries()) {
      await createTeam(world, id, ['U1'])
      await assess(30, [1 + i, 3, 5 - i, 2, 1 + i], { team: id })
      await world.store.saveSetting(TENANT, 'team', id, ORGANISATION_SETTING, AGREED)
    }
    const picture = await drawn({ kind: 'organisation', teams: ['search', 'billing', 'checkout'] })
    expect(differenceFromKept('heatmap', picture.png())).toBeLessThan(TOLERANCE)
  })

  it('of many sections has those that moved among its lines', async () => {
    await assess(30, [2], { model: 'cncf' })
    world.setNow(daysBefore(new Date(NOW), 3))
    const section = engine.corpus.model('cncf')?.sections.findLast(({ levels }) => levels.length > 1)
    const who = { tenant: TENANT, person: 'U1', team: TEAM, askedIn: 'd', surface: 'slack' } as const
    await reassess({ ...who, model: 'cncf', section: section?.id ?? '', level: 4, key: '1' }, { ...world, store: world.digestDeps.store })
    world.setNow(NOW)
    expect((await drawn()).alt).toContain(section?.title)
  })
})

describe('the tolerance', () => {
  it('lets nothing pass that says something else', async () => {
    await assess(30, [2, 3, 4, 1, 2])
    const before = (await drawn()).png()
    expect(difference(before, (await drawn()).png())).toBe(0)
    await assess(20, [2, 3, 4, 2, 2])
    expect(difference(before, (await drawn()).png())).toBeGreaterThan(2 * TOLERANCE)
  })
})
