import { describe, expect, it } from 'vitest'
import { decide, type PlacementModel, weighLevels } from './decide.ts'
import type { ClaimEvidence, Evidence } from './evidence.ts'

const model: PlacementModel = {
  words: 1,
  signals: 1,
  denied: 0.5,
  past: 0,
  planned: 0.5,
  clear: { weights: { top: 1, knownWords: 1, signals: 1 }, bias: -2, threshold: 0.5 },
}
const claim = (parts: Partial<ClaimEvidence>): ClaimEvidence => ({ text: 'x', tense: 'now', words: [], signals: [], ...parts })
const signal = (speaksFor: number[], denied = false) => ({
  signal: { name: 's', weight: 1, phrases: [], levels: new Map() },
  range: { from: 1, to: 1 },
  denied,
  speaksFor,
})
const evidence = (claims: ClaimEvidence[], knownWords = 5): Evidence => ({ claims, knownWords })
const weigh = (claims: ClaimEvidence[], changed: Partial<PlacementModel> = {}) => weighLevels(evidence(claims), 3, { ...model, ...changed })
const even = [1 / 3, 1 / 3, 1 / 3].map((value) => expect.closeTo(value))

describe('weighLevels', () => {
  it('turns what words and signals say into probabilities, together 1', () => {
    const probabilities = weigh([claim({ words: [{ word: 'a', speaksFor: [0, 1, 0] }], signals: [signal([0, 1, -1])] })])
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1)
    expect(probabilities.indexOf(Math.max(...probabilities))).toBe(1)
    expect(probabilities[0]).toBeGreaterThan(probabilities[2] as number)
  })

  it('lets the past count less beside the present, and fully without it', () => {
    const past = claim({ tense: 'past', signals: [signal([2, 0, -2])] })
    expect(weigh([past, claim({})])).toEqual(even)
    expect(weigh([past])[0]).toBeGreaterThan(0.8)
  })

  it('lets what is denied count as much as it was fitted to', () => {
    const denied = claim({ signals: [signal([1, 0, -1], true)] })
    expect(weigh([denied], { denied: 0 })).toEqual(even)
    expect(weigh([denied], { denied: 2 })[0]).toBeGreaterThan(weigh([denied])[0] as number)
  })
})

describe('several signals in one claim', () => {
  it('count less each than one of them alone, and more together', () => {
    const lead = (count: number) => {
      const [first = 0, second = 0] = weigh([claim({ signals: Array.from({ length: count }, () => signal([1, 0, -1])) })])
      return Math.log(first / second)
    }
    expect(lead(4)).toBeGreaterThan(lead(1))
    expect(lead(4)).toBeLessThan(4 * lead(1))
  })
})

describe('decide', () => {
  it('chooses the likeliest level, unless two beside each other outweigh one that stands alone', () => {
    const speakingFor = (speaksFor: number[]) => decide(evidence([claim({ signals: [signal(speaksFor)] })]), 5, model)
    expect(speakingFor([0, 1, 0, 0, 0]).placed).toBe(1)
    expect(speakingFor([2, 0, 0, 1.9, 1.8]).placed).toBe(3)
    expect(speakingFor([2.8, 0, 0, 1.9, 1.8]).placed).toBe(0)
  })

  it('asks back when a statement has too little to go by', () => {
    expect(decide(evidence([claim({})], 1), 3, model).unclear).toBe(true)
    expect(decide(evidence([claim({ signals: [signal([3, 0, -3])] })], 6), 3, model).unclear).toBe(false)
  })

  it('asks back whatever else it holds when no word is known', () => {
    expect(decide(evidence([claim({ signals: [signal([9, 0, -9]), signal([9, 0, -9])] })], 0), 3, model).unclear).toBe(true)
  })
})
