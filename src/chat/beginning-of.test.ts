import { describe, expect, it } from 'vitest'
import { beginningOf } from './beginning-of.ts'

describe('the beginning of a text', () => {
  it('is all of a short one, on one line', () => {
    expect(beginningOf('  We deploy\n by hand. ', 40)).toBe('We deploy by hand.')
  })

  it('ends with a whole word, and has no more characters than there is room for', () => {
    expect(beginningOf('We deploy by hand.', 17)).toBe('We deploy by…')
    expect(beginningOf('We deploy by hand.', 18)).toBe('We deploy by hand.')
    expect(beginningOf('word '.repeat(200))).toMatch(/^(?:word ){58}word…$/)
  })

  it('cuts what is too long for a word, and never half a sign', () => {
    expect(beginningOf(`see ${'x'.repeat(100)}`, 50)).toBe(`see ${'x'.repeat(45)}…`)
    expect(beginningOf('🙂'.repeat(10), 6)).toBe('🙂🙂…')
  })
})
