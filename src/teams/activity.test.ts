import { describe, expect, it } from 'vitest'
import { readActivity } from './activity.ts'

const message = (more: object = {}) => ({
  type: 'message',
  id: '1700',
  channelId: 'msteams',
  serviceUrl: 'https://smba.example/emea/',
  from: { id: '29:ada', name: ' Ada ', aadObjectId: 'aad-ada' },
  recipient: { id: '28:bot', name: 'Cairn' },
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: 'T1' },
  channelData: { tenant: { id: 'T1' } },
  text: 'hello',
  ...more,
})
const inChannel = (id: string, more: object = {}) => message({ conversation: { id, conversationType: 'channel', tenantId: 'T1' }, ...more })

describe('an activity', () => {
  it('says who did something where', () => {
    expect(readActivity(message())).toMatchObject({
      who: { tenant: 'teams:T1', person: 'aad-ada' },
      account: '29:ada',
      personName: 'Ada',
      place: { id: 'a:chat', kind: 'personal' },
      bot: '28:bot',
      isFromBot: false,
    })
    expect(readActivity(message({ from: { id: '29:guest' } }))?.who.person).toBe('29:guest')
    expect(readActivity(message({ from: { id: '28:other' } }))?.isFromBot).toBe(true)
  })

  it('in a channel stands in a thread, if only in its own', () => {
    const id = '19:c@thread.tacv2'
    expect(readActivity(inChannel(`${id};messageid=1600`))?.place).toEqual({ id, kind: 'channel', thread: '1600' })
    expect(readActivity(inChannel(id))?.place).toEqual({ id, kind: 'channel', thread: '1700' })
    expect(readActivity(inChannel(id, { replyToId: '1500' }))?.place).toEqual({ id, kind: 'channel', thread: '1500' })
    expect(readActivity(inChannel(id, { id: 'f:event', replyToId: undefined }))?.place).toEqual({ id, kind: 'channel' })
    expect(readActivity(message({ conversation: { id: '19:g@thread.v2', conversationType: 'groupChat', tenantId: 'T1' } }))?.place).toEqual({
      id: '19:g@thread.v2',
      kind: 'group',
    })
  })

  it('has one key however often it comes, and no other has it', () => {
    const keys = [
      message(),
      message({ id: '1701' }),
      message({ conversation: { id: 'a:other', conversationType: 'personal', tenantId: 'T1' } }),
      message({ id: undefined }),
      message({ id: undefined, text: 'other' }),
    ].map((body) => readActivity(body)?.key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(readActivity(message({ localTimezone: 'UTC' }))?.key).toBe(keys[0])
    expect(readActivity(message({ id: undefined }))?.key).toBe(keys[3])
  })

  it('tells the zone of the person, if it is one', () => {
    const info = (timezone: unknown) => ({ entities: [{ type: 'mention' }, 7, { type: 'clientInfo', timezone }] })
    expect(readActivity(message(info('Asia/Kolkata')))?.timezone).toBe('Asia/Kolkata')
    expect(readActivity(message({ ...info('Mars/Base'), localTimezone: 'Europe/Berlin' }))?.timezone).toBe('Europe/Berlin')
    expect(readActivity(message({ localTimezone: '<b>' }))?.timezone).toBeUndefined()
  })

  it.each([
    ['nothing', undefined],
    ['no organisation', message({ channelData: {}, conversation: { id: 'a:chat' } })],
    ['no sender', message({ from: undefined })],
    ['an address that is none', message({ serviceUrl: 'file:///etc/passwd' })],
    ['no address', message({ serviceUrl: '' })],
    ['a list', []],
  ])('is none with %s', (_, body) => {
    expect(readActivity(body)).toBeUndefined()
  })

  it('survives whatever stands in the rest', () => {
    const odd = message({ text: 7, entities: 'x', value: null, membersAdded: {}, channelData: 5, replyToId: {}, action: [], name: 3 })
    expect(readActivity(odd)).toMatchObject({ text: '', mentions: [], membersAdded: [], who: { tenant: 'teams:T1' } })
  })
})
