import { describe, expect, it } from 'vitest'
import { type Ladder, ladder, STONE_SIZE, stoneWidth } from './ladder.ts'
import { STONE_TOP } from './paints.ts'
import { allOf, numberOf, readSvg, textsOf } from './testing/read-svg.ts'

const data: Ladder = {
  title: 'Payments',
  stages: [
    { name: 'Prepare', state: 'in-place' },
    { name: 'Transform', state: 'partly' },
    { name: 'Deploy', state: 'not-yet' },
    { name: 'Improve', state: 'unknown' },
  ],
  reached: 1,
}
const stonesOf = (svg: string) => allOf(readSvg(svg), 'rect[rx]')

describe('a ladder', () => {
  it('piles the stages up from the first, each a little narrower', () => {
    const stones = stonesOf(ladder(data).svg('light'))
    const heights = stones.map((stone) => numberOf(stone, 'y'))
    expect(heights).toEqual(heights.toSorted((a, b) => b - a))
    expect(stones.map((stone) => numberOf(stone, 'width') + 2)).toEqual([0, 1, 2, 3].map((i) => Math.round(stoneWidth(i, 4) * 100) / 100))
    expect([stoneWidth(0, 4), stoneWidth(3, 4)]).toEqual([STONE_SIZE.widest, STONE_SIZE.narrowest])
  })

  it('shows each state by form and in words', () => {
    const svg = ladder(data).svg('light')
    const forms = stonesOf(svg).map(
      (stone) => `${stone.getAttribute('fill') === 'none' ? 'empty' : 'full'} ${stone.getAttribute('stroke-dasharray') === null ? 'line' : 'dashes'}`,
    )
    expect(forms).toEqual(['full line', 'empty line', 'empty line', 'empty dashes'])
    expect(allOf(readSvg(svg), 'path')).toHaveLength(1)
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['in place · reached', 'partly in place', 'not yet', 'not answered']))
  })

  it('marks the stage reached, and no other', () => {
    const marked = (reached: number | undefined) =>
      stonesOf(ladder({ ...data, reached }).svg('light')).filter((stone) => stone.getAttribute('stroke') === STONE_TOP.light)
    expect(marked(1)).toHaveLength(1)
    expect(marked(0)).toHaveLength(0)
    expect(marked(undefined)).toHaveLength(0)
  })

  it.each([
    [1, 'Phase 1 of 4 is reached.'],
    [0, 'No phase is reached yet.'],
    [undefined, 'Phase reached: not known yet.'],
  ])('says the same in words where %s is reached', (reached, words) => {
    expect(ladder({ ...data, reached, stageWord: 'Phase' }).alt).toBe(
      `Payments. Ladder of 4 phases, the first at the bottom. ${words} 1 Prepare: in place. 2 Transform: partly in place. 3 Deploy: not yet. 4 Improve: not answered.`,
    )
  })
})
