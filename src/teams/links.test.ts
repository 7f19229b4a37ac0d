import { expect, it } from 'vitest'
import { linkTo } from './links.ts'

it('a message is opened where it stands, and a chat with the bot as a chat', () => {
  const link = (kind: 'personal' | 'group' | 'channel', message: object = {}) =>
    new URL(linkTo('teams:T1', { place: '19:c@thread.tacv2', id: '17', ...message }, { kind, bot: '28:bot' }))
  const inThread = link('channel', { thread: '16' })
  expect(inThread.host).toBe('teams.microsoft.com')
  expect(decodeURIComponent(inThread.pathname)).toBe('/l/message/19:c@thread.tacv2/17')
  expect(Object.fromEntries(inThread.searchParams)).toEqual({ tenantId: 'T1', parentMessageId: '16' })
  expect(link('channel').searchParams.get('parentMessageId')).toBe('17')
  expect(link('group').searchParams.get('context')).toBe('{"contextType":"chat"}')
  expect(link('personal').pathname).toBe('/l/chat/0/0')
  expect(link('personal').searchParams.get('users')).toBe('28:bot')
})
