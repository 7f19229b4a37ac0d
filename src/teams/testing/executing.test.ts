/** Cards that are the person's own, and answers to what is pressed. */
import { type Activity, TurnContext } from 'botbuilder'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { NotTaken } from './deliveries.ts'
import { startWithBot } from './test-bot.ts'
import { card, withCard } from './test-card.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  vi.restoreAllMocks()
})

async function start(...given: Parameters<typeof startWithBot>): ReturnType<typeof startWithBot> {
  const started = await startWithBot(...given)
  closing.push(started.close)
  return started
}

describe('cards and feedback', () => {
  it('are refreshed for those whom they name, and each sees their own until the message changes', async () => {
    const triggers: string[] = []
    const { server, bot } = await start(async (context) => {
      const { activity } = context
      if (activity.type === 'message') {
        const userIds = ['ada', 'bob'].map((key) => server.user(key).id)
        await context.sendActivity(withCard('For all', { refresh: { action: { type: 'Action.Execute', title: 'Mine', verb: 'mine', data: {} }, userIds } }))
      } else if (activity.type === 'invoke') {
        triggers.push(`${activity.from.name} ${activity.value.trigger} ${activity.value.action.verb}`)
        const value = card(`For ${activity.from.name}`)
        await context.sendActivity({
          type: 'invokeResponse',
          value: { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } },
        })
      }
    })
    const question = server.user('ada').mention('payments', 'everyone?')
    await server.until(() => triggers.length === 2)
    await server.settled()
    const [, answer] = server.messagesIn('payments', { thread: question.id })
    if (answer === undefined) throw new Error('no answer')
    expect(triggers.sort()).toEqual(['Ada automatic mine', 'Bob automatic mine'])
    expect(['ada', 'bob', 'cleo'].map((each) => server.words(answer, { for: each }).split('\n')[0])).toEqual(['For Ada', 'For Bob', 'For all'])
    await server.user('cleo').refresh(answer)
    expect([triggers[2], server.words(answer, { for: 'cleo' }).split('\n')[0]]).toEqual(['Cleo manual mine', 'For Cleo'])

    const reference = TurnContext.getConversationReference(server.deliveries[0]?.activity ?? {})
    await bot.adapter.continueConversationAsync(server.appId, reference, async (context) => {
      await context.updateActivity({ ...withCard('Changed'), id: answer.id, conversation: context.activity.conversation } as Partial<Activity>)
    })
    expect(server.words(answer, { for: 'ada' }).split('\n')[0]).toBe('Changed')
    expect(server.nothingWrong()).toEqual([])
  })

  it('take thumbs only where they are asked for, and an empty answer', async () => {
    const seen: unknown[] = []
    const { server } = await start(async (context) => {
      if (context.activity.type === 'message') await context.sendActivity({ type: 'message', text: 'Good?', channelData: { feedbackLoopEnabled: true } })
      else if (context.activity.type === 'invoke') {
        seen.push({ name: context.activity.name, value: context.activity.value })
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200 } })
      }
    })
    const ada = server.user('ada')
    const question = ada.dm('hello')
    const [, answer] = await server.until(() => server.dm('ada').length === 2 && server.dm('ada'))
    if (answer === undefined) throw new Error('no answer')
    await ada.feedback(answer, 'dislike', 'too short')
    expect(seen).toEqual([
      { name: 'message/submitAction', value: { actionName: 'feedback', actionValue: { reaction: 'dislike', feedback: '{"feedbackText":"too short"}' } } },
    ])
    expect(answer.feedback.get('ada')).toEqual({ reaction: 'dislike', text: 'too short' })
    await expect(ada.feedback(question, 'like')).rejects.toThrow('the message asks for no feedback')
    expect(server.nothingWrong()).toEqual([])
  })

  it('that are answered wrongly are faults', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const answers: Record<string, unknown> = {
      status: { status: 400, body: {} },
      form: { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: {} } },
      card: {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard', version: '9', body: [] } },
      },
    }
    const { server } = await start(async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(withCard('Press'))
      const value = answers[context.activity.value?.action?.verb]
      if (value !== undefined) await context.sendActivity({ type: 'invokeResponse', value })
    })
    const ada = server.user('ada')
    ada.dm('hello')
    const [, answer] = await server.until(() => server.dm('ada').length === 2 && server.dm('ada'))
    if (answer === undefined) throw new Error('no answer')
    await expect(ada.pressRaw(answer, { verb: 'status', data: {} })).rejects.toThrow(NotTaken)
    await expect(ada.pressRaw(answer, { verb: 'nothing', data: {} })).rejects.toThrow('the app did not respond: http_error 501')
    expect(await ada.pressRaw(answer, { verb: 'form', data: {} })).toMatchObject({ error: { code: 'Unreadable' } })
    await ada.pressRaw(answer, { verb: 'card', data: {} })
    expect(server.nothingWrong()).toEqual([
      'adaptiveCard/action: answered HTTP 400, not 200',
      'adaptiveCard/action: answered HTTP 501, not 200',
      expect.stringContaining('adaptiveCard/action: answered 200 {"statusCode":200'),
      expect.stringContaining('adaptiveCard/action: version 9'),
      ...Array.from({ length: server.faults.length - 4 }, () => expect.stringContaining('adaptiveCard/action: ')),
    ])
  })
})
