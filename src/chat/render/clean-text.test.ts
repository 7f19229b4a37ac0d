import { describe, expect, it } from 'vitest'
import { cleaned, cut, oneLine, shortLabel } from './clean-text.ts'

describe('text from outside', () => {
  it('loses what turns text around, what can not be seen and halves of characters', () => {
    expect(cleaned('a\u202eb\u2066c\u200b\u00ad\ufeff\u0000\u001bd\ud800e\u061cf')).toBe('abcdef')
  })

  it('keeps lines, tabs and the joiners of emoji and scripts', () => {
    expect(cleaned('a\r\nb\u2028c\td 👩‍👩‍👧 क्‍ष ✔\ufe0f')).toBe('a\nb\nc\td 👩‍👩‍👧 क्‍ष ✔\ufe0f')
  })

  it('stands on one line in labels', () => {
    expect(oneLine('  a\n\n b\tc ')).toBe('a b c')
    expect(shortLabel('Release and operations', 10)).toBe('Release a…')
    expect(shortLabel('abc 😀', 5)).toBe('abc…')
  })
})

describe('a cut', () => {
  it('is at the end of a late sentence, else between words, else anywhere, and says so', () => {
    expect(cut('One is here. Two is there. Three is gone.', 32)).toBe('One is here. Two is there. …')
    expect(cut('One two three four five', 15)).toBe('One two three …')
    expect(cut('x'.repeat(50), 10)).toBe('xxxxxxxx…')
    expect(cut('short', 5)).toBe('short')
  })

  it('never is longer than asked for', () => {
    for (let most = 1; most < 60; most++) expect(cut('One is here. Two 😀 is there! Three? four\nfive 😀😀😀', most).length).toBeLessThanOrEqual(most)
  })
})
