import { describe, expect, it } from 'vitest'
import { CELL, heatmap } from './heatmap.ts'
import { rampPaint } from './paints.ts'
import { allOf, numberOf, readSvg, textsOf } from './testing/read-svg.ts'

const data = {
  title: 'Teams',
  levels: 5,
  rows: ['Payments', 'Search'],
  columns: ['Culture', 'Security', 'AI'],
  cells: [
    [1, 5, undefined],
    [{ low: 2, high: 3 }, 'hidden', 'not-applicable'],
  ] as const,
}
const cellsOf = (svg: string) => allOf(readSvg(svg), 'g').map((g) => ({ rect: g.querySelector('rect') as Element, said: g.textContent }))

describe('a heatmap', () => {
  it('fills each cell by its level and writes the level in it', () => {
    const cells = cellsOf(heatmap(data).svg('light')).slice(0, 6)
    expect(cells.map(({ said }) => said)).toEqual(['1', '5', '–', '2-3', '•••', 'n/a'])
    expect(cells.map(({ rect }) => rect.getAttribute('fill'))).toEqual([
      rampPaint(1, 5).light,
      rampPaint(5, 5).light,
      'none',
      rampPaint(2.5, 5).light,
      expect.any(String),
      expect.any(String),
    ])
  })

  it('puts teams in rows and sections in columns', () => {
    const [first, right, , below] = cellsOf(heatmap(data).svg('light')).map(({ rect }) => ({ x: numberOf(rect, 'x'), y: numberOf(rect, 'y') }))
    expect(right).toEqual({ x: (first?.x ?? 0) + CELL.width + CELL.gap, y: first?.y })
    expect(below).toEqual({ x: first?.x, y: (first?.y ?? 0) + CELL.height + CELL.gap })
  })

  it('says the same in words', () => {
    expect(heatmap(data).alt).toBe(
      'Teams. Heatmap, 2 teams by 3 sections, levels 1 to 5. Payments: Culture 1, Security 5, AI not answered. Search: Culture 2-3, Security hidden, AI not applicable.',
    )
  })

  it('explains the signs that occur, and no others', () => {
    expect(textsOf(heatmap(data).svg())).toEqual(expect.arrayContaining(['not answered', 'not applicable', 'hidden']))
    expect(
      textsOf(
        heatmap({
          ...data,
          cells: [
            [1, 2, 3],
            [1, 2, 3],
          ],
        }).svg(),
      ),
    ).not.toContain('hidden')
  })

  it('cuts many teams and sections off, and says so in the picture and in words', () => {
    const rows = Array.from({ length: 31 }, (_, i) => `Team ${i}`)
    const columns = Array.from({ length: 30 }, (_, i) => `Section ${i}`)
    const { svg, alt } = heatmap({ ...data, rows, columns, cells: rows.map(() => columns.map(() => 3)) })
    const words = ['1 more team is not shown.', '3 more sections are not shown.']
    expect(textsOf(svg())).toEqual(expect.arrayContaining(words))
    expect(alt.endsWith(words.join(' '))).toBe(true)
    expect(cellsOf(svg())).toHaveLength(30 * 27 + 5)
  })

  it('takes cells that are missing as not answered, and no teams at all', () => {
    expect(heatmap({ ...data, cells: [] }).alt).toContain('Payments: Culture not answered')
    expect(heatmap({ ...data, rows: [], cells: [] }).alt).toBe('Teams. Heatmap, 0 teams by 3 sections, levels 1 to 5.')
  })
})
