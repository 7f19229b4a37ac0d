import { describe, expect, it } from 'vitest'
import { openPassage } from '../../chat/presses.ts'
import { LONGEST_PRESS, pressCode } from '../../chat/render/press-code.ts'
import { pressData, readPress } from './read-press.ts'

const passage = openPassage('cncf/technology/release-and-operations/4')
const executed = (data: unknown) => ({ action: { type: 'Action.Execute', verb: 'x', title: 'X', data }, trigger: 'manual' })

describe('a press', () => {
  it('comes back from a button, whether it was executed or submitted', () => {
    expect(readPress(executed(pressData(passage)))).toEqual(passage)
    expect(readPress(pressData(passage))).toEqual(passage)
    expect(readPress(executed({ ...pressData(passage), 'line:scope': 'typed besides' }))).toEqual(passage)
  })

  it('comes back from a menu as what was chosen in it', () => {
    const data = { menu: 'menu:2', 'menu:1': '["a.b"]', 'menu:2': pressCode(passage) }
    expect(readPress(executed(data))).toEqual(passage)
    expect(readPress(executed({ menu: 'menu:3', 'menu:1': '["a.b"]' }))).toBeUndefined()
  })

  it('keeps the kinds of what is with it', () => {
    const press = { on: 'a.b', with: { text: '1', number: 1.5, flag: false } }
    expect(readPress(executed(pressData(press)))).toEqual(press)
    expect(readPress(executed({ menu: 'menu:1', 'menu:1': pressCode(press) }))).toEqual(press)
    expect(readPress(pressData({ on: 'a.b', with: {} }))).toEqual({ on: 'a.b' })
  })

  it('that is too long is neither offered nor taken', () => {
    const long = { on: 'ask.this', with: { question: 'x'.repeat(LONGEST_PRESS) } }
    expect(pressCode(long)).toBeUndefined()
    expect(readPress(executed({ press: long }))).toBeUndefined()
    expect(readPress(executed({ press: { on: 'a.b', with: { a: 'x'.repeat(1500), b: 'x'.repeat(1500) } } }))).toBeUndefined()
  })

  it.each([
    undefined,
    null,
    'a.b',
    [],
    {},
    { press: 'a.b' },
    { press: { on: 'A B' } },
    { press: { on: 'a.b', with: { x: null } } },
    { press: { on: 'a.b', with: [] } },
    { menu: 'menu:1' },
    { menu: '__proto__' },
    { menu: 'menu:1', 'menu:1': '' },
    { menu: 'menu:1', 'menu:1': '["A B"]' },
    { menu: 'menu:1', 'menu:1': '["a.b",{"x":{}}]' },
    { menu: 'menu:1', 'menu:1': ['["a.b"]'] },
  ])('is not made of %j', (data) => {
    expect(readPress(data)).toBeUndefined()
    expect(readPress(executed(data))).toBeUndefined()
  })

  it('lets nobody into prototypes', () => {
    const press = readPress({ menu: 'menu:1', 'menu:1': '["a.b",{"__proto__":true,"constructor":"x"}]' })
    expect(Object.getPrototypeOf(press?.with ?? {})).toBe(Object.prototype)
  })
})
