import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../chat/exchange.ts'
import { asDeliveryError, isConversationGone, isDoubtful, isStreamEnd, mayPass, refusalOf } from './failures.ts'

const refused = (status: number | undefined, code: string, headers: Record<string, string> = {}) =>
  Object.assign(new Error('no'), {
    name: 'RestError',
    ...(status === undefined ? { code } : { statusCode: status, details: { error: { code, message: `why: ${code}` } } }),
    response: { headers: new Map(Object.entries(headers)) },
  })
const kindOf = (status: number | undefined, code = 'Code') => {
  const error = asDeliveryError(refused(status, code), 'send')
  return error instanceof DeliveryError ? error.kind : 'fault'
}
const again = (status: number | undefined, code = 'Code', repeatable = false) => mayPass(refusalOf(refused(status, code)) ?? { message: '' }, { repeatable })

describe('a call that failed', () => {
  it('is over for good where the bot may not speak, passes where Microsoft has trouble, and else is a fault of ours', () => {
    for (const status of [403, 404]) expect(kindOf(status)).toBe('gone')
    for (const status of [401, 412, 429, 500, 502, 503, 504, undefined]) expect(kindOf(status)).toBe('later')
    for (const status of [400, 413]) expect(kindOf(status)).toBe('fault')
    expect(asDeliveryError(new TypeError('x'), 'send')).toBeInstanceOf(TypeError)
  })

  it('is made again as Microsoft asks, and not where that could say a thing twice behind its back', () => {
    for (const status of [412, 429, 502, 503, 504]) expect(again(status)).toBe(true)
    for (const status of [400, 403, 404, 413, 500]) expect(again(status)).toBe(false)
    expect(again(undefined, 'ECONNREFUSED')).toBe(true)
    expect(again(undefined, 'ECONNRESET')).toBe(false)
    expect(again(undefined, 'ECONNRESET', true)).toBe(true)
    expect(again(500, 'Code', true)).toBe(true)
    expect(again(404, 'Code', true)).toBe(false)
  })

  it('may have come through where nobody said no', () => {
    expect([500, 502, undefined].map((status) => isDoubtful(refused(status, 'ECONNRESET')))).toEqual([true, true, true])
    expect([400, 403, 429, 503].map((status) => isDoubtful(refused(status, 'Code')))).toEqual([false, false, false, false])
    expect(isDoubtful(refused(undefined, 'ECONNREFUSED'))).toBe(false)
    expect(isDoubtful(new Error('x'))).toBe(false)
    expect(isDoubtful(asDeliveryError(refused(undefined, 'ECONNRESET'), 'send'))).toBe(true)
  })

  it('says how long to wait', () => {
    expect(refusalOf(refused(429, 'Throttled', { 'retry-after': '3' }))).toMatchObject({ status: 429, code: 'Throttled', retryAfterMs: 3_000 })
    expect(refusalOf(refused(429, 'Throttled'))?.retryAfterMs).toBeUndefined()
    expect(refusalOf(refused(429, 'Throttled', { 'retry-after': 'soon' }))?.retryAfterMs).toBeUndefined()
  })

  it('closes a conversation only where it is the conversation that is closed', () => {
    expect(isConversationGone(refused(403, 'BotNotInConversationRoster'))).toBe(true)
    expect(isConversationGone(refused(404, 'ConversationNotFound'))).toBe(true)
    expect(isConversationGone(refused(404, 'ActivityNotFoundInConversation'))).toBe(false)
    expect(isConversationGone(refused(403, 'ContentStreamNotAllowed'))).toBe(false)
    expect(isStreamEnd(refused(403, 'ContentStreamNotAllowed'))).toBe(true)
    expect(isStreamEnd(refused(403, 'Forbidden'))).toBe(false)
  })
})
