import { describe, expect, it } from 'vitest'
import type { Passage } from '../corpus/passage.ts'
import { createLexicalIndex } from './lexical-index.ts'
import { stemOf } from './terms.ts'
import { loadVocabulary } from './vocabulary.ts'

const passage = (id: string, text: string): Passage => ({
  id,
  model: 'm',
  section: id.slice(2),
  level: null,
  title: `M › ${id}`,
  heading: id,
  url: 'https://example.org',
  indicator: null,
  text,
  seeAlso: [],
  file: 'm.md',
  line: 1,
})
const passages = [passage('m/a', 'Snapshots are taken nightly.'), passage('m/b', 'Somebody is paged.'), passage('m/c', 'The tape robot moves to the basement.')]
const index = createLexicalIndex(
  passages,
  loadVocabulary(),
  new Map([
    ['m/a', { asks: ['what if the tape robot dies'], says: ['our tape robot jams'] }],
    ['m/b', { asks: ['who fixes the robot', 'is there spare tape', 'who pays for lunch'], says: [] }],
  ]),
  new Map([['weather', ['will it rain tomorrow']]]),
)
const liken = (...words: string[]) => index.liken(words.map((word) => ({ stem: stemOf(word), weight: 1 })))

describe('what people say, line by line', () => {
  it('counts words that stand together in a line above the same words in different lines', () => {
    const { byPassage } = liken('tape', 'robot')
    expect(byPassage.get('m/a')).toBeGreaterThan(byPassage.get('m/b') as number)
  })

  it('asks for two lines, since one may be like it by chance', () => {
    const { byPassage } = liken('lunch')
    expect(byPassage.get('m/b')).toBeLessThan(0.5)
  })

  it("takes a passage's own sentences where nobody has written down what people say", () => {
    expect(liken('basement').byPassage.get('m/c')).toBeGreaterThan(0)
    expect(liken('nightly').byPassage.size).toBe(0)
  })

  it('is measured for themes outside the corpus too, by themselves', () => {
    const { byPassage, outOfScope } = liken('rain', 'tomorrow')
    expect(byPassage.size).toBe(0)
    expect(outOfScope).toBeGreaterThan(0.4)
  })

  it('is between 0 and 1, and 0 without a word in common', () => {
    const line = index.liken([...['what', 'tape', 'robot', 'dies'].map((word) => ({ stem: stemOf(word), weight: 1 }))])
    expect(Math.max(...line.byPassage.values())).toBeLessThanOrEqual(1.0001)
    expect(liken('zebra')).toEqual({ byPassage: new Map(), outOfScope: 0 })
  })
})
