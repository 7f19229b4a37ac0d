import { describe, expect, it } from 'vitest'
import { ACCENT, TARGET } from './paints.ts'
import type { Profile, ProfileAxis } from './profile.ts'
import { RADIUS, radar } from './radar.ts'
import { allOf, numberOf, readSvg, textsOf } from './testing/read-svg.ts'

const profile = (axes: readonly ProfileAxis[], more: Partial<Profile> = {}): Profile => ({ title: 'Payments', levels: 5, axes, ...more })
const FOUR: ProfileAxis[] = [
  { label: 'Up', value: 5, target: 5 },
  { label: 'Right', value: 2, previous: 1 },
  { label: 'Down', value: { low: 2, high: 3 } },
  { label: 'Left', value: 1 },
]

/** The marks of levels now, around the middle of the radar. */
const marksOf = (svg: string) =>
  allOf(readSvg(svg), 'g > circle')
    .filter((circle) => circle.getAttribute('fill') === ACCENT.light)
    .map((circle) => [numberOf(circle, 'cx'), numberOf(circle, 'cy')])
const strokesOf = (svg: string, paint: string) => allOf(readSvg(svg), `g > path[stroke="${paint}"]`).map((path) => path.getAttribute('d') ?? '')

describe('a radar', () => {
  it('puts each level on its axis, clockwise from the top, in proportion to the number of levels', () => {
    const step = RADIUS / 5
    expect(marksOf(radar(profile(FOUR)).svg('light'))).toEqual([
      [0, -5 * step],
      [2 * step, 0],
      [0, 2.5 * step],
      [-step, 0],
    ])
  })

  it('closes its line where every axis has a level', () => {
    expect(strokesOf(radar(profile(FOUR)).svg('light'), ACCENT.light).filter((d) => d.endsWith('Z'))).toHaveLength(1)
  })

  it('leaves an axis without a level open: no mark at zero, no line to it, and a dash beside its name', () => {
    const axes = FOUR.map((axis, i) => (i === 1 ? { ...axis, value: undefined } : axis))
    const svg = radar(profile(axes)).svg('light')
    expect(marksOf(svg)).toHaveLength(3)
    const lines = strokesOf(svg, ACCENT.light)
    expect(lines.some((d) => d.endsWith('Z'))).toBe(false)
    expect(lines.some((d) => /(^M|L)0 0/.test(d))).toBe(false)
    expect(textsOf(svg)).toContain('Right –')
    expect(textsOf(svg)).toContain('No level: not answered or not applicable')
  })

  it('draws the target with other marks and dashes, and only where there is one', () => {
    const drawn = allOf(readSvg(radar(profile(FOUR)).svg('light')), `g > path[fill="${TARGET.light}"]`)
    expect(drawn).toHaveLength(1)
    expect(textsOf(radar(profile(FOUR.map(({ label, value }) => ({ label, value })))).svg())).not.toContain('Target')
  })

  it('says the same in words', () => {
    expect(radar(profile(FOUR, { levelNames: ['Build', 'Operate', 'Scale', 'Improve', 'Adapt'] })).alt).toBe(
      'Payments. Radar, 4 sections on levels 1 (Build) to 5 (Adapt). Up: level 5, target 5. Right: level 2, last round 1. Down: level 2-3. Left: level 1.',
    )
    expect(radar(profile([...FOUR, { label: 'Open', value: undefined, target: 3 }])).alt).toMatch(
      /Open: no level, target 3\. No level means not answered or not applicable\.$/,
    )
  })

  it('shortens a long name in the picture and keeps it in words', () => {
    const long = 'Security, policy and compliance of everything that the team runs anywhere'
    const { svg, alt } = radar(profile([...FOUR.slice(0, 3), { label: long, value: 3 }]))
    expect(textsOf(svg())).toContainEqual(expect.stringMatching(/^Security.*… 3$/))
    expect(alt).toContain(`${long}: level 3.`)
  })

  it.each([3, 4, 5, 8, 13, 26, 27])('writes no name of %i upon another, nor outside of the picture', (count) => {
    const axes = Array.from({ length: count }, (_, i) => ({ label: `Teams and decentralization ${i}`, value: 1 + (i % 5) }))
    const { svg, width, height } = radar(profile(axes))
    const root = readSvg(svg('light'))
    const [dx, dy] = (root.querySelector('g')?.getAttribute('transform')?.match(/\d+/g) ?? []).map(Number) as [number, number]
    const labels = allOf(root, 'g > text').filter((each) => each.querySelector('tspan') !== null)
    expect(labels).toHaveLength(count)
    const places = labels.map((each) => ({ anchor: each.getAttribute('text-anchor') ?? 'start', x: dx + numberOf(each, 'x'), y: dy + numberOf(each, 'y') }))
    for (const { x, y } of places) expect(x > 0 && x < width && y > 40 && y < height - 20).toBe(true)
    for (const anchor of ['start', 'end']) {
      const heights = places
        .filter((place) => place.anchor === anchor)
        .map(({ y }) => y)
        .toSorted((a, b) => a - b)
      for (const [i, y] of heights.entries()) if (i > 0) expect(y - (heights[i - 1] as number)).toBeGreaterThanOrEqual(17.9)
    }
  })

  it('draws 27 axes at most and says how many it left out', () => {
    const { svg, alt } = radar(profile(Array.from({ length: 29 }, (_, i) => ({ label: `Section ${i + 1}`, value: 2 }))))
    expect(marksOf(svg('light'))).toHaveLength(27)
    expect(textsOf(svg())).toContain('2 more sections are not shown.')
    expect(alt).toMatch(/Section 27: level 2\. 2 more sections are not shown\.$/)
  })
})

describe('bars, for fewer than three axes', () => {
  it('are as long as the level', () => {
    const picture = radar(profile([{ label: 'Culture', value: 3, target: 4 }]))
    const [track, bar] = allOf(readSvg(picture.svg('light')), 'rect[rx="4"]').map((rect) => numberOf(rect, 'width')) as [number, number]
    expect(bar / track).toBeCloseTo(3 / 5)
    expect(picture.alt).toBe('Payments. Bars, 1 section on levels 1 to 5. Culture: level 3, target 4.')
  })

  it('stay open without a level', () => {
    const rects = allOf(readSvg(radar(profile([{ label: 'Culture', value: undefined }])).svg('light')), 'rect[rx="4"]')
    expect(rects.map((rect) => rect.getAttribute('fill'))).toEqual(['none'])
  })

  it('say that there is nothing yet', () => {
    const picture = radar(profile([]))
    expect(picture.alt).toBe('Payments. Bars, nothing to show yet.')
    expect(textsOf(picture.svg())).toContain('Nothing to show yet.')
  })
})
