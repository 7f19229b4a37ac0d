import { describe, expect, it } from 'vitest'
import { ACCENT } from './paints.ts'
import { allOf, numberOf, readSvg, textsOf } from './testing/read-svg.ts'
import { plotOf, trend } from './trend.ts'

const culture = {
  label: 'Culture',
  points: [
    { date: '2026-07-01', value: 4 },
    { date: '2026-01-01', value: 1 },
    { date: '2026-04-01T10:00:00Z', value: 2.5 },
  ],
}
const data = { title: 'Over time', levels: 5, series: [culture] }
const others = (count: number) => Array.from({ length: count }, (_, i) => ({ label: `Section ${i}`, points: [{ date: '2026-02-01', value: 2 }] }))

describe('a trend', () => {
  it('puts each value at its date and level', () => {
    const plot = plotOf(data)
    const marks = allOf(readSvg(trend(data).svg('light')), `circle[fill="${ACCENT.light}"]`).map((each) => [numberOf(each, 'cx'), numberOf(each, 'cy')])
    const height = plot.bottom - plot.top
    expect(marks.slice(0, 3).map(([, y]) => y)).toEqual([plot.bottom, plot.bottom - (height * 1.5) / 4, plot.bottom - (height * 3) / 4])
    expect(marks[0]?.[0]).toBe(plot.left)
    expect(marks[1]?.[0]).toBeCloseTo(plot.left + ((plot.right - plot.left) * 90.42) / 181, 0)
    expect(marks[2]?.[0]).toBe(plot.right)
  })

  it('goes in steps: a level holds until the next answer', () => {
    const steps = allOf(readSvg(trend(data).svg('light')), `path[stroke="${ACCENT.light}"]`)[0]?.getAttribute('d') ?? ''
    const corners = steps
      .slice(1)
      .split('L')
      .map((corner) => corner.split(' '))
    expect(corners).toHaveLength(5)
    for (const [i, [x, y]] of corners.entries()) if (i > 0) expect(x === corners[i - 1]?.[0] || y === corners[i - 1]?.[1]).toBe(true)
  })

  it('says the same in words, with ISO dates in order', () => {
    expect(trend(data).alt).toBe('Over time. Trend on levels 1 to 5. Culture: 2026-01-01 level 1, 2026-04-01 level 2.5, 2026-07-01 level 4.')
    expect(textsOf(trend(data).svg())).toEqual(expect.arrayContaining(['2026-01-01', '2026-04-01', '2026-07-01', 'Culture']))
  })

  it('tells six series apart by dash and by mark, and leaves out a seventh in words', () => {
    const series = Array.from({ length: 7 }, (_, i) => ({ ...culture, label: `Section ${i}` }))
    const { svg, alt } = trend({ ...data, series })
    const lines = allOf(readSvg(svg('light')), 'path[stroke-width="2"][stroke-linejoin]')
    expect(new Set(lines.map((each) => each.getAttribute('stroke-dasharray'))).size).toBe(6)
    expect(new Set(lines.map((each) => each.getAttribute('stroke'))).size).toBe(6)
    expect(alt).toMatch(/ 1 more line is not shown\.$/)
    expect(textsOf(svg())).toContain('1 more line is not shown.')
    expect(textsOf(svg())).not.toContain('Section 6')
  })

  it('draws lines of the same levels side by side', () => {
    const twice = allOf(readSvg(trend({ ...data, series: [culture, { ...culture, label: 'Again' }] }).svg('light')), 'path[stroke-linejoin]').map((each) =>
      each.getAttribute('d'),
    )
    expect(new Set(twice).size).toBe(twice.length)
  })

  it('shows a single date in the middle, and says where there is none', () => {
    const plot = plotOf(data)
    const [mark] = allOf(readSvg(trend({ ...data, series: others(1) }).svg('light')), 'circle')
    expect(numberOf(mark as Element, 'cx')).toBe((plot.left + plot.right) / 2)
    const empty = trend({ ...data, series: [{ label: 'Culture', points: [] }] })
    expect(empty.alt).toBe('Over time. Trend on levels 1 to 5. Culture: no results yet.')
    expect(textsOf(empty.svg())).toContain('No results yet')
  })

  it('writes dates that do not touch each other', () => {
    const points = Array.from({ length: 60 }, (_, i) => ({ date: new Date(Date.UTC(2026, 0, 1 + 3 * i)).toISOString(), value: 3 }))
    const dates = allOf(readSvg(trend({ ...data, series: [{ label: 'Often', points }] }).svg()), 'text').filter((each) =>
      /^\d{4}-/.test(each.textContent ?? ''),
    )
    const places = dates.map((each) => numberOf(each, 'x'))
    expect(places.length).toBeGreaterThan(3)
    for (const [i, x] of places.entries()) if (i > 0) expect(x - (places[i - 1] as number)).toBeGreaterThan(80)
  })

  it.each(['yesterday', '2026', '01/02/2026', '2026-13-01'])('refuses the date %j', (date) => {
    expect(() => trend({ ...data, series: [{ label: 'Culture', points: [{ date, value: 1 }] }] })).toThrow(RangeError)
  })
})
