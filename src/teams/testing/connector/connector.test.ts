/** How the connector says no, and how the real botbuilder takes it. */
import { type Activity, MessageFactory, TurnContext } from 'botbuilder'
import type { ConnectorClient } from 'botframework-connector'
import { afterEach, describe, expect, it } from 'vitest'
import type { TeamsServer } from '../teams-server.ts'
import { startWithBot } from '../test-bot.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Act = (context: TurnContext) => Promise<unknown>

/** Somebody has said something: `act` is what the app does there afterwards. */
async function start(options: Parameters<typeof startWithBot>[1] = {}): Promise<{ server: TeamsServer; act(logic: Act): Promise<void>; asked: string }> {
  const { server, bot, close } = await startWithBot(async () => {}, options)
  closing.push(close)
  const { id } = server.user('ada').dm('hello')
  await server.settled()
  const reference = TurnContext.getConversationReference(server.deliveries[0]?.activity as Partial<Activity>)
  const act = (logic: Act) => bot.adapter.continueConversationAsync(server.appId, reference, async (context) => void (await logic(context)))
  return { server, act, asked: id }
}

const say =
  (text: string): Act =>
  (context) =>
    context.sendActivity(text)

function texts(server: TeamsServer): string[] {
  return server.dm('ada').flatMap(({ from, text }) => (from === 'bot' ? [text] : []))
}

function statuses(server: TeamsServer): number[] {
  return server.calls.map(({ status }) => status)
}

describe('failures', () => {
  it('of botbuilder’s own retries double a message; without them each call is one', async () => {
    const retrying = await start({ retries: true })
    retrying.server.failNext('send', '502-done')
    retrying.server.failNext('send', '503')
    await retrying.act(say('once?'))
    expect(statuses(retrying.server)).toEqual([502, 503, 201])
    expect(texts(retrying.server)).toEqual(['once?', 'once?'])

    const { server, act } = await start()
    for (const kind of ['502-done', '503', '500', '504', '412'] as const) {
      server.failNext('send', kind)
      await expect(act(say(kind))).rejects.toMatchObject({ statusCode: Number.parseInt(kind, 10) })
    }
    expect([statuses(server), texts(server)]).toEqual([[502, 503, 500, 504, 412], ['502-done']])
    expect(server.nothingWrong()).toEqual([])
  })

  it('of the network come before or after the effect', async () => {
    const { server, act } = await start()
    server.failNext('send', 'drop')
    await expect(act(say('dropped'))).rejects.toThrow()
    server.failNext('send', 'lost')
    await expect(act(say('lost'))).rejects.toThrow()
    expect([statuses(server), texts(server)]).toEqual([[0, 0], ['lost']])
  })

  it('429 says how long to wait, or does not', async () => {
    const { server, act } = await start({ retryAfterS: 7 })
    const answers: (string | null)[] = []
    for (const kind of ['429', '429-bare'] as const) {
      server.failNext('send', kind)
      await act(say('too much')).catch((error) => answers.push(error.statusCode, error.response.headers.get('retry-after')))
    }
    expect(answers).toEqual([429, '7', 429, undefined])
    server.failEvery(2, ['429', '500'])
    for (let i = 0; i < 4; i++) await act(say(String(i))).catch(() => {})
    expect(statuses(server).slice(2)).toEqual([201, 429, 201, 500])
  })

  it('429 comes by Teams’ own limits, and answers can be slow', async () => {
    const { act } = await start({ limits: true })
    for (let i = 0; i < 7; i++) await act(say(String(i)))
    await expect(act(say('8'))).rejects.toMatchObject({ statusCode: 429, code: 'Throttled' })
    const slow = await start()
    slow.server.delay(120)
    const at = Date.now()
    await slow.act(say('late'))
    expect(Date.now() - at).toBeGreaterThanOrEqual(119)
  })
})

describe('what a well-behaved app would not do', () => {
  it('is a fault: too much, nothing, a stranger’s message, something unknown', async () => {
    const { server, act, asked } = await start()
    await expect(act(say('x'.repeat(60_000)))).rejects.toMatchObject({ statusCode: 413, code: 'MessageSizeTooBig' })
    await expect(act((context) => context.sendActivity({ type: 'message' }))).rejects.toMatchObject({ statusCode: 400, code: 'BadSyntax' })
    await expect(act((context) => context.sendActivity({ type: 'event', name: 'x' }))).rejects.toMatchObject({ statusCode: 400 })
    await expect(act((context) => context.deleteActivity(asked))).rejects.toMatchObject({ statusCode: 403 })
    await expect(
      act((context) => context.updateActivity({ ...MessageFactory.text('new'), id: '1', conversation: context.activity.conversation })),
    ).rejects.toMatchObject({ statusCode: 404 })
    const mention = { type: 'mention', text: '<at>Zoe</at>', mentioned: { id: '29:zoe', name: 'Zoe' } }
    await expect(act((context) => context.sendActivity({ ...MessageFactory.text('<at>Zoe</at>'), entities: [mention] }))).rejects.toMatchObject({
      statusCode: 400,
    })
    await act((context) => {
      const { conversations } = context.turnState.get(context.adapter.ConnectorClientKey) as unknown as ConnectorClient
      return conversations.replyToActivity(context.activity.conversation.id, '17', { type: 'message', text: 'hi', from: { id: '28:another' } } as never)
    })
    await act((context) => context.sendActivity({ ...MessageFactory.text('hi'), textFormat: 'html' }))
    expect(server.nothingWrong()).toEqual([
      expect.stringMatching(/^send: Message size too large: 12\d{4} bytes/),
      'send: a message without text and attachments',
      'send: Teams takes no activities of type event',
      `delete: ${asked} is a message of ada, not the app’s`,
      'update: there is no activity 1 in personal ada',
      'send: mentions somebody who is not in the conversation',
      'send: answers 17, which is nothing in personal ada',
      'send: from 28:another, which is not the app',
      'send: textFormat is unknown',
    ])
  })

  it('is a request that nothing answers, or without a good token', async () => {
    const { server, act } = await start()
    await act(say('hi'))
    const url = (path: string) => `${server.serviceUrl()}${path}`
    const statusOf = async (path: string, headers: Record<string, string> = {}) => (await fetch(url(path), { headers })).status
    expect(await statusOf('v3/meetings/1')).toBe(404)
    expect(await statusOf(`v3/teams/${server.teamId('shop')}`)).toBe(401)
    expect(await statusOf(`v3/teams/${server.teamId('shop')}`, { authorization: 'Bearer invented' })).toBe(401)
    expect((await fetch(`${server.settings.ToChannelFromBotLoginUrl}`)).status).toBe(404)
    const form = { grant_type: 'client_credentials', client_id: server.appId, scope: 'https://api.botframework.com/.default', client_secret: 'wrong' }
    const login = `${server.settings.ToChannelFromBotLoginUrl}/oauth2/v2.0/token`
    expect((await fetch(login, { method: 'POST', body: new URLSearchParams(form) })).status).toBe(401)
    expect((await fetch(login, { method: 'POST', body: JSON.stringify(form) })).status).toBe(400)
    expect(server.nothingWrong()).toEqual([
      'connector: GET v3/meetings/1: there is nothing there',
      'team: without a bearer token',
      'team: with a token that was never issued',
      expect.stringMatching(/^http: GET \/login\/.*: there is nothing there$/),
      'token: the secret is not the app’s',
      expect.stringContaining('not a form'),
    ])
    server.faults.splice(0)
    server.revokeTokens()
    await expect(act(say('with a token of yesterday'))).rejects.toMatchObject({ statusCode: 401 })
    expect(server.nothingWrong()).toEqual([])
  })

  it('is reaching into another organisation', async () => {
    const tenants = ['T1', 'T2'].map((key) => ({ key, users: [{ key: `${key} person` }], teams: [], groups: [] }))
    const { server, bot, close } = await startWithBot(async () => {}, { tenants })
    closing.push(close)
    const [one, two] = [server.user('T1 person'), server.user('T2 person')]
    expect([one.tenant, two.tenant]).toEqual([server.tenantId('T1'), server.tenantId('T2')])
    const reference = { channelId: 'msteams', serviceUrl: server.serviceUrl('T1'), conversation: { id: two.personal }, bot: { id: server.botId } }
    const sent = bot.adapter.continueConversationAsync(server.appId, reference as never, async (context) => void (await context.sendActivity('hi')))
    await expect(sent).rejects.toMatchObject({ statusCode: 404 })
    expect(server.nothingWrong()).toEqual([expect.stringContaining('there is no conversation')])
  })
})

describe('pictures', () => {
  it('of people are fetched with the token', async () => {
    const { server, act } = await start()
    server.user('ada').dm('look', { pictures: [Buffer.from('picture')] })
    await server.settled()
    const [picture] = (server.deliveries.at(-1)?.activity.attachments ?? []) as { contentType: string; contentUrl: string }[]
    expect(picture?.contentType).toBe('image/png')
    expect((await fetch(picture?.contentUrl ?? '')).status).toBe(401)
    await act(say('a token, please'))
    const [token] = server.world.tokens.keys()
    const found = await fetch(picture?.contentUrl ?? '', { headers: { authorization: `Bearer ${token}` } })
    expect([found.headers.get('content-type'), await found.text()]).toEqual(['image/png', 'picture'])
    expect(server.nothingWrong()).toEqual(['attachment: without a bearer token'])
  })
})
