import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LEFT_OPEN } from '../corpus/left-open.ts'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Corpus } from '../corpus/passage.ts'
import { catalogueOf } from './catalogue.ts'
import { nextSteps, type StepLimits } from './next-steps.ts'
import type { AnswerValue, PracticeState, Scope } from './records.ts'
import { stepSentences } from './step-sentences.ts'
import { createTeamResults, type TeamResults } from './team-results.ts'
import { CORPUS, level, NOT_SURE, SECTIONS } from './testing/small-models.ts'
import { createSmallTeam, type SmallTeam, TENANT } from './testing/small-team.ts'

let builtIn: Corpus
beforeAll(async () => {
  builtIn = (await loadCorpus()).corpus
})

describe('the steps of a level', () => {
  it('are sentences of its passage letter for letter, its indicator first, and nothing that a model leaves open', () => {
    const levels = builtIn.passages.filter((passage) => passage.level !== null)
    expect(levels.length).toBeGreaterThan(100)
    for (const passage of levels) {
      const steps = stepSentences(passage, 3)
      expect(steps[0]).toBe(passage.indicator)
      expect(steps.length).toBeLessThanOrEqual(3)
      expect(new Set(steps).size).toBe(steps.length)
      for (const step of steps) expect(passage.text).toContain(step)
      for (const step of steps.slice(1)) expect(step).not.toMatch(LEFT_OPEN)
    }
  })

  it('leave out what explains a word, hedges, or speaks of another level', () => {
    const text =
      'Hoses reach every bed. A hose is a tube. Sensors may help. Level 3 adds sensors. Unlike level 1, a plan exists. The plan covers:\n- A plan says who waters when.\nThe model names no tools.'
    expect(stepSentences({ ...(CORPUS.passages[0] as Corpus['passages'][0]), level: 2, text }, 3)).toEqual([
      'Hoses reach every bed.',
      'A plan says who waters when.',
    ])
  })
})

let team: SmallTeam
let service: TeamResults
beforeEach(async () => {
  team = await createSmallTeam()
  service = createTeamResults({ store: team.store, corpus: () => team.corpus.now, now: () => team.clock.now })
})
afterEach(() => team.close())

const everywhere = (...levels: number[]) => Object.fromEntries(SECTIONS.map((section, i) => [section, level(levels[i] ?? levels[0] ?? 1)]))
const steps = async (limits?: StepLimits) => {
  const [model] = (await service.results(TENANT, 'beds')).models
  return model === undefined ? [] : nextSteps(model, team.corpus.now, limits)
}
const aim = (section: string, number: number) => service.setTarget(TENANT, { team: 'beds', model: 'garden', section, level: number, setBy: 'ana' })

describe('what to do next', () => {
  it('is the next level of the lowest sections, as sentences with their passage', async () => {
    await team.alone('ana', everywhere(4, 1, 3, 2, 5))
    const found = await steps()
    expect(found.map(({ section, from, to }) => [section, from, to])).toEqual([
      ['soil', 1, 2],
      ['tools', 2, 3],
      ['light', 3, 4],
    ])
    expect(found[0]).toEqual({
      section: 'soil',
      title: 'SOIL',
      from: 1,
      to: 2,
      heading: 'Level 2',
      steps: ['soil is done as 2 wants it.', 'Everybody does soil well at 2.'].map((text) => ({
        model: 'garden',
        section: 'soil',
        level: 2,
        passage: 'garden/soil/2',
        text,
      })),
    })
  })

  it('is where the gap to the target is widest, one level at a time', async () => {
    await team.alone('ana', everywhere(4, 1, 3, 2, 5))
    await aim('light', 5)
    await aim('tools', 3)
    await aim('people', 5)
    expect((await steps()).map(({ section, to, gap }) => [section, to, gap])).toEqual([
      ['light', 4, 2],
      ['tools', 3, 1],
    ])
  })

  it('turns to sections without a target once all targets are reached', async () => {
    await team.alone('ana', everywhere(4, 1, 3, 2, 5))
    await aim('soil', 1)
    expect((await steps({ sections: 1, steps: 1 })).map(({ section, steps: list }) => [section, list.length])).toEqual([['tools', 1]])
  })

  it('is nothing at the top, without levels, or without results', async () => {
    expect(await steps()).toEqual([])
    await team.alone('ana', { ...everywhere(5), water: NOT_SURE })
    expect(await steps()).toEqual([])
  })

  it('names the action that was made of a step', async () => {
    await team.alone('ana', everywhere(5, 1, 5, 5, 5))
    const action = {
      id: 'action',
      team: 'beds',
      model: 'garden',
      section: 'soil',
      passage: 'garden/soil/2',
      text: 'soil is done as 2 wants it.',
      createdBy: 'ana',
    }
    await team.store.createAction(TENANT, { ...action, createdAt: team.clock.now.toISOString() })
    expect((await steps())[0]?.steps.map((step) => step.action)).toEqual(['action', undefined])
  })
})

describe('on a ladder', () => {
  const indellient: Scope = { model: 'indellient', extent: 'quick' }
  const checklist = (missing: Readonly<Record<string, PracticeState>>) =>
    Object.fromEntries(
      catalogueOf(indellient, builtIn).questions.map((question): [string, AnswerValue] => {
        const practices = question.kind === 'stage' ? question.practices.map(({ passage }) => [passage, missing[passage] ?? 'in-place']) : []
        return [question.id, { kind: 'practices', practices: Object.fromEntries(practices) }]
      }),
    )

  it('steps are the practices of the next stage that are not in place, those that most lack first', async () => {
    team.corpus.now = builtIn
    await team.alone('ana', checklist({ 'indellient/stages/gitops/2': 'partly', 'indellient/stages/delivery/2': 'not-yet' }), indellient)
    const [found] = await steps()
    expect(found).toMatchObject({ section: 'stages', from: 1, to: 2 })
    expect(found?.steps.map(({ passage, text }) => [passage, text])).toEqual(
      ['indellient/stages/delivery/2', 'indellient/stages/gitops/2'].map((id) => [id, builtIn.passage(id)?.indicator]),
    )
  })

  it('steps are those of the stage itself where it has no topics', async () => {
    team.corpus.now = builtIn
    const state = (number: number, state: PracticeState): AnswerValue => ({ kind: 'practices', practices: { [`plural/stages/${number}`]: state } })
    await team.alone(
      'ana',
      { 'stages/1': state(1, 'in-place'), 'stages/2': state(2, 'not-yet'), 'stages/3': { kind: 'not-sure' } },
      { model: 'plural', extent: 'quick' },
    )
    expect((await steps())[0]).toMatchObject({ to: 2, steps: [{ passage: 'plural/stages/2', text: builtIn.passage('plural/stages/2')?.indicator }, {}, {}] })
  })

  it('begin with the first stage for who has none yet', async () => {
    team.corpus.now = builtIn
    const fairwinds: Scope = { model: 'fairwinds', extent: 'quick' }
    const no = (number: number): AnswerValue => ({ kind: 'practices', practices: { [`fairwinds/phases/${number}`]: 'not-yet' } })
    await team.alone('ana', { 'phases/4': no(4), 'phases/2': no(2), 'phases/1': no(1) }, fairwinds)
    expect((await steps())[0]).toMatchObject({ from: 0, to: 1, heading: 'Phase 1: Prepare' })
  })
})
