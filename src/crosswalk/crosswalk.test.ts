import { describe, expect, it } from 'vitest'
import { type CrosswalkEntry, createCrosswalk, type Strength } from './crosswalk.ts'

const place = { file: 'a-b.json', line: 1 }
const entry = (a: string, b: string, strength: Strength, reason = `${a} and ${b}`): CrosswalkEntry => ({ a, b, strength, reason, ...place })

const crosswalk = createCrosswalk({
  correspondences: [
    entry('a/x/1', 'b/deep/y/1', 'weak'),
    entry('b/y/2', 'a/x/1', 'strong'),
    entry('a/x/1', 'b/y/1', 'good'),
    entry('a/x/1', 'c/z/3', 'weak'),
    entry('a/x/2', 'c/z/4', 'weak', 'first'),
    entry('a/x/2', 'c/w/4', 'weak', 'second'),
  ],
  none: [
    { of: ['a/x/2', 'c/z'], in: 'b', reason: 'because', ...place },
    { of: ['b'], in: 'c', reason: 'no section', ...place },
  ],
})

describe('what corresponds to a passage', () => {
  it('is the best two of each other model, strongest first', () => {
    expect(crosswalk.correspondencesOf('a/x/1').map(({ strength, passages }) => [strength, passages[1]])).toEqual([
      ['strong', 'b/y/2'],
      ['good', 'b/y/1'],
      ['weak', 'c/z/3'],
    ])
  })

  it('is found from either side, and names the asked passage first', () => {
    expect(crosswalk.correspondencesOf('b/deep/y/1')).toEqual([
      { model: 'a', section: 'x', level: 1, strength: 'weak', reason: 'a/x/1 and b/deep/y/1', passages: ['b/deep/y/1', 'a/x/1'] },
    ])
    expect(crosswalk.correspondencesOf('b/y/2')[0]?.passages).toEqual(['b/y/2', 'a/x/1'])
  })

  it('takes the section with its slashes from the id', () => {
    const [found] = createCrosswalk({ correspondences: [entry('a/x/1', 'b/deep/y/12', 'good')], none: [] }).correspondencesOf('a/x/1')
    expect(found).toMatchObject({ model: 'b', section: 'deep/y', level: 12 })
  })

  it('keeps the written order where two are equally strong', () => {
    expect(crosswalk.correspondencesOf('a/x/2').map(({ reason }) => reason)).toEqual(['first', 'second'])
  })

  it('is nothing for a passage that the crosswalk does not know', () => {
    expect(crosswalk.correspondencesOf('a/x/9')).toEqual([])
  })
})

it('says why another model has nothing, for one passage or for all of a section', () => {
  expect(crosswalk.gapOf('a/x/2', 'b')).toBe('because')
  expect(crosswalk.gapOf('c/z/4', 'b')).toBe('because')
  expect(crosswalk.gapOf('a/x/1', 'b')).toBeUndefined()
  expect(crosswalk.gapOf('a/x/2', 'c')).toBeUndefined()
})

it('knows the models that it covers', () => {
  expect(crosswalk.models).toEqual(['a', 'b', 'c'])
})
