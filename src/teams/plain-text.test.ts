import { expect, it } from 'vitest'
import { plainReply, strong, words } from '../chat/reply.ts'
import { linkTo } from './links.ts'
import { shortPlainText } from './plain-text.ts'

it('a line for one person alone says what is short text and nothing else', () => {
  expect(shortPlainText(plainReply('One.', 'Two.'))).toBe('One.\nTwo.')
  expect(shortPlainText({ summary: '', blocks: [{ kind: 'text', parts: [strong('a'), words(' b')] }] })).toBe('a b')
  expect(shortPlainText(plainReply('x'.repeat(301)))).toBeUndefined()
  expect(shortPlainText({ summary: 'x', blocks: [] })).toBeUndefined()
  expect(shortPlainText({ summary: 'x', blocks: [{ kind: 'divider' }] })).toBeUndefined()
  expect(shortPlainText({ summary: 'x', blocks: [{ kind: 'text', parts: [{ kind: 'person', id: '29:ada' }] }] })).toBeUndefined()
})

it('of a way to somewhere it says nothing, but for the one into our chat, where it would be said otherwise', () => {
  const saying = (kind: 'personal' | 'channel') => {
    const url = linkTo('teams:T1', { place: '19:c@thread.tacv2', id: '17' }, { kind, bot: '28:bot' })
    return shortPlainText({ summary: '', blocks: [{ kind: 'text', parts: [words('It is there. '), { kind: 'link', label: 'Go there', url }] }] })
  }
  expect(saying('personal')).toBe('It is there.')
  expect(saying('channel')).toBeUndefined()
})
