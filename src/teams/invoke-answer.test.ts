import { describe, expect, it } from 'vitest'
import { bodyOf, createAnswerSlot, taskOf } from './invoke-answer.ts'
import type { CardAttachment } from './render/activities.ts'
import type { AdaptiveCard } from './render/card.ts'
import { cardFaults } from './testing/card-rules-card.ts'

const notice = (text: string) => ({ kind: 'notice', text }) as const
const pending = () => Promise.withResolvers<void>()

describe('the answer to a press', () => {
  it('is the first that is offered, at once', async () => {
    const slot = createAnswerSlot()
    const answer = slot.within(pending().promise, 60_000)
    expect(slot.isOpen()).toBe(true)
    expect(slot.offer(notice('first'))).toBe(true)
    expect(slot.offer(notice('second'))).toBe(false)
    expect(slot.isOpen()).toBe(false)
    expect(await answer).toEqual(notice('first'))
  })

  it('is said to be on its way when it takes too long, and then comes otherwise', async () => {
    const slot = createAnswerSlot()
    expect(await slot.within(pending().promise, 5)).toMatchObject({ text: expect.stringContaining('Still working') })
    expect(slot.offer(notice('late'))).toBe(false)
  })

  it('is one also where there is nothing to say', async () => {
    expect(await createAnswerSlot().within(Promise.resolve(), 60_000)).toEqual(notice('Done.'))
  })

  it('goes as Teams wants it', () => {
    const card = { type: 'AdaptiveCard' } as AdaptiveCard
    expect(bodyOf({ kind: 'card', card })).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card })
    expect(bodyOf(notice('x'))).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'x' })
    expect(taskOf({ kind: 'card', card })).toMatchObject({ task: { type: 'continue', value: { card: { content: card } } } })
    const window = taskOf(notice('<at>x</at> **y**'))
    expect(cardFaults((window.task.value.card as CardAttachment).content)).toEqual([])
    expect(JSON.stringify(window)).toContain('‹at>x‹/at> **y**')
  })
})
