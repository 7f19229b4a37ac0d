import { describe, expect, it } from 'vitest'
import { catalogueOf } from './catalogue.ts'
import { nextQuestion } from './course.ts'
import type { Answer, AnswerValue, PracticeState } from './records.ts'
import { scoreAnswers } from './scoring.ts'
import { CORPUS, edited, given, level, NOT_APPLICABLE, NOT_SURE, POND, practices, stage } from './testing/small-models.ts'

const FULL = catalogueOf({ model: 'pond', extent: 'full' }, CORPUS)
const QUICK = catalogueOf({ model: 'pond', extent: 'quick' }, CORPUS)
const BARN = catalogueOf({ model: 'barn', extent: 'quick' }, CORPUS)
const answersTo = (values: Readonly<Record<number, AnswerValue>>): Answer[] => Object.entries(values).map(([number, value]) => given(`stages/${number}`, value))
const climb = (values: Readonly<Record<number, AnswerValue>>, catalogue = FULL) => scoreAnswers(catalogue, answersTo(values), CORPUS)
const YES = (number: number) => stage(number, 'in-place')
const NO = (number: number) => stage(number, 'not-yet')

describe('the stage reached', () => {
  it('is the highest that is in place together with all below', () => {
    const profile = climb({ 1: YES(1), 2: YES(2), 3: NO(3), 4: YES(4), 5: NO(5), 6: NO(6), 7: NO(7) })
    expect(profile.ladder).toMatchObject({ reached: 2, atLeast: false, nextInPlace: { stage: 3 } })
    expect(profile.sections).toMatchObject([{ section: 'stages', state: 'scored', level: 2 }])
    expect(profile.overall).toEqual({ lowest: ['stages'], level: 2 })
  })

  it('is none yet while the first is not in place', () => {
    expect(climb({ 1: stage(1, 'partly'), 2: YES(2), 3: YES(3), 4: NO(4), 5: NO(5) })).toMatchObject({
      ladder: { reached: 0, atLeast: false },
      sections: [{ level: 0, workingOn: 1 }],
    })
  })

  it('is the last at the top, and nothing comes next', () => {
    const { ladder } = climb(Object.fromEntries(POND.levels.map(({ number }) => [number, YES(number)])))
    expect(ladder).toMatchObject({ reached: 7, atLeast: false })
    expect(ladder).not.toHaveProperty('nextInPlace')
  })

  it('passes over a stage that is not applicable, which is no stage reached itself', () => {
    expect(climb({ 1: YES(1), 2: NOT_APPLICABLE, 3: YES(3), 4: NO(4), 5: NO(5), 6: NO(6), 7: NO(7) }).ladder?.reached).toBe(3)
    const top = climb({ 1: YES(1), 2: NOT_APPLICABLE, 3: NO(3), 4: NO(4), 5: NO(5), 6: NO(6), 7: NO(7) })
    expect(top).toMatchObject({ ladder: { reached: 1, nextInPlace: { stage: 3 } }, coverage: { answered: 6, asked: 6, notApplicable: 1 } })
  })

  it('is only known at least where somebody is not sure of the next one', () => {
    const profile = climb({ 1: YES(1), 2: YES(2), 3: NOT_SURE, 4: YES(4), 5: NO(5), 6: NO(6), 7: NO(7) })
    expect(profile).toMatchObject({ ladder: { reached: 2, atLeast: true }, sections: [{ state: 'not-sure' }], coverage: { answered: 6, asked: 7, notSure: 1 } })
    expect(profile.sections[0]).not.toHaveProperty('level')
    expect(profile.overall).toBeUndefined()
  })

  it('is not known from the answers that are missing', () => {
    expect(climb({ 1: YES(1) })).toMatchObject({
      ladder: { reached: 1, atLeast: true },
      sections: [{ state: 'unanswered' }],
      coverage: { answered: 1, asked: 7 },
    })
    expect(climb({})).toMatchObject({ ladder: { reached: 0, atLeast: true }, sections: [{ state: 'unanswered', why: [] }] })
    expect(climb({ 1: level(1) })).toMatchObject({ sections: [{ state: 'unanswered' }] })
  })

  it('is not applicable, or not sure, when every answer is', () => {
    const all = (value: AnswerValue) => climb(Object.fromEntries(POND.levels.map(({ number }) => [number, value])))
    expect(all(NOT_APPLICABLE)).toMatchObject({ sections: [{ state: 'not-applicable' }], coverage: { answered: 0, asked: 0, notApplicable: 7 } })
    expect(all(NOT_SURE)).toMatchObject({ sections: [{ state: 'not-sure' }], coverage: { answered: 0, asked: 7, notSure: 7 } })
  })

  it('gives no overall under 60% coverage', () => {
    const profile = climb({ 1: YES(1), 2: YES(2), 3: YES(3), 4: NO(4) })
    expect(profile).toMatchObject({ sections: [{ level: 3 }], coverage: { answered: 4, asked: 7 } })
    expect(profile.overall).toBeUndefined()
    expect(climb({ 1: YES(1), 2: YES(2), 3: YES(3), 4: NO(4), 5: NO(5) }).overall).toEqual({ lowest: ['stages'], level: 3 })
  })
})

describe('a bisection', () => {
  const states = (values: Readonly<Record<number, AnswerValue>>) => climb(values, QUICK).ladder?.stages.map(({ state }) => state)

  it('takes the stages below one that holds to hold, and says so', () => {
    expect(climb({ 4: YES(4), 6: NO(6), 5: YES(5) }, QUICK)).toMatchObject({ ladder: { reached: 5, atLeast: false }, coverage: { answered: 3, asked: 3 } })
    expect(states({ 4: YES(4), 6: NO(6), 5: YES(5) })).toEqual([
      'taken-to-hold',
      'taken-to-hold',
      'taken-to-hold',
      'in-place',
      'in-place',
      'not-yet',
      'unanswered',
    ])
  })

  it('says at least, where a stage that nobody is sure of comes next', () => {
    expect(climb({ 4: NOT_SURE, 2: YES(2), 3: YES(3) }, QUICK)).toMatchObject({ ladder: { reached: 3, atLeast: true }, sections: [{ state: 'not-sure' }] })
    expect(climb({ 4: NOT_SURE, 2: YES(2), 3: NO(3) }, QUICK)).toMatchObject({ ladder: { reached: 2, atLeast: false }, sections: [{ level: 2 }] })
  })

  it('leaves out what was answered before a change led it elsewhere', () => {
    const changed = climb({ 4: NO(4), 6: NO(6), 5: YES(5) }, QUICK)
    expect(changed).toMatchObject({ ladder: { reached: 0, atLeast: true }, coverage: { answered: 1, asked: 2 } })
  })

  it('finds each of the eight places on the ladder with three questions at most', () => {
    for (let reached = 0; reached <= 7; reached++) {
      const answers = new Map<string, Answer>()
      for (;;) {
        const next = nextQuestion(QUICK, answers)
        if (next?.kind !== 'stage') break
        answers.set(next.id, given(next.id, next.stage <= reached ? YES(next.stage) : NO(next.stage)))
      }
      expect(answers.size).toBeLessThanOrEqual(3)
      expect(scoreAnswers(QUICK, [...answers.values()], CORPUS)).toMatchObject({ ladder: { reached, atLeast: false }, sections: [{ level: reached }] })
    }
  })
})

describe('a stage of several practices', () => {
  const first = 'barn/stages/1'
  const [hay, doors] = ['barn/stages/hay/2', 'barn/stages/doors/2']
  const barn = (states: Readonly<Record<string, PracticeState>>, corpus = CORPUS) =>
    scoreAnswers(
      catalogueOf(BARN.scope, corpus),
      [
        given('stages/1', practices({ [first]: 'in-place' })),
        given('stages/2', practices(states)),
        given('stages/3', practices({ 'barn/stages/3': 'not-yet' })),
      ],
      corpus,
    )
  const items = (list: readonly { passage: string }[] | undefined) => list?.map(({ passage }) => passage)

  it('is in place when all of them are, and says what of it is there already when not', () => {
    expect(barn({ [hay]: 'in-place', [doors]: 'in-place' }).ladder?.reached).toBe(2)
    const next = barn({ [hay]: 'in-place', [doors]: 'partly' }).ladder?.nextInPlace
    expect(next?.stage).toBe(2)
    expect([items(next?.inPlace), items(next?.partly), items(next?.missing), items(next?.unknown)]).toEqual([[hay], [doors], [], []])
  })

  it('is not known when the model has got a practice since and the others are in place', () => {
    const before = { [hay]: 'in-place' } as const
    expect(barn(before)).toMatchObject({ ladder: { reached: 1, atLeast: true, nextInPlace: { unknown: [{ passage: doors }] } } })
    expect(barn({ [hay]: 'not-yet' })).toMatchObject({ ladder: { reached: 1, atLeast: false } })
  })

  it('is spoken for by itself too when it has a single topic, and forgets a practice that the model no longer has', () => {
    const without = edited({ models: [{ ...BARN.model, sections: BARN.model.sections.filter(({ id }) => id !== 'stages/doors') }] })
    expect(barn({ 'barn/stages/2': 'in-place', [hay]: 'in-place', [doors]: 'not-yet' }, without).ladder?.reached).toBe(2)
    expect(barn({ [hay]: 'in-place', [doors]: 'not-yet' }, without).ladder).toMatchObject({ reached: 1, atLeast: true })
  })

  it('never falls when one more practice is in place, for all states of up to four practices', () => {
    const all: PracticeState[] = ['not-yet', 'partly', 'in-place']
    const order = [first, hay, doors, 'barn/stages/3']
    const reachedWith = (states: readonly PracticeState[]) => {
      const of = (...at: number[]) => practices(Object.fromEntries(at.map((i) => [order[i] as string, states[i] as PracticeState])))
      const answers = [given('stages/1', of(0)), given('stages/2', of(1, 2)), given('stages/3', of(3))]
      return scoreAnswers(BARN, answers, CORPUS).ladder?.reached as number
    }
    for (let code = 0; code < 3 ** 4; code++) {
      const states = order.map((_, i) => all[Math.floor(code / 3 ** i) % 3] as PracticeState)
      const reached = reachedWith(states)
      for (const i of order.keys()) expect(reachedWith(states.with(i, 'in-place'))).toBeGreaterThanOrEqual(reached)
      // Partly counts like not yet.
      expect(reachedWith(states.map((state) => (state === 'partly' ? 'not-yet' : state)))).toBe(reached)
    }
  })
})
