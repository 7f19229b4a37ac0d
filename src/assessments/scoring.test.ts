import { describe, expect, it } from 'vitest'
import { catalogueOf } from './catalogue.ts'
import type { Answer, AnswerValue } from './records.ts'
import { scoreAnswers } from './scoring.ts'
import { between, CORPUS, edited, GARDEN, given, level, NOT_APPLICABLE, NOT_SURE, SECTIONS, seen } from './testing/small-models.ts'

const CATALOGUE = catalogueOf({ model: 'garden', extent: 'full' }, CORPUS)
const score = (answers: readonly Answer[], corpus = CORPUS) => scoreAnswers(catalogueOf({ model: 'garden', extent: 'full' }, corpus), answers, corpus)
const sectionOf = (answer: Answer, corpus = CORPUS) => score([answer], corpus).sections.find(({ section }) => section === answer.question)

describe('the level of a section', () => {
  it('is the one that was named, with the answer and the passage as its reason', () => {
    const answer = given('water', level(3), { said: 'we use hoses', note: 'see wiki', seen: seen('garden/water/3') })
    expect(sectionOf(answer)).toEqual({
      section: 'water',
      title: 'WATER',
      levels: [1, 2, 3, 4, 5],
      state: 'scored',
      level: 3,
      why: [
        {
          question: 'water',
          answer: level(3),
          passages: ['garden/water/3'],
          said: 'we use hoses',
          note: 'see wiki',
          olderWording: false,
          answeredAt: answer.answeredAt,
        },
      ],
    })
  })

  it('is the lower of two, with the upper one being worked on', () => {
    expect(sectionOf(given('water', between(2)))).toMatchObject({
      state: 'scored',
      level: 2,
      workingOn: 3,
      why: [{ passages: ['garden/water/2', 'garden/water/3'] }],
    })
  })

  it.each([
    ['not-sure', NOT_SURE],
    ['not-applicable', NOT_APPLICABLE],
  ] as const)('is no number when the answer is %s', (state, value) => {
    const section = sectionOf(given('water', value))
    expect(section).toMatchObject({ state, why: [{ answer: value, passages: [] }] })
    expect(section).not.toHaveProperty('level')
  })

  it('is not known without an answer', () => {
    expect(score([]).sections.map(({ state, why }) => [state, why])).toEqual(SECTIONS.map(() => ['unanswered', []]))
  })

  it('is not known when the model no longer has the level, and the answer still tells why', () => {
    expect(sectionOf(given('water', level(9)))).toMatchObject({ state: 'unanswered', why: [{ answer: level(9), passages: [] }] })
    expect(sectionOf(given('water', { kind: 'practices', practices: {} }))).toMatchObject({ state: 'unanswered' })
  })
})

describe('the wording that an answer was given on', () => {
  const answer = given('water', level(2), { seen: [...seen('garden/water/1'), ...seen('garden/water/2')] })
  const isOlder = (corpus = CORPUS) => sectionOf(answer, corpus)?.why[0]?.olderWording

  it('is the one that stands there now', () => expect(isOlder()).toBe(false))

  it('is older once one of the passages that were shown has another text', () => {
    expect(isOlder(edited({ text: { 'garden/water/1': 'Water is new.' } }))).toBe(true)
    expect(isOlder(edited({ text: { 'garden/water/5': 'Water is new.' } }))).toBe(false)
  })

  it('is older once a passage is gone', () => {
    const shorter = { ...GARDEN, sections: GARDEN.sections.filter(({ id }) => id !== 'soil') }
    const corpus = edited({ models: [shorter] })
    expect(sectionOf(given('water', level(2), { seen: seen('garden/soil/1') }), corpus)?.why[0]?.olderWording).toBe(true)
  })
})

describe('coverage', () => {
  const profile = (...values: (AnswerValue | undefined)[]) =>
    score(SECTIONS.flatMap((section, i) => (values[i] === undefined ? [] : [given(section, values[i] as AnswerValue)])))

  it('leaves out what is not applicable, and counts what nobody is sure of as asked', () => {
    expect(profile(level(1), NOT_SURE, NOT_APPLICABLE, undefined, level(4)).coverage).toEqual({ answered: 2, asked: 4, notSure: 1, notApplicable: 1 })
  })

  it('allows an overall from three of five on', () => {
    expect(profile(level(4), level(2), level(3)).overall).toEqual({ lowest: ['soil'], level: 2, mean: 3 })
    expect(profile(level(4), level(2)).overall).toBeUndefined()
    expect(profile(level(4), level(2), NOT_SURE, NOT_SURE, NOT_SURE).overall).toBeUndefined()
  })

  it('allows one over all that applies', () => {
    expect(profile(level(4), NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE).overall).toEqual({ lowest: ['water'], level: 4, mean: 4 })
    expect(profile(...SECTIONS.map(() => NOT_APPLICABLE))).toMatchObject({ coverage: { answered: 0, asked: 0, notApplicable: 5 } })
    expect(profile(...SECTIONS.map(() => NOT_APPLICABLE)).overall).toBeUndefined()
    expect(profile(...SECTIONS.map(() => NOT_SURE)).overall).toBeUndefined()
  })

  it('names all sections that stand lowest', () => {
    expect(profile(level(2), level(4), between(2), level(5), level(3)).overall).toEqual({ lowest: ['water', 'light'], level: 2, mean: 3.2 })
  })
})

it('never turns not sure or not applicable into a number, whatever the other answers are', () => {
  const values = [level(1), level(5), NOT_SURE, NOT_APPLICABLE, undefined]
  for (let code = 0; code < values.length ** 4; code++) {
    const chosen = [0, 1, 2, 3].map((digit) => values[Math.floor(code / values.length ** digit) % values.length])
    const numbers = chosen.flatMap((value) => (value?.kind === 'level' ? [value.level] : []))
    const { sections, coverage, overall } = score(chosen.flatMap((value, i) => (value === undefined ? [] : [given(SECTIONS[i] as string, value)])))
    expect(sections.flatMap((section) => section.level ?? [])).toEqual(numbers)
    expect(coverage.answered).toBe(numbers.length)
    if (overall === undefined) continue
    expect(overall.mean).toBeCloseTo(numbers.reduce((sum, each) => sum + each, 0) / numbers.length)
    expect(overall.level).toBe(Math.min(...numbers))
  }
})

it('says which answers are to questions that the model no longer asks', () => {
  const shorter = edited({ models: [{ ...GARDEN, sections: GARDEN.sections.slice(1) }] })
  const profile = score([given('water', level(1)), given('soil', level(3))], shorter)
  expect(profile.gone).toEqual(['water'])
  expect(profile.sections.map(({ section }) => section)).toEqual(['soil', 'light', 'tools', 'people'])
  expect(scoreAnswers(CATALOGUE, [given('soil', level(3))], CORPUS).gone).toEqual([])
})
