import { describe, expect, it } from 'vitest'
import { UserError } from './errors.ts'
import { createSecretBox } from './secret-box.ts'

const KEY = '0123456789abcdef'.repeat(4)
const OTHER = 'fedcba9876543210'.repeat(4)

describe('a secret box', () => {
  const box = createSecretBox([KEY])

  it('gives back what was sealed, and shows nothing of it', () => {
    const sealed = box.seal('xoxb-secret ü', 'slack/T1')
    expect(sealed).not.toContain('xoxb')
    expect(box.open(sealed, 'slack/T1')).toBe('xoxb-secret ü')
  })

  it('seals the same text differently each time', () => {
    expect(box.seal('a', 'p')).not.toBe(box.seal('a', 'p'))
  })

  it('does not open for another purpose, nor when a character was changed', () => {
    const sealed = box.seal('xoxb-secret', 'slack/T1')
    expect(() => box.open(sealed, 'slack/T2')).toThrow()
    const at = sealed.length - 3
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    expect(() => box.open(changed, 'slack/T1')).toThrow()
  })

  it('opens what a former key sealed, and knows that it is old', () => {
    const sealed = box.seal('token', 'p')
    const rotated = createSecretBox([OTHER, KEY])
    expect(rotated.open(sealed, 'p')).toBe('token')
    expect([rotated.isOld(sealed), rotated.isOld(rotated.seal('token', 'p'))]).toEqual([true, false])
  })

  it('says which key is missing', () => {
    const sealed = box.seal('token', 'p')
    expect(() => createSecretBox([OTHER]).open(sealed, 'p')).toThrow(UserError)
    expect(() => createSecretBox([OTHER]).open(sealed, 'p')).toThrow(sealed.split('.')[1])
    expect(() => box.open('nonsense', 'p')).toThrow(UserError)
  })
})
