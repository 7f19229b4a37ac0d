import { describe, expect, it } from 'vitest'
import { cleaned } from '../../chat/render/clean-text.ts'
import { inert, unparsed } from './escape.ts'
import { streamText } from './stream-text.ts'
import { formattedIn } from './testing/active-parts.ts'
import { HOSTILE } from './testing/hostile.ts'

describe('text from outside', () => {
  it('fills in no template and mentions nobody where it is not parsed, and else stays as it is', () => {
    expect(unparsed('{{DATE(2026-12-24T17:00:00Z)}} \u0024{x} <at>Ada</at>')).toBe('{｛DATE(2026-12-24T17:00:00Z)}} $｛x} ‹at>Ada‹/at>')
    expect(unparsed('*a* <b> [x](y) {1} kube_config')).toBe('*a* <b> [x](y) {1} kube_config')
  })

  it.each([
    ['*a* _b_ ~c~ `d`', '∗a∗ ˍb_ ∼c∼ ˋdˋ'],
    ['kube_config and a_b_c', 'kube_config and a_b_c'],
    ['see [1], [2](x)', 'see [1], [2]（x)'],
    ['R&D; 2 > 1 &lt;at&gt;', 'R&D； 2 › 1 &lt；at&gt；'],
    ['1. one\n- two\n  # three', '1․ one\n‐ two\n\u00a0\u00a0＃ three'],
    ['10:30, 3.5 and (a) - b', '10:30, 3.5 and (a) - b'],
  ])('formats nothing where it is parsed: %j', (text, shown) => {
    expect(inert(text)).toBe(shown)
  })

  it.each(HOSTILE)('is plain text to a Markdown parser: %j', (text) => {
    for (const shown of [inert(cleaned(text)), streamText(text)]) {
      expect(formattedIn(shown)).toEqual([])
      expect(shown).not.toMatch(/[<>*`~|\\]|\{\{|\$\{/)
    }
  })

  it('is inert together with what stands before it too', () => {
    expect(inert('(https://evil.example)', '[bank]')).toBe('（https://evil.example)')
    expect(inert('{DATE(x)}}', 'a {')).toBe('｛DATE(x)}}')
  })
})

describe('text that is streamed', () => {
  it('only grows', () => {
    const all = HOSTILE.join(' and\nthen ')
    let before = ''
    for (let length = 0; length <= all.length; length++) {
      const now = streamText(all.slice(0, length))
      expect(now.startsWith(before)).toBe(true)
      before = now
    }
  })

  it('keeps sentences and citations, and its lines apart', () => {
    expect(streamText('At level 3, kube_config is in Git [1].\nNext [2].')).toBe('At level 3, kube_config is in Git [1].\n\nNext [2].')
  })
})
