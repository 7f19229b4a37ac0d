/** What holds for every picture: that it can be read, can't be broken by what people type, and is the same each time. */
import { describe, expect, it } from 'vitest'
import { contrast } from './contrast.ts'
import { fontOf } from './font.ts'
import { heatmap } from './heatmap.ts'
import { shorten } from './labels.ts'
import { ladder } from './ladder.ts'
import { ACCENT, EDGE, INK, INK_SOFT, inkOn, rampPaint, SERIES, STONE, STONE_TOP, SUNKEN, SURFACE, TARGET, THEMES, TINT } from './paints.ts'
import type { Picture } from './picture.ts'
import { radar } from './radar.ts'
import { PNG_SIGNATURE, readPng, readSvg } from './testing/read-svg.ts'
import { trend } from './trend.ts'

/** Each kind, with one name at every place where people write. */
const KINDS: Record<string, (name: string) => Picture> = {
  radar: (name) => radar({ title: name, levels: 5, levelNames: [name], axes: [1, 2, 3].map((value) => ({ label: name, value, target: 4, previous: 1 })) }),
  bars: (name) => radar({ title: name, levels: 5, levelNames: [name], axes: [{ label: name, value: 3, target: 4, previous: 1 }] }),
  heatmap: (name) => heatmap({ title: name, levels: 5, levelNames: [name], rows: [name], columns: [name, name], cells: [[1, 'hidden']] }),
  trend: (name) => trend({ title: name, levels: 5, levelNames: [name], series: [{ label: name, points: [{ date: '2026-01-01', value: 2 }] }] }),
  ladder: (name) => ladder({ title: name, stages: [{ name, state: 'partly' }], reached: 0 }),
}
const NASTY = `</text><script>alert(1)</script>"' onload="x" & ]]> <!-- --> @import url(https://evil.example)`
const MOST_BYTES = 300_000

describe.each(Object.entries(KINDS))('a %s', { timeout: 15_000 }, (_, draw) => {
  it('is a PNG of twice its size, small enough for a chat, and the same each time', () => {
    const picture = draw('Payments')
    const png = picture.png()
    expect(readPng(png)).toEqual({ signature: PNG_SIGNATURE, width: 2 * picture.width, height: 2 * picture.height })
    expect(png.length).toBeLessThan(MOST_BYTES)
    const small = readPng(picture.png('light', 400))
    expect(Math.abs(Math.max(small.width, small.height) - 400)).toBeLessThanOrEqual(1)
    expect(picture.png('light', 10_000).equals(png)).toBe(true)
    expect(draw('Payments').png().equals(png)).toBe(true)
    expect(draw('Payments').svg()).toBe(picture.svg())
    expect(picture.png('dark').equals(png)).toBe(false)
  })

  it('draws its text: another name makes another image', () => {
    expect(draw('Payments').png().equals(draw('Paymemts').png())).toBe(false)
  })

  it('takes markup as text, in the picture and in its words', () => {
    for (const look of ['both', 'light', 'dark'] as const) {
      const root = readSvg(draw(NASTY).svg(look))
      expect(root.querySelector('script')).toBeNull()
      expect([...root.querySelectorAll('*'), root].flatMap((each) => [...each.attributes]).map(({ name }) => name)).not.toContain('onload')
      expect(root.getAttribute('aria-label')).toContain(NASTY)
      expect(root.querySelector('title')?.textContent).toBe(NASTY)
    }
    expect(readPng(draw(NASTY).png()).signature).toBe(PNG_SIGNATURE)
  })

  it('refers to nothing outside of itself', () => {
    const svg = draw('Payments').svg()
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|href|url\(|@import|data:/)
  })

  it('has its words as the name of the image', () => {
    const picture = draw('Payments')
    const root = readSvg(picture.svg())
    expect([root.getAttribute('role'), root.getAttribute('aria-label')]).toEqual(['img', picture.alt])
  })

  it('survives control characters and halves of characters', () => {
    const root = readSvg(draw('a\u0000b\u001b[31m\uD83D c\nd').svg())
    expect(root.querySelector('title')?.textContent).toContain('b[31m')
    expect(readPng(draw('a\u0000b\uD83D').png()).signature).toBe(PNG_SIGNATURE)
  })

  it('says which characters the image file cannot show, and shows a sign for them', () => {
    const { alt, svg, png } = draw('決済 🚀')
    expect(alt).toContain('決済 🚀')
    expect(alt).toMatch(/As an image file, the picture shows □ in place of characters that its font lacks: 決 済 🚀$/)
    expect(svg()).toContain('決済')
    expect(png().equals(draw('□□ □').png())).toBe(true)
  })

  it('follows the reader’s dark setting, and stays legible where a page forbids styles', () => {
    const svg = draw('Payments').svg()
    expect(svg).toContain('@media (prefers-color-scheme:dark)')
    expect(
      readSvg(svg.replace(/<style>.*<\/style>/, ''))
        .querySelector('rect')
        ?.getAttribute('fill'),
    ).toBe(SURFACE.light)
    expect(draw('Payments').svg('dark')).not.toContain('<style>')
  })
})

describe('the largest pictures', { timeout: 30_000 }, () => {
  const label = (i: number) => `Teams, decentralization and section number ${i}`
  const many = (count: number) => Array.from({ length: count }, (_, i) => i)

  it.each([
    [
      'radar',
      () => radar({ title: label(0), levels: 7, axes: many(27).map((i) => ({ label: label(i), value: 1 + (i % 7), target: 6, previous: 1 + (i % 3) })) }),
    ],
    [
      'heatmap',
      () =>
        heatmap({
          title: label(0),
          levels: 7,
          rows: many(30).map(label),
          columns: many(27).map(label),
          cells: many(30).map((i) => many(27).map((j) => 1 + ((i * j) % 7))),
        }),
    ],
    [
      'trend',
      () =>
        trend({
          title: label(0),
          levels: 7,
          series: many(6).map((i) => ({ label: label(i), points: many(40).map((j) => ({ date: `20${10 + j}-0${1 + i}-01`, value: 1 + ((i + j) % 7) })) })),
        }),
    ],
  ])('fit into a chat: %s', (_, draw) => {
    for (const theme of THEMES) expect(draw().png(theme).length).toBeLessThan(MOST_BYTES)
  })
})

describe.each(THEMES)('the colors of the %s theme', (theme) => {
  it.each([
    ['ink', INK, SURFACE],
    ['soft ink', INK_SOFT, SURFACE],
    ['soft ink on grey', INK_SOFT, SUNKEN],
    ['the value beside a name', ACCENT, SURFACE],
    ['soft ink on the area of a radar', INK_SOFT, TINT],
  ])('can be read as text: %s', (_, ink, ground) => {
    expect(contrast(ink[theme], ground[theme])).toBeGreaterThanOrEqual(4.5)
  })

  it.each([2, 3, 5, 7, 10])('can be read in every cell of %i levels', (levels) => {
    for (let level = 1; level <= levels; level += 0.5) {
      const fill = rampPaint(level, levels)
      expect(contrast(inkOn(fill)[theme], fill[theme])).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('go one way in lightness along the ramp, so that hue is not needed', () => {
    const steps = Array.from({ length: 9 }, (_, i) => contrast(rampPaint(1 + i / 2, 5)[theme], SURFACE[theme]))
    for (const [i, step] of steps.entries()) if (i > 0) expect(step).toBeGreaterThan(steps[i - 1] as number)
  })

  it('can be seen as lines and marks', () => {
    for (const paint of [...SERIES, TARGET, EDGE, STONE]) expect(contrast(paint[theme], SURFACE[theme])).toBeGreaterThanOrEqual(3)
    // Beside the bold name and the word "reached", which say the same.
    expect(contrast(STONE_TOP[theme], SURFACE[theme])).toBeGreaterThanOrEqual(2.5)
  })
})

describe('labels', () => {
  it('are cut at whole characters and end in an ellipsis', () => {
    const family = '👩‍👩‍👧'
    expect(shorten(`${family}${family}${family}`, fontOf('regular').widthOf(family, 13) * 2, 13)).toBe(`${family}…`)
    expect(shorten('short', 200, 13)).toBe('short')
    expect(shorten('two\n lines\t here', 200, 13)).toBe('two lines here')
  })

  it('are as wide as the font says', () => {
    // DejaVu Sans: an "M" is 1767 of 2048 units wide.
    expect(fontOf('regular').widthOf('MM', 2048)).toBe(2 * 1767)
    expect(fontOf('bold').widthOf('M', 2048)).toBeGreaterThan(1767)
    expect(['a', 'é', 'Ж', '…', '決', '🚀'].map((character) => fontOf('regular').has(character))).toEqual([true, true, true, true, false, false])
  })
})
