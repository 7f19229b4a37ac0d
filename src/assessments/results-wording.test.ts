import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { headline, labelsOf, notesOn, sayDay, sayFew, sayOrigin, sayStanding } from './results-wording.ts'
import type { ModelResults } from './team-model-results.ts'
import { createTeamResults } from './team-results.ts'
import { level, NOT_APPLICABLE, NOT_SURE, SECTIONS, stage } from './testing/small-models.ts'
import { createSmallTeam, type SmallTeam, TENANT } from './testing/small-team.ts'

let team: SmallTeam
beforeEach(async () => {
  team = await createSmallTeam()
})
afterEach(() => team.close())

const results = async (): Promise<ModelResults> => {
  const { models } = await createTeamResults({ store: team.store, corpus: () => team.corpus.now, now: () => team.clock.now }).results(TENANT, 'beds')
  return models[0] as ModelResults
}
const everywhere = (number: number) => Object.fromEntries(SECTIONS.map((section) => [section, level(number)]))
const pond = { model: 'pond', extent: 'full' } as const

describe('the headline', () => {
  it('names the lowest sections, and is not a list where all are alike', async () => {
    await team.alone('ana', { ...everywhere(3), water: level(1), soil: level(1) })
    expect(headline(await results())).toBe('Lowest: WATER, SOIL at level 1.')
    team.clock.now = new Date('2026-03-03T09:00:00.000Z')
    await team.alone('ana', everywhere(2))
    expect(headline(await results())).toBe('All 5 sections stand at level 2.')
  })

  it('says no more than was answered', async () => {
    await team.alone('ana', { water: level(2), soil: NOT_SURE })
    expect(headline(await results())).toBe('Too little is answered for a headline.')
    team.clock.now = new Date('2026-03-03T09:00:00.000Z')
    await team.alone('ana', Object.fromEntries(SECTIONS.map((section) => [section, NOT_SURE])))
    expect(headline(await results())).toBe('Nothing is known yet.')
  })

  it('of a ladder is the stage that is reached', async () => {
    await team.alone('ana', Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((each) => [`stages/${each}`, stage(each, 'not-yet')])), pond)
    expect(headline(await results())).toBe('No stage is in place as a whole yet.')
    expect(sayStanding((await results()).sections[0] as ModelResults['sections'][number], await results())).toBe('no stage yet')
    team.clock.now = new Date('2026-03-03T09:00:00.000Z')
    await team.alone('ana', Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((each) => [`stages/${each}`, stage(each, each < 4 ? 'in-place' : 'not-yet')])), pond)
    expect(headline(await results())).toBe('Stage 3 is reached.')
  })

  it('of a ladder is what is reached at least where the next stage is not known', async () => {
    await team.alone('ana', { 'stages/1': stage(1, 'in-place'), 'stages/2': stage(2, 'in-place'), 'stages/3': NOT_SURE }, pond)
    expect(headline(await results())).toBe('At least stage 2 is reached, more is not known yet.')
  })
})

describe('a section', () => {
  it('has a level or the reason why it has none', async () => {
    await team.alone('ana', { water: level(2), soil: NOT_SURE, light: NOT_APPLICABLE })
    const all = await results()
    expect(all.sections.map((section) => sayStanding(section, all))).toEqual(['level 2 of 5', 'not sure', 'not applicable', 'not answered', 'not answered'])
  })

  it('says what has changed, what is aimed at, and how old it is', async () => {
    await team.alone('ana', everywhere(1))
    team.clock.now = new Date('2026-04-02T09:00:00.000Z')
    await team.alone('ana', everywhere(2))
    team.clock.now = new Date('2026-08-02T09:00:00.000Z')
    await team.store.setTarget(TENANT, { team: 'beds', model: 'garden', section: 'water', level: 4, setBy: 'ana', setAt: '2026-04-02T09:00:00.000Z' })
    const [water] = (await results()).sections
    expect(notesOn(water as ModelResults['sections'][number])).toEqual(['was 1 on 2 Mar 2026', 'target 4, gap 2', 'answered 122 days ago'])
    expect(sayOrigin((await results()).snapshots[0] as ModelResults['snapshots'][number])).toBe('Assessed by one person on 2 Apr 2026')
  })
})

describe('words', () => {
  it('stay few, tell sections of one title apart, and write days out', () => {
    expect(sayFew(['a', 'b', 'c'], 3)).toBe('a, b, c')
    expect(sayFew(['a', 'b', 'c'], 2)).toBe('a, b and 1 more')
    const sections = [{ title: 'Overview', dimension: 'People' }, { title: 'Overview', dimension: 'Policy' }, { title: 'Tools' }]
    expect(labelsOf(sections)).toEqual(['People › Overview', 'Policy › Overview', 'Tools'])
    expect(sayDay('2026-12-24')).toBe('24 Dec 2026')
  })
})
