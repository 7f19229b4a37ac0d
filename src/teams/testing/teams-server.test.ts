/** The real botbuilder against the server, with authentication on: what the app's own tests rest on. */
import { type Activity, MessageFactory, TurnContext } from 'botbuilder'
import { afterEach, describe, expect, it } from 'vitest'
import { startWithBot } from './test-bot.ts'
import { card, withCard } from './test-card.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(...given: Parameters<typeof startWithBot>): ReturnType<typeof startWithBot> {
  const started = await startWithBot(...given)
  closing.push(started.close)
  return started
}

/** An app that does a little of everything. */
async function answering(context: TurnContext): Promise<void> {
  const { activity } = context
  if (activity.type === 'message') {
    await context.sendActivity({ type: 'typing' })
    await context.sendActivity(withCard(`You said ${TurnContext.removeRecipientMention(activity).trim()}`))
  }
  if (activity.type === 'invoke') await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: answerTo(activity) } })
}

function answerTo({ value }: Activity): Record<string, unknown> | undefined {
  const { verb, data } = value.action ?? {}
  if (verb === 'send') return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card(`Sent ${data.why} ${data.kept}`) }
  if (verb === 'skip') return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Skipped' }
  return verb === undefined ? undefined : { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'Old', message: 'Too old' } }
}

describe('a conversation', () => {
  it('in a personal chat: a card, what is filled in, what comes back', async () => {
    const { server } = await start(answering)
    const ada = server.user('ada')
    ada.dm('hello')
    const [, answer] = await server.until(() => server.dm('ada').length === 2 && server.dm('ada'))
    if (answer === undefined) throw new Error('no answer')
    expect(server.words(answer)).toContain('You said hello')
    expect(server.typing).toMatchObject([{ conversation: ada.personal }])
    expect([ada.buttons(answer), ada.fields(answer)]).toEqual([['Send', 'Skip'], ['Why']])

    expect(await ada.press(answer, 'Send')).toEqual({ errors: { why: 'Say why' } })
    expect(() => ada.fill(answer, { Why: 'a text that is far too long' })).toThrow('Why takes 20 characters at most')
    ada.fill(answer, { Why: 'because' })
    expect(await ada.press(answer, 'Skip')).toEqual({ notice: 'Skipped' })
    await ada.press(answer, 'Send')
    expect(server.words(answer, { for: 'ada' })).toContain('Sent because 1')
    expect(server.words(answer)).toContain('You said hello')
    expect(await ada.pressRaw(answer, { verb: 'unknown', data: {} })).toEqual({ error: { code: 'Old', message: 'Too old' } })
    expect(server.noticesFor('ada')).toEqual([
      { text: 'Skipped', isError: false },
      { text: 'Too old', isError: true },
    ])
    await expect(ada.press(answer, 'Nothing')).rejects.toThrow('there is nothing to press called Nothing among Send, Skip')
    await server.settled()
    expect(server.nothingWrong()).toEqual([])
    expect(server.ackTimes().length).toBe(4)
  })

  it('in a channel: the mention of the app reaches it, and the answer is in the thread', async () => {
    const seen: Partial<Activity>[] = []
    const { server } = await start(async (context) => {
      seen.push({ ...context.activity })
      await answering(context)
    })
    const ada = server.user('ada')
    ada.say('payments', 'to nobody in particular')
    const question = ada.mention('payments', 'what <b> is next?')
    await server.until(() => server.messagesIn('payments', { thread: question.id }).length === 2)
    expect(seen).toMatchObject([
      {
        type: 'message',
        id: question.id,
        text: '<at>Cairn</at> what <b> is next?',
        textFormat: 'plain',
        channelId: 'msteams',
        locale: 'en-GB',
        serviceUrl: server.serviceUrl(),
        localTimezone: 'Europe/Berlin',
        from: { id: ada.id, name: 'Ada', aadObjectId: ada.aadObjectId },
        recipient: { id: server.botId, name: 'Cairn' },
        conversation: {
          id: `${server.conversationId('payments')};messageid=${question.id}`,
          conversationType: 'channel',
          isGroup: true,
          tenantId: server.tenantId(),
        },
        channelData: { channel: { id: server.conversationId('payments') }, team: { id: server.teamId('payments') }, tenant: { id: server.tenantId() } },
        entities: [
          { type: 'mention', mentioned: { id: server.botId, name: 'Cairn' }, text: '<at>Cairn</at>' },
          { type: 'clientInfo', locale: 'en-GB', country: 'GB', timezone: 'Europe/Berlin' },
        ],
        attachments: [{ contentType: 'text/html', content: '<p><at>Cairn</at> what &lt;b&gt; is next?</p>' }],
      },
    ])
    expect(server.messagesIn('payments').map(({ text }) => text)).toEqual(['to nobody in particular', '<at>Cairn</at> what <b> is next?'])
    ada.mention('leads', 'in a group chat')
    await server.until(() => server.messagesIn('leads').length === 2)
    expect(seen[1]?.conversation).toMatchObject({ id: server.conversationId('leads'), conversationType: 'groupChat', isGroup: true })
    expect(() => server.user('cleo').say('leads', 'hello')).toThrow('cleo is not in leads')
    expect(() => ada.mention('elsewhere', 'hello')).toThrow('the app is not installed in elsewhere')
    await server.settled()
    expect(server.nothingWrong()).toEqual([])
  })
})

describe('proactively', () => {
  it('a person, a thread, an update and a deletion', async () => {
    const references: Partial<Activity>[] = []
    const { server, bot } = await start(async ({ activity }) => void references.push(activity))
    server.user('ada').dm('remember me')
    await server.until(() => references.length === 1)
    const reference = JSON.parse(JSON.stringify(TurnContext.getConversationReference(references[0] ?? {})))
    let id = ''
    const continued = (logic: (context: TurnContext) => Promise<void>) => bot.adapter.continueConversationAsync(server.appId, reference, logic)
    await continued(async (context) => {
      id = (await context.sendActivity('first'))?.id ?? ''
      await context.updateActivity({ ...MessageFactory.text('second'), id, conversation: context.activity.conversation } as Partial<Activity>)
    })
    const [, posted] = server.dm('ada')
    expect(posted).toMatchObject({ id, text: 'second', earlier: [{ text: 'first' }] })
    await continued((context) => context.deleteActivity(id))
    expect(server.dm('ada')).toHaveLength(1)
    await expect(continued((context) => context.deleteActivity(id))).rejects.toMatchObject({ statusCode: 404, code: 'ActivityNotFoundInConversation' })

    const create = (parameters: Record<string, unknown>, logic: (context: TurnContext) => Promise<void> = async () => {}) =>
      bot.adapter.createConversationAsync(server.appId, 'msteams', server.serviceUrl(), 'https://api.botframework.com', parameters as never, logic)
    const cleo = server.user('cleo')
    await create(
      { members: [{ id: cleo.id }], tenantId: server.tenantId(), isGroup: false },
      async (context) => void (await context.sendActivity('hello Cleo')),
    )
    expect(server.dm('cleo').map(({ text }) => text)).toEqual(['hello Cleo'])
    await create(
      { isGroup: true, channelData: { channel: { id: server.conversationId('platform') } }, activity: MessageFactory.text('a thread') },
      async (context) => {
        await context.sendActivity('in it')
      },
    )
    const [root] = server.messagesIn('platform')
    expect(server.messagesIn('platform', { thread: root?.id ?? '' }).map(({ text }) => text)).toEqual(['a thread', 'in it'])
    expect(server.nothingWrong()).toEqual([`delete: there is no activity ${id} in personal ada`])
    server.faults.splice(0)
    await expect(create({ members: [{ id: server.user('ada').id }, { id: cleo.id }], isGroup: true })).rejects.toMatchObject({ statusCode: 400 })
    await expect(create({ members: [{ id: cleo.id }] })).rejects.toMatchObject({ statusCode: 400 })
    expect(server.nothingWrong()).toHaveLength(2)
  })

  it('is refused where the app is not, is blocked, or nothing is any more', async () => {
    const references = new Map<string, Partial<Activity>>()
    const { server, bot } = await start(async ({ activity }) => void references.set(activity.conversation.id.split(';')[0] ?? '', { ...activity }))
    const [ada, bob] = [server.user('ada'), server.user('bob')]
    ada.dm('hello')
    bob.dm('hello')
    ada.mention('payments', 'hello')
    ada.mention('leads', 'hello')
    await server.until(() => references.size === 4)
    const say = (name: string) => {
      const reference = TurnContext.getConversationReference(references.get(server.conversationId(name)) ?? {})
      return bot.adapter.continueConversationAsync(server.appId, reference, async (context) => void (await context.sendActivity('hi')))
    }
    ada.uninstall(undefined, { silent: true })
    bob.block()
    bob.uninstall('payments', { silent: true })
    server.tombstone('leads')
    await expect(say('personal ada')).rejects.toMatchObject({ statusCode: 403, code: 'BotNotInConversationRoster' })
    await expect(say('personal bob')).rejects.toMatchObject({ statusCode: 403, code: 'MessageWritesBlocked' })
    await expect(say('payments')).rejects.toMatchObject({ statusCode: 403 })
    await expect(say('leads')).rejects.toMatchObject({ statusCode: 404, code: 'ConversationNotFound' })
    bob.unblock()
    await say('personal bob')
    expect(server.nothingWrong()).toEqual([])
    expect(server.calls.map(({ operation, status }) => `${operation} ${status}`)).toEqual(['send 403', 'send 403', 'send 403', 'send 404', 'send 201'])
  })
})
