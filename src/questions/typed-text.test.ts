import { describe, expect, it } from 'vitest'
import { MAX_QUESTION_CHARACTERS, QuestionError, readQuestion } from './typed-text.ts'

describe('readQuestion', () => {
  it('makes one line of what was typed', () => {
    expect(readQuestion('  what\n\tis  level 2? ')).toBe('what is level 2?')
  })

  it('counts characters as people see them, not code units', () => {
    expect(readQuestion('🪨'.repeat(MAX_QUESTION_CHARACTERS))).toHaveLength(2 * MAX_QUESTION_CHARACTERS)
    expect(() => readQuestion('a'.repeat(MAX_QUESTION_CHARACTERS + 1))).toThrow(/4001 characters; at most 4,000/)
  })

  it('takes every script, and mends half characters', () => {
    expect(readQuestion('成熟度 مرحبا 👩‍💻')).toBe('成熟度 مرحبا 👩‍💻')
    expect(readQuestion('a\ud800b')).toBe('a\ufffdb')
  })

  it.each(['\u0000', '\u0007bell', 'ESC\u001e'])('refuses control characters: %j', (text) => {
    expect(() => readQuestion(text)).toThrow(QuestionError)
  })

  it('leaves an empty question empty: the assistant asks back', () => {
    expect(readQuestion(' \n ')).toBe('')
  })
})
