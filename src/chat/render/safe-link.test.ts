import { describe, expect, it } from 'vitest'
import { safeLink, safeUrl } from './safe-link.ts'

describe('a link', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:a@example.com',
    'slack://open',
    'msteams://open',
    'no url',
    '',
    'https://',
    `https://a.example/${'x'.repeat(3000)}`,
  ])('to %.30s is none', (url) => {
    expect(safeLink('label', url)).toBeUndefined()
  })

  it('is written so that nothing can end it', () => {
    expect(safeUrl('https://a.example/<b>|c d?e=f&g=h')).toBe('https://a.example/%3Cb%3E%7Cc%20d?e=f&g=h')
  })

  it('loses a name that looks like the host', () => {
    expect(safeLink('Sign in', 'https://bank.example@evil.example/')).toEqual({ url: 'https://evil.example/', label: 'Sign in' })
  })

  it.each([
    ['https://bank.example/login', 'https://bank.example/login (evil.example)'],
    ['see bank.example now', 'see bank.example now (evil.example)'],
    ['Bank．example', 'Bank．example (evil.example)'],
    ['evil.example', 'evil.example'],
    ['https://www.evil.example/a', 'https://www.evil.example/a'],
    ['Level 3.', 'Level 3.'],
    ['', 'evil.example'],
  ])('with the label %j shows %j', (label, shown) => {
    expect(safeLink(label, 'https://evil.example/a')?.label).toBe(shown)
  })

  it('with a host in other letters is named as it is', () => {
    expect(safeLink('аpple.example', 'https://xn--pple-43d.example/')?.label).toBe('аpple.example')
    expect(safeLink('аpple.example', 'https://apple.example/')?.label).toBe('аpple.example (apple.example)')
  })
})
