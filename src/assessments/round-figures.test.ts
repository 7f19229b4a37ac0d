import { describe, expect, it } from 'vitest'
import { catalogueOf } from './catalogue.ts'
import { type Disclosure, OPENLY } from './disclosure.ts'
import type { Answer, AnswerValue } from './records.ts'
import { type RoundFigures, roundFigures, type ShownFigures } from './round-figures.ts'
import { scoreAnswers } from './scoring.ts'
import { between, CORPUS, given, level, NOT_APPLICABLE, NOT_SURE, practices, SECTIONS, seen, stage } from './testing/small-models.ts'

const GARDEN = catalogueOf({ model: 'garden', extent: 'full' }, CORPUS)
const POND = catalogueOf({ model: 'pond', extent: 'full' }, CORPUS)
const QUICK_POND = catalogueOf({ model: 'pond', extent: 'quick' }, CORPUS)
const BARN = catalogueOf({ model: 'barn', extent: 'full' }, CORPUS)
const CONFIDENTIAL: Disclosure = { confidential: true, shownFrom: 3 }

const together = (catalogue: typeof GARDEN, everybody: readonly (readonly Answer[])[], disclosure = OPENLY) =>
  roundFigures(
    catalogue,
    everybody.map((answers, i) => ({ person: `person-${i}`, profile: scoreAnswers(catalogue, answers, CORPUS) })),
    disclosure,
  )
/** What several people say of water. */
const water = (values: readonly AnswerValue[], disclosure = OPENLY) =>
  together(
    GARDEN,
    values.map((value) => [given('water', value, { said: 'own words' })]),
    disclosure,
  ).sections[0] as ShownFigures
const everywhere = (...levels: number[]) => SECTIONS.map((section, i) => given(section, level(levels[i] ?? levels[0] ?? 1)))

describe('a section', () => {
  it('shows median, range and the number of answers', () => {
    expect(water([level(4), level(2), level(3)])).toMatchObject({
      state: 'scored',
      median: 3,
      range: { lowest: 2, highest: 4 },
      values: [2, 3, 4],
      answers: 3,
      notSure: 0,
      notApplicable: 0,
      unanswered: 0,
      passages: ['garden/water/3'],
    })
  })

  it('shows a tie with both levels and their passages', () => {
    expect(water([level(3), level(2)])).toMatchObject({ median: { low: 2, high: 3 }, passages: ['garden/water/2', 'garden/water/3'] })
  })

  it('counts not sure and not applicable beside the levels, never among them', () => {
    expect(water([NOT_SURE, level(5), NOT_APPLICABLE, between(3), NOT_SURE])).toMatchObject({
      median: { low: 3, high: 5 },
      answers: 2,
      workingOn: 1,
      notSure: 2,
      notApplicable: 1,
    })
    const nobody = water([NOT_SURE, NOT_SURE])
    expect(nobody).toMatchObject({ state: 'not-sure', answers: 0, values: [], passages: [] })
    expect(nobody).not.toHaveProperty('median')
    expect(nobody).not.toHaveProperty('range')
    expect(water([NOT_APPLICABLE])).toMatchObject({ state: 'not-applicable' })
    expect(water([NOT_APPLICABLE, NOT_SURE])).toMatchObject({ state: 'not-sure' })
  })

  it('takes one respondent as they are', () => {
    expect(water([level(4)])).toMatchObject({ median: 4, range: { lowest: 4, highest: 4 }, answers: 1 })
  })

  it('names who said what in a named round, with the reasons', () => {
    expect(water([level(4), NOT_SURE]).why).toMatchObject([
      { person: 'person-0', answer: level(4), said: 'own words', passages: ['garden/water/4'] },
      { person: 'person-1', answer: NOT_SURE },
    ])
  })

  it('counts answers on older wording', () => {
    const answers = [given('water', level(2), { seen: seen('garden/water/2', 'another text') }), given('water', level(2), { seen: seen('garden/water/2') })]
    expect(
      together(
        GARDEN,
        answers.map((each) => [each]),
      ).sections[0],
    ).toMatchObject({ olderWording: 1 })
  })
})

describe('worth talking about', () => {
  it('is a spread of two levels or more, with what both ends say yes to', () => {
    expect(water([level(1), level(2), level(3)]).worthTalkingAbout).toEqual({
      lowest: { level: 1, passage: 'garden/water/1' },
      highest: { level: 3, passage: 'garden/water/3' },
    })
    expect(water([level(2), level(3), between(2)])).not.toHaveProperty('worthTalkingAbout')
    expect(water([NOT_SURE, level(5), NOT_APPLICABLE])).not.toHaveProperty('worthTalkingAbout')
    expect(together(GARDEN, [everywhere(1, 2, 3, 4, 5), everywhere(3, 3, 3, 3, 3)]).worthTalkingAbout).toEqual(['water', 'people'])
  })
})

describe('all sections together', () => {
  it('have a coverage, the lowest ones and a mean', () => {
    const figures = together(GARDEN, [everywhere(1, 2, 3, 4, 5), everywhere(2, 2, 3, 4, 5)])
    expect(figures).toMatchObject({ respondents: 2, coverage: { answered: 5, asked: 5 }, overall: { lowest: ['water'], level: 1, mean: 3.1 } })
  })

  it('have no overall under 60%', () => {
    const two = [given('water', level(1)), given('soil', level(2))]
    expect(together(GARDEN, [two, two])).toMatchObject({ coverage: { answered: 2, asked: 5 } })
    expect(together(GARDEN, [two, two]).overall).toBeUndefined()
  })

  it('are all unanswered when nobody came', () => {
    for (const figures of [together(GARDEN, []), together(GARDEN, [[], []])]) {
      expect(figures).toMatchObject({ respondents: 0, coverage: { answered: 0, asked: 5 }, worthTalkingAbout: [] })
      expect(new Set(figures.sections.map(({ state }) => state))).toEqual(new Set(['unanswered']))
    }
  })
})

describe('a confidential round', () => {
  it('hides a section with too few levels, and everything of it', () => {
    const hidden = { section: 'water', title: 'WATER', levels: [1, 2, 3, 4, 5], state: 'hidden' }
    expect(water([], CONFIDENTIAL)).toEqual(hidden)
    expect(water([level(1), level(5)], CONFIDENTIAL)).toEqual(hidden)
    expect(water([level(1), level(5), NOT_SURE, NOT_APPLICABLE], CONFIDENTIAL)).toEqual(hidden)
    expect(water([level(1), level(5), level(2)], CONFIDENTIAL)).toMatchObject({ median: 2, answers: 3 })
    expect(water([level(1), level(5), level(2)], { confidential: true, shownFrom: 4 })).toEqual(hidden)
  })

  it('gives the same figures in whatever order people answered', () => {
    const values = [level(3), level(1), between(4), NOT_SURE, NOT_APPLICABLE]
    const orders = [values, values.toReversed(), [2, 0, 4, 1, 3].map((i) => values[i] as AnswerValue)]
    expect(new Set(orders.map((order) => JSON.stringify(water(order, CONFIDENTIAL)))).size).toBe(1)
  })

  it('holds no person, no words and no moment of an answer', () => {
    const everybody = [1, 3, 5].map((number) => SECTIONS.map((section) => given(section, level(number), { said: 'own words', note: 'evidence' })))
    const text = JSON.stringify([together(GARDEN, everybody, CONFIDENTIAL), together(POND, [ladder(2), ladder(3), ladder(1)], CONFIDENTIAL)])
    for (const secret of ['person-', 'own words', 'evidence', '2026-03', 'answeredAt']) expect(text).not.toContain(secret)
  })

  it('counts what is hidden as not answered', () => {
    const few = [given('water', level(1)), given('soil', level(1)), given('light', level(1))]
    const figures = together(GARDEN, [everywhere(2), everywhere(2), few], CONFIDENTIAL)
    expect(figures.sections.map(({ state }) => state)).toEqual(['scored', 'scored', 'scored', 'hidden', 'hidden'])
    expect(figures).toMatchObject({ coverage: { answered: 3, asked: 5 }, overall: { level: 2 } })
  })
})

function ladder(reached: number): Answer[] {
  return [1, 2, 3, 4, 5, 6, 7].map((number) => given(`stages/${number}`, stage(number, number <= reached ? 'in-place' : 'not-yet')))
}

describe('a ladder', () => {
  const figuresOf = (figures: RoundFigures) => figures.sections[0] as ShownFigures

  it('has the median of the stages reached, with none as 0', () => {
    const figures = together(POND, [ladder(0), ladder(1), ladder(5)])
    expect(figuresOf(figures)).toMatchObject({
      median: 1,
      range: { lowest: 0, highest: 5 },
      worthTalkingAbout: { lowest: { level: 0, passage: 'pond/stages/1' }, highest: { level: 5, passage: 'pond/stages/5' } },
    })
    expect(figures).toMatchObject({ coverage: { answered: 7, asked: 7 }, overall: { lowest: ['stages'], level: 1 } })
    expect(figures.overall).not.toHaveProperty('mean')
  })

  it('does not count a stage that is only known at least', () => {
    const unsure = ladder(2).with(2, given('stages/3', NOT_SURE))
    expect(figuresOf(together(POND, [ladder(4), unsure]))).toMatchObject({ median: 4, answers: 1, notSure: 1, atLeast: [2] })
    expect(figuresOf(together(POND, [ladder(4), ladder(4), ladder(4), unsure], CONFIDENTIAL))).toMatchObject({ answers: 3, notSure: 1, atLeast: [] })
  })

  it('says for each practice how many have it in place, partly or not yet', () => {
    const says = (hay: 'in-place' | 'partly' | 'not-yet') => [given('stages/2', practices({ 'barn/stages/hay/2': hay, 'barn/stages/doors/2': 'in-place' }))]
    const figures = together(BARN, [says('in-place'), says('partly'), says('partly'), says('not-yet'), [given('stages/2', NOT_SURE)]])
    expect(figures.stages?.[1]).toMatchObject({
      stage: 2,
      state: 'scored',
      counts: { inPlace: 1, partly: 3, notYet: 0, notSure: 1, notApplicable: 0, takenToHold: 0 },
    })
    expect(figures.stages?.[1]?.practices.map((practice) => ('hidden' in practice ? [] : [practice.inPlace, practice.partly, practice.notYet]))).toEqual([
      [1, 2, 1],
      [4, 0, 0],
    ])
    expect(figures.coverage).toEqual({ answered: 1, asked: 3, notSure: 0, notApplicable: 0 })
  })

  it('hides the practices that too few spoke of', () => {
    const bisected = [
      [given('stages/4', stage(4, 'in-place')), given('stages/6', stage(6, 'not-yet')), given('stages/5', stage(5, 'not-yet'))],
      [given('stages/4', stage(4, 'in-place')), given('stages/6', stage(6, 'not-yet')), given('stages/5', stage(5, 'in-place'))],
      [given('stages/4', stage(4, 'not-yet')), given('stages/2', stage(2, 'in-place')), given('stages/3', stage(3, 'in-place'))],
    ]
    const figures = together(QUICK_POND, bisected, CONFIDENTIAL)
    expect(figuresOf(figures)).toMatchObject({ values: [3, 4, 5], median: 4 })
    // One answered on stage 3, and for two more it holds by what stands above it.
    expect(figures.stages?.map(({ state }) => state)).toEqual(['scored', 'scored', 'scored', 'scored', 'hidden', 'hidden', 'hidden'])
    expect(figures.stages?.flatMap(({ stage: number, practices: list }) => ('hidden' in (list[0] ?? {}) ? [] : [number]))).toEqual([4])
  })
})
