import { describe, expect, it } from 'vitest'
import { HOSTILE } from '../../chat/render/testing/random-replies.ts'
import { streamText } from './stream-text.ts'

describe('text that is streamed', () => {
  it('keeps sentences and citations as they are', () => {
    const text = 'At level 3, kube_config is in Git [1], and (mostly) tested [2]: every week.\n[3] Next.'
    expect(streamText(text)).toBe(text)
  })

  it('mentions, links, pictures and formats nothing', () => {
    for (const text of HOSTILE) {
      const shown = streamText(text)
      expect(shown).not.toMatch(/[<>*`~@|\\]|\]\(|\]\[|^#/)
      expect(shown.length).toBeLessThanOrEqual(text.length)
    }
  })

  it('nor does it together with what is sent before and after it', () => {
    expect(streamText('see [1]') + streamText('(https://evil.example)')).toBe('see [1]（https://evil.example)')
    expect(streamText('a <') + streamText('!channel>')).toBe('a ‹!channel›')
  })
})
