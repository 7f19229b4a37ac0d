import { expect, it } from 'vitest'
import { figureText, type LevelFigure, lowerOf, medianOf, middleOf } from './level-figure.ts'

it.each<[number[], LevelFigure | undefined]>([
  [[], undefined],
  [[3], 3],
  [[2, 3], { low: 2, high: 3 }],
  [[1, 5, 5], 5],
  [[5, 1, 2], 2],
  [[4, 2, 2, 1], 2],
  [[1, 2, 4, 5], { low: 2, high: 4 }],
  [[0, 0, 1], 0],
])('the median of %j is %j', (levels, median) => {
  expect(medianOf(levels)).toEqual(median)
})

it('a tie has reached its lower level, lies in the middle, and is written with both', () => {
  const tie = { low: 2, high: 3 }
  expect([lowerOf(tie), middleOf(tie), figureText(tie)]).toEqual([2, 2.5, '2-3'])
  expect([lowerOf(4), middleOf(4), figureText(4)]).toEqual([4, 4, '4'])
})
