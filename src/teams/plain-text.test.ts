import { expect, it } from 'vitest'
import { plainReply, strong, words } from '../chat/reply.ts'
import { shortPlainText } from './plain-text.ts'

it('a line for one person alone says what is short text and nothing else', () => {
  expect(shortPlainText(plainReply('One.', 'Two.'))).toBe('One.\nTwo.')
  expect(shortPlainText({ summary: '', blocks: [{ kind: 'text', parts: [strong('a'), words(' b')] }] })).toBe('a b')
  expect(shortPlainText(plainReply('x'.repeat(301)))).toBeUndefined()
  expect(shortPlainText({ summary: 'x', blocks: [] })).toBeUndefined()
  expect(shortPlainText({ summary: 'x', blocks: [{ kind: 'divider' }] })).toBeUndefined()
  expect(shortPlainText({ summary: 'x', blocks: [{ kind: 'text', parts: [{ kind: 'person', id: '29:ada' }] }] })).toBeUndefined()
})
