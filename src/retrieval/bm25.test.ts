import { describe, expect, it } from 'vitest'
import { createBm25 } from './bm25.ts'

const words = (text: string) => text.split(' ').filter((word) => word !== '')
const indexOf = (texts: readonly string[], boost = 1) =>
  createBm25(
    texts.map((text) => ({ text: words(text) })),
    { text: boost },
  )
const ask = (...terms: string[]) => new Map(terms.map((term) => [term, 1]))

describe('BM25+', () => {
  it('gives what the formula gives', () => {
    // Two of three documents, of 2, 1 and 1 different words, have "a"; the first has it twice.
    const scores = indexOf(['a a b', 'a', 'c']).score(ask('a'))
    const rarity = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    const average = 4 / 3
    expect(scores.get(0)).toBeCloseTo(rarity * (0.5 + (2 * 2.2) / (2 + 1.2 * (0.3 + (0.7 * 2) / average))))
    expect(scores.get(1)).toBeCloseTo(rarity * (0.5 + 2.2 / (1 + 1.2 * (0.3 + 0.7 / average))))
    expect(scores.has(2)).toBe(false)
  })

  it('counts rare words above common ones, and short documents above long ones', () => {
    const index = indexOf(['tape robot', 'tape', 'tape disk cable'])
    expect(index.score(ask('robot')).get(0)).toBeGreaterThan(index.score(ask('tape')).get(0) as number)
    const byTape = index.score(ask('tape'))
    expect(byTape.get(1)).toBeGreaterThan(byTape.get(2) as number)
  })

  it('counts a document that has two of the words above one that has one of them, whatever it is worth', () => {
    const index = indexOf(['tape robot', 'tape tape tape tape', 'robot robot robot robot', 'cable', 'disk'])
    const scores = index.score(ask('tape', 'robot'))
    expect(scores.get(0)).toBeGreaterThan(scores.get(1) as number)
    expect(scores.get(0)).toBeGreaterThan(scores.get(2) as number)
  })

  it('weighs fields and words as it is told', () => {
    expect(indexOf(['tape'], 2).score(ask('tape')).get(0)).toBeCloseTo(2 * (indexOf(['tape']).score(ask('tape')).get(0) as number))
    const index = indexOf(['tape', 'robot', 'cable'])
    const scores = index.score(
      new Map([
        ['tape', 1],
        ['robot', 0.5],
      ]),
    )
    expect(scores.get(0)).toBeGreaterThan(scores.get(1) as number)
  })

  it('adds up the fields of a document', () => {
    const both = createBm25(
      [
        { heading: ['tape'], text: ['tape'] },
        { heading: [], text: ['tape'] },
        { heading: ['robot'], text: ['robot'] },
      ],
      { heading: 1, text: 1 },
    )
    const scores = both.score(ask('tape'))
    expect(scores.get(0)).toBeGreaterThan(scores.get(1) as number)
    expect(both.having('tape')).toEqual([0, 1])
  })

  it('finds nothing of words that no document has, and nothing in no documents', () => {
    expect(indexOf(['tape']).score(ask('sun')).size).toBe(0)
    expect(indexOf(['tape']).having('sun')).toEqual([])
    expect(indexOf([]).score(ask('tape')).size).toBe(0)
    expect(indexOf(['', 'tape']).score(ask('tape')).size).toBe(1)
  })
})
