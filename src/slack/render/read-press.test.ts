import { describe, expect, it } from 'vitest'
import { openPassage } from '../../chat/presses.ts'
import { pressCode } from '../../chat/render/press-code.ts'
import { readPress } from './read-press.ts'

const passage = openPassage('cncf/technology/release-and-operations/4')

describe('a press', () => {
  it('fits in an option and comes back from everything that can be pressed', () => {
    const value = pressCode(passage, 150) ?? ''
    expect(value).toBe('["passage.open",{"passage":"cncf/technology/release-and-operations/4"}]')
    expect(readPress({ type: 'button', action_id: 'passage.open:0', value })).toEqual(passage)
    expect(readPress({ type: 'feedback_buttons', value })).toEqual(passage)
    expect(readPress({ type: 'static_select', selected_option: { text: {}, value } })).toEqual(passage)
    expect(readPress({ type: 'overflow', selected_option: { value } })).toEqual(passage)
  })

  it('keeps the kinds of what is with it', () => {
    const press = { on: 'a.b', with: { text: '1', number: 1.5, flag: false } }
    expect(readPress({ type: 'button', value: pressCode(press) })).toEqual(press)
    expect(readPress({ type: 'button', value: pressCode({ on: 'a.b', with: {} }) })).toEqual({ on: 'a.b' })
  })

  it('that is too long is not offered', () => {
    expect(pressCode({ on: 'ask.this', with: { question: 'x'.repeat(150) } }, 150)).toBeUndefined()
    expect(pressCode({ on: 'ask.this', with: { question: 'x'.repeat(1900) } })).toBeDefined()
  })

  it.each([
    '',
    'x',
    '{}',
    '[]',
    '[1]',
    '["a.b",1]',
    '["a.b",{},1]',
    '["A B"]',
    '["a.b",{"x":null}]',
    '["a.b",{"x":{}}]',
    '["a.b",{"x":1e999}]',
    '"a.b"',
    `["a.b",{"x":"${'x'.repeat(2000)}"}]`,
  ])('is not made of %.40s', (value) => {
    expect(readPress({ type: 'button', value })).toBeUndefined()
  })

  it('lets nobody into prototypes', () => {
    const press = readPress({ type: 'button', value: '["a.b",{"__proto__":true,"constructor":"x"}]' })
    expect(Object.getPrototypeOf(press?.with ?? {})).toBe(Object.prototype)
  })

  it('is nothing in an action of another kind', () => {
    expect(readPress({ type: 'users_select', selected_user: 'U1' })).toBeUndefined()
    expect(readPress({ type: 'button', url: 'https://example.com' })).toBeUndefined()
    expect(readPress(undefined)).toBeUndefined()
  })
})
