import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCrosswalk } from '../crosswalk/crosswalk.ts'
import { UserError } from '../shared/errors.ts'
import type { AnswerValue, Scope } from './records.ts'
import { createTeamResults, type TeamResults } from './team-results.ts'
import { CORPUS, edited, GARDEN, level, NOT_APPLICABLE, NOT_SURE, POND, SECTIONS, stage } from './testing/small-models.ts'
import { createSmallTeam, GARDEN_FULL, type SmallTeam, TENANT } from './testing/small-team.ts'

let team: SmallTeam
let service: TeamResults
beforeEach(async () => {
  team = await createSmallTeam()
  service = createTeamResults({ store: team.store, corpus: () => team.corpus.now, crosswalk: CROSSWALK, now: () => team.clock.now })
})
afterEach(() => team.close())

const place = { file: 'garden-pond.json', line: 1 }
const CROSSWALK = createCrosswalk({
  correspondences: [
    { a: 'garden/water/3', b: 'pond/stages/5', strength: 'weak', reason: 'both are wet', ...place },
    { a: 'garden/water/3', b: 'pond/stages/4', strength: 'good', reason: 'both fill', ...place },
    { a: 'barn/stages/hay/2', b: 'garden/soil/1', strength: 'strong', reason: 'both rot', ...place },
  ],
  none: [{ of: ['garden/soil'], in: 'pond', reason: 'ponds have no soil', ...place }],
})

const everywhere = (...levels: number[]) => Object.fromEntries(SECTIONS.map((section, i) => [section, level(levels[i] ?? levels[0] ?? 1)]))
const onDay = (day: string) => {
  team.clock.now = new Date(`${day}T09:00:00.000Z`)
}
/** All of them answer, and the round is closed. */
async function round(votes: Readonly<Record<string, Readonly<Record<string, AnswerValue>>>>, { confidential = false, scope = GARDEN_FULL as Scope } = {}) {
  const deadline = new Date(team.clock.now.getTime() + 86_400_000).toISOString()
  const started = await team.rounds.start(TENANT, 'ana', { team: 'beds', name: 'Round', scope, deadline, confidential, invited: Object.keys(votes) })
  for (const [person, values] of Object.entries(votes)) await team.answer(await team.rounds.join(TENANT, started.id, person), values)
  return team.rounds.close(TENANT, started.id, 'ana')
}
const results = async (options?: { model?: string; snapshots?: number }) => (await service.results(TENANT, 'beds', options)).models[0]
const sectionNamed = async (section: string) => (await results())?.sections.find((each) => each.section === section)
const refusal = async (attempt: Promise<unknown>) => {
  const error = await attempt.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).message
}

describe('a team', () => {
  it('without answers has no results, and one that is not there says so', async () => {
    expect(await service.results(TENANT, 'beds')).toMatchObject({ team: { id: 'beds' }, models: [], actions: [], gone: [] })
    expect(await refusal(service.results(TENANT, 'nowhere'))).toContain('no team "nowhere"')
    expect(await refusal(service.results('another tenant', 'beds'))).toContain('no team "beds"')
  })

  it('never shows anything of a round that is still open', async () => {
    const { id } = await team.rounds.start(TENANT, 'ana', {
      team: 'beds',
      name: 'Open',
      scope: GARDEN_FULL,
      deadline: '2026-03-09',
      confidential: false,
    })
    await team.answer(await team.rounds.join(TENANT, id, 'ana'), everywhere(4))
    expect((await service.results(TENANT, 'beds')).models).toEqual([])
  })
})

describe('the latest profile', () => {
  it('is that of a closed round, with its figures and coverage', async () => {
    const { id } = await round({ ana: everywhere(1, 2, 3, 4, 5), ben: everywhere(2, 2, 3, 4, 2) })
    expect(await results()).toMatchObject({
      model: 'garden',
      snapshots: [{ id, kind: 'round', name: 'Round', invited: 2, figures: { respondents: 2 } }],
      sections: [
        { section: 'water', level: { low: 1, high: 2 }, latest: { from: id } },
        { section: 'soil', level: 2 },
        { section: 'light', level: 3 },
        { section: 'tools', level: 4 },
        { section: 'people', level: { low: 2, high: 5 } },
      ],
      coverage: { answered: 5, asked: 5 },
      overall: { lowest: ['water'], level: 1, mean: 2.8 },
      worthTalkingAbout: ['people'],
    })
  })

  it('takes each section from the latest snapshot that has it', async () => {
    const whole = await team.alone('ana', everywhere(2))
    onDay('2026-03-10')
    const part = await team.alone('ben', { water: level(3), soil: NOT_SURE, light: NOT_APPLICABLE })
    const found = (await results())?.sections.map(({ section, state, level: at, latest }) => [section, state, at, latest?.from])
    expect(found).toEqual([
      ['water', 'scored', 3, part.id],
      ['soil', 'not-sure', undefined, part.id],
      ['light', 'not-applicable', undefined, part.id],
      ['tools', 'scored', 2, whole.id],
      ['people', 'scored', 2, whole.id],
    ])
  })

  it('shows an older figure where the newer one is hidden, and hidden where there is none', async () => {
    await team.alone('ana', { water: level(4) })
    onDay('2026-03-10')
    await round({ ana: everywhere(1), ben: everywhere(1), cy: {} }, { confidential: true })
    expect((await results())?.sections).toMatchObject([
      { state: 'scored', level: 4 },
      { state: 'hidden' },
      { state: 'hidden' },
      { state: 'hidden' },
      { state: 'hidden' },
    ])
    expect(await results()).toMatchObject({ coverage: { answered: 1, asked: 5 } })
    expect(await results()).not.toHaveProperty('overall')
  })

  it('names nobody of a confidential round, nor when they answered', async () => {
    onDay('2026-03-03')
    const deadline = '2026-03-09T00:00:00.000Z'
    const { id } = await team.rounds.start(TENANT, 'ana', { team: 'beds', name: 'Quiet', scope: GARDEN_FULL, deadline, confidential: true })
    for (const person of ['ben', 'cy', 'dee']) await team.answer(await team.rounds.join(TENANT, id, person), everywhere(2), { said: 'own words' })
    onDay('2026-03-05')
    await team.rounds.close(TENANT, id, 'ana')
    const text = JSON.stringify(await service.results(TENANT, 'beds'))
    for (const secret of ['"ben"', '"cy"', '"dee"', 'own words', '2026-03-03']) expect(text).not.toContain(secret)
    expect(await sectionNamed('water')).toMatchObject({ level: 2, latest: { at: '2026-03-05T09:00:00.000Z' } })
  })
})

describe('what has changed', () => {
  it('is the level against the one before, old to new', async () => {
    const first = await team.alone('ana', everywhere(2, 3, 3, 3, 3))
    onDay('2026-03-10')
    await round({ ana: everywhere(3, 2, 3, 3, 4), ben: everywhere(3, 2, 3, 4, 3) })
    expect((await results())?.sections.map(({ before, level: now, change }) => [before?.level, now, change, before?.from])).toEqual([
      [2, 3, 'up', first.id],
      [3, 2, 'down', first.id],
      [3, 3, 'same', first.id],
      [3, { low: 3, high: 4 }, 'up', first.id],
      [3, { low: 3, high: 4 }, 'up', first.id],
    ])
  })

  it('is not the first vote against its own re-vote', async () => {
    await team.alone('ana', everywhere(3))
    onDay('2026-03-10')
    const first = await round({ ana: everywhere(3), ben: { ...everywhere(3), water: level(5) } })
    const { id } = await team.rounds.startRevote(TENANT, first.id, 'ana', { deadline: '2026-03-20' })
    for (const person of ['ana', 'ben']) await team.answer(await team.rounds.join(TENANT, id, person), { water: level(4) })
    onDay('2026-03-12')
    await team.rounds.close(TENANT, id, 'ana')
    const found = await results()
    expect(found?.sections[0]).toMatchObject({ level: 4, before: { level: 3 }, change: 'up' })
    expect(found?.snapshots.map(({ id: each, revoteOf }) => [each, revoteOf])).toContainEqual([id, first.id])
    expect(found?.trend.sections[0]?.points.map(({ level: at }) => at)).toEqual([3, 4])
    expect(found?.trend.mean?.points.map(({ value }) => value)).toEqual([3, 3.2])
    expect(found?.worthTalkingAbout).toEqual([])
  })

  it('is a line over time, with a mean over the same sections each time', async () => {
    await team.alone('ana', everywhere(1))
    onDay('2026-03-10')
    await team.alone('ana', { water: level(5), soil: NOT_SURE, light: NOT_SURE, tools: NOT_SURE, people: level(5) })
    onDay('2026-03-20')
    await round({ ana: everywhere(2), ben: everywhere(3) })
    const { trend } = (await results()) ?? {}
    expect(trend?.sections[0]?.points.map(({ at, level: figure, value }) => [at.slice(0, 10), figure, value])).toEqual([
      ['2026-03-02', 1, 1],
      ['2026-03-10', 5, 5],
      ['2026-03-20', { low: 2, high: 3 }, 2.5],
    ])
    // The second has a level for two of five sections only.
    expect(trend?.mean).toMatchObject({ sections: 5, points: [{ value: 1 }, { value: 2.5, coverage: { answered: 5, asked: 5 } }] })
  })

  it('reaches back over the newest snapshots only', async () => {
    for (let month = 1; month <= 9; month++) {
      onDay(`2026-0${month}-01`)
      await team.alone('ana', everywhere(1 + (month % 5)))
    }
    expect((await results({ snapshots: 3 }))?.snapshots.map(({ at }) => at.slice(0, 7))).toEqual(['2026-09', '2026-08', '2026-07'])
  })
})

describe('a target', () => {
  const aim = (section: string, number: number) => service.setTarget(TENANT, { team: 'beds', model: 'garden', section, level: number, setBy: 'ana' })

  it('is chosen, and without one there is no gap', async () => {
    await round({ ana: everywhere(2, 4, 4, 4, 4), ben: everywhere(3, 4, 4, 4, 4) })
    await aim('water', 4)
    await aim('soil', 3)
    expect(await sectionNamed('water')).toMatchObject({ target: 4, gap: 2 })
    expect(await sectionNamed('soil')).toMatchObject({ target: 3, gap: -1 })
    for (const absent of ['target', 'gap']) expect(await sectionNamed('light')).not.toHaveProperty(absent)
    await service.removeTarget(TENANT, 'beds', 'garden', 'water')
    expect(await sectionNamed('water')).not.toHaveProperty('gap')
  })

  it('gives no gap to what has no level', async () => {
    await team.alone('ana', { ...everywhere(3), water: NOT_SURE })
    await aim('water', 4)
    expect(await sectionNamed('water')).toMatchObject({ target: 4, state: 'not-sure' })
    expect(await sectionNamed('water')).not.toHaveProperty('gap')
  })

  it('has to be a level of a section that there is', async () => {
    expect(await refusal(aim('water', 6))).toContain('use one of 1, 2, 3, 4, 5')
    expect(await refusal(aim('fire', 1))).toContain('use one of water, soil')
    expect(await refusal(service.setTarget(TENANT, { team: 'nowhere', model: 'garden', section: 'water', level: 1, setBy: 'ana' }))).toContain('no team')
  })
})

describe('age', () => {
  it('makes answers stale after 90 days', async () => {
    await team.alone('ana', everywhere(2))
    onDay('2026-05-31')
    expect(await results()).toMatchObject({ stale: [], sections: [{ ageDays: 90, stale: false }, {}, {}, {}, {}] })
    onDay('2026-06-01')
    await team.alone('ana', { water: level(2) })
    expect(await results()).toMatchObject({ stale: ['soil', 'light', 'tools', 'people'], sections: [{ ageDays: 0 }, { ageDays: 91 }, {}, {}, {}] })
  })

  it('tells answers on older wording', async () => {
    const run = await team.alone('ana', {})
    const seen = [{ passage: 'garden/water/2', hash: '0123456789abcdef' }]
    const answer = {
      run: run.id,
      question: 'water',
      value: level(2),
      seen,
      modelVersion: '0',
      answeredAt: team.clock.now.toISOString(),
      surface: 'web' as const,
    }
    await team.store.recordAnswer(TENANT, answer, { key: 'k', version: run.version, change: { state: 'finished' } })
    expect(await results()).toMatchObject({ olderWording: ['water'], snapshots: [{ modelVersions: ['0'] }] })
  })
})

describe('a changed model', () => {
  it('keeps the sections that it still has', async () => {
    await team.alone('ana', everywhere(2))
    team.corpus.now = edited({ models: [{ ...GARDEN, sections: GARDEN.sections.slice(2) }] })
    expect(await results()).toMatchObject({ sections: [{ section: 'light', level: 2 }, {}, {}], coverage: { answered: 3, asked: 3 } })
  })

  it('keeps answers to a dimension that was renamed, for its sections are still there', async () => {
    const named = (dimension: string) => edited({ models: [{ ...GARDEN, sections: GARDEN.sections.map((section) => ({ ...section, dimension })) }] })
    team.corpus.now = named('Ground')
    await team.alone('ana', { water: level(2) }, { model: 'garden', extent: 'dimension', dimension: 'Ground' })
    team.corpus.now = named('Soil')
    expect(await results()).toMatchObject({ sections: [{ section: 'water', dimension: 'Soil', level: 2 }], coverage: { answered: 1, asked: 1 } })
  })

  it('that is gone is said to be', async () => {
    const { id } = await team.alone('ana', everywhere(2))
    team.corpus.now = edited({ models: [POND] })
    expect(await service.results(TENANT, 'beds')).toMatchObject({ models: [], gone: [{ id, scope: GARDEN_FULL }] })
  })
})

describe('a ladder', () => {
  const quick: Scope = { model: 'pond', extent: 'quick' }
  const reached = (number: number) => ({
    'stages/4': stage(4, number >= 4 ? 'in-place' : 'not-yet'),
    ...(number >= 4 ? { 'stages/6': stage(6, 'not-yet'), 'stages/5': stage(5, number === 5 ? 'in-place' : 'not-yet') } : {}),
    ...(number < 4 ? { 'stages/2': stage(2, 'not-yet'), 'stages/1': stage(1, 'not-yet') } : {}),
  })

  it('has the stage reached as its level, what comes next, and no mean', async () => {
    await team.alone('ana', reached(0), quick)
    onDay('2026-03-10')
    await team.alone('ana', reached(5), quick)
    await service.setTarget(TENANT, { team: 'beds', model: 'pond', section: 'stages', level: 7, setBy: 'ana' })
    const found = await results()
    expect(found).toMatchObject({
      shape: 'staged',
      sections: [{ section: 'stages', level: 5, before: { level: 0 }, change: 'up', target: 7, gap: 2 }],
      nextStage: { stage: 6, practices: [{ passage: 'pond/stages/6', notYet: 1 }] },
      coverage: { answered: 3, asked: 3 },
      overall: { lowest: ['stages'], level: 5 },
    })
    expect(found?.stages?.map(({ state }) => state)).toEqual(['scored', 'scored', 'scored', 'scored', 'scored', 'scored', 'unanswered'])
    expect(found?.trend.mean).toBeUndefined()
  })
})

describe('several models', () => {
  it('are never put together, and the latest comes first', async () => {
    await team.alone('ana', everywhere(2))
    onDay('2026-03-10')
    await team.alone('ana', { 'stages/1': stage(1, 'not-yet') }, { model: 'pond', extent: 'full' })
    expect((await service.results(TENANT, 'beds')).models.map(({ model }) => model)).toEqual(['pond', 'garden'])
    expect((await service.results(TENANT, 'beds', { model: 'garden' })).models.map(({ model }) => model)).toEqual(['garden'])
  })
})

describe('two teams', () => {
  it('stand side by side in the order in which they were named', async () => {
    await team.alone('ana', everywhere(2))
    const comparison = await service.compare(TENANT, ['ponds', 'beds'], 'garden')
    expect(comparison.teams.map(({ id, coverage }) => [id, coverage?.answered])).toEqual([
      ['ponds', undefined],
      ['beds', 5],
    ])
    expect(comparison.sections[0]).toEqual({
      section: 'water',
      title: 'WATER',
      cells: [
        { state: 'unanswered', stale: false },
        { state: 'scored', level: 2, stale: false },
      ],
    })
    expect(await refusal(service.compare(TENANT, ['beds', 'nowhere'], 'garden'))).toContain('no team "nowhere"')
    expect(await refusal(service.compare(TENANT, ['beds', 'ponds'], 'pond'))).toContain('none of these teams')
    expect(await refusal(service.compare(TENANT, ['beds', 'ponds'], 'x'))).toContain('no model "x"')
  })
})

describe('in terms of another model', () => {
  it('a result is read section by section, strongest first, with reasons and an approximation by name', async () => {
    await team.alone('ana', { ...everywhere(3), tools: NOT_SURE })
    const read = await service.inTermsOf(TENANT, 'beds', 'garden', 'pond')
    expect(read).toMatchObject({ model: 'garden', other: { id: 'pond', levelWord: 'Stage' }, notice: expect.stringContaining('approximation') })
    expect(read.sections.map(({ section }) => section)).toEqual(['water', 'soil', 'light', 'people'])
    expect(read.sections[0]).toMatchObject({
      level: 3,
      readings: [
        { section: 'stages', level: 4, strength: 'good', reason: 'both fill', passages: ['garden/water/3', 'pond/stages/4'] },
        { level: 5, strength: 'weak' },
      ],
    })
    expect(read.sections[1]).toEqual({ section: 'soil', title: 'SOIL', level: 3, readings: [], gap: 'ponds have no soil' })
    expect(read.sections[2]).toEqual({ section: 'light', title: 'LIGHT', level: 3, readings: [] })
  })

  it('a stage is read with the topics on its rung, and no stage yet with nothing', async () => {
    const barn: Scope = { model: 'barn', extent: 'full' }
    const at = (reached: number) =>
      Object.fromEntries(
        [1, 2, 3].map((number) => {
          const ids = number === 2 ? ['barn/stages/2', 'barn/stages/hay/2', 'barn/stages/doors/2'] : [`barn/stages/${number}`]
          return [
            `stages/${number}`,
            { kind: 'practices', practices: Object.fromEntries(ids.map((id) => [id, number <= reached ? 'in-place' : 'not-yet'])) } as AnswerValue,
          ]
        }),
      )
    await team.alone('ana', at(2), barn)
    expect((await service.inTermsOf(TENANT, 'beds', 'barn', 'garden')).sections).toMatchObject([
      { level: 2, readings: [{ section: 'soil', level: 1, strength: 'strong', passages: ['barn/stages/hay/2', 'garden/soil/1'] }] },
    ])
    onDay('2026-03-10')
    await team.alone('ana', at(0), barn)
    expect((await service.inTermsOf(TENANT, 'beds', 'barn', 'garden')).sections).toEqual([])
  })

  it('needs a crosswalk, two models that it covers, and a result', async () => {
    expect(await refusal(service.inTermsOf(TENANT, 'beds', 'garden', 'pond'))).toContain('not assessed by "garden" yet')
    expect(await refusal(service.inTermsOf(TENANT, 'beds', 'garden', 'garden'))).toContain('the model itself')
    expect(await refusal(service.inTermsOf(TENANT, 'beds', 'garden', 'x'))).toContain('no model "x"')
    const without = createTeamResults({ store: team.store, corpus: () => CORPUS, now: () => team.clock.now })
    expect(await refusal(without.inTermsOf(TENANT, 'beds', 'garden', 'pond'))).toContain("doesn't cover")
  })
})
