/** What reaches an app, how often, and what happens when it does not answer: the real socket client and Bolt. */
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import { afterEach, describe, expect, it } from 'vitest'
import { type SlackServer, type SlackServerOptions, startSlackServer } from './slack-server.ts'
import { connect as connectClient, listen as listenAt, quiet, type Received } from './test-clients.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(options: SlackServerOptions = {}): Promise<SlackServer> {
  const server = await startSlackServer(options)
  closing.push(() => server.close())
  return server
}

async function connect(server: SlackServer, acknowledges?: () => boolean): Promise<Received[]> {
  const client = await connectClient(server, acknowledges)
  closing.push(client.close)
  return client.received
}

async function listen(server: SlackServer, answer: Parameters<typeof listenAt>[1]) {
  const app = await listenAt(server, answer)
  closing.push(app.close)
  return app.received
}

describe('events', () => {
  it('come over the socket with all that Slack sends, and with the time it took to acknowledge them', async () => {
    const server = await start()
    const received = await connect(server)
    const { ts } = server.user('U1').mention('C1', 'hello')
    server.user('U1').dm('hi')
    await server.settled()
    const events = received.map(({ body }) => body.event as Record<string, unknown>)
    const said = {
      user: 'U1',
      text: `<@${server.botUser()}> hello`,
      ts,
      team: 'T1',
      channel: 'C1',
      event_ts: ts,
      client_msg_id: expect.any(String),
      blocks: [expect.objectContaining({ type: 'rich_text' })],
    }
    expect(events).toEqual([
      { type: 'message', channel_type: 'channel', ...said },
      { type: 'app_mention', ...said },
      expect.objectContaining({ type: 'message', channel_type: 'im', channel: server.user('U1').dmChannel, text: 'hi' }),
    ])
    expect(received[0]?.body).toMatchObject({
      type: 'event_callback',
      team_id: 'T1',
      api_app_id: server.appId,
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ team_id: 'T1', user_id: 'UBOT1', is_bot: true, is_enterprise_install: false }],
    })
    expect(server.ackTimes()).toHaveLength(3)
    expect(server.ackTimes().every((ms) => ms >= 0 && ms < 1_000)).toBe(true)
    expect(server.nothingWrong()).toEqual([])
  })

  it('are only those that the manifest subscribes to, with a scope', async () => {
    const manifest = {
      features: { agent_view: {}, slash_commands: [{ command: '/maturity' }] },
      oauth_config: { scopes: { bot: ['app_mentions:read', 'commands'] } },
      settings: { event_subscriptions: { bot_events: ['app_mention', 'message.im'] }, interactivity: { is_enabled: true } },
    }
    const server = await start({ manifest })
    const received = await connect(server)
    const ada = server.user('U1')
    ada.mention('C1', 'hello')
    ada.dm('not without im:history')
    ada.openHome()
    await ada.command('C1', '/maturity', 'help')
    await server.settled()
    expect(received.map(({ body }) => (body.event as { type: string } | undefined)?.type ?? body.command)).toEqual(['app_mention', '/maturity'])
    await expect(ada.command('C1', '/other')).rejects.toThrow('/other is no command of the app')
    await expect(ada.shortcut(server.messagesIn('C1')[0] as never, 'ask')).rejects.toThrow('ask is no shortcut')
    expect([...server.usedScopes].sort()).toEqual(['app_mentions:read', 'commands', 'connections:write'])
  })

  it('that nobody acknowledges come again with the same id, three times', async () => {
    const server = await start({ times: { ackMs: 40, retryDelaysMs: [0, 20, 40] } })
    const received = await connect(server, () => false)
    server.user('U1').mention('C2', 'hello')
    await server.settled()
    const mentions = received.filter(({ body }) => (body.event as { type: string }).type === 'app_mention')
    expect(mentions.map(({ retry }) => retry)).toEqual([0, 1, 2, 3])
    expect(new Set(mentions.map(({ id, body }) => `${id} ${body.event_id}`)).size).toBe(1)
  })

  it('come twice when asked for', async () => {
    const server = await start()
    const received = await connect(server)
    server.redeliverEvery(1)
    server.user('U1').dm('once')
    await server.settled()
    const [delivery] = server.deliveries
    await server.redeliver(delivery as NonNullable<typeof delivery>)
    expect(received.map(({ retry }) => retry)).toEqual([0, 1, 2])
    expect(new Set(received.map(({ body }) => body.event_id)).size).toBe(1)
  })

  it('wait for a socket that was dropped', async () => {
    const server = await start()
    const received = await connect(server)
    expect([server.connections, server.connectionsOpened]).toEqual([1, 1])
    server.dropSockets()
    server.user('U1').dm('anybody?')
    await server.until(() => server.connectionsOpened === 2)
    await server.settled()
    expect(received.map(({ body }) => (body.event as { text: string }).text)).toEqual(['anybody?'])
    server.disconnect()
    await server.until(() => server.connectionsOpened === 3)
    const stop = server.dropEvery(150)
    for (const text of ['a', 'b', 'c', 'd', 'e']) {
      server.user('U1').dm(text)
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
    stop()
    await server.settled()
    expect(new Set(received.map(({ body }) => (body.event as { text: string }).text))).toEqual(new Set(['anybody?', 'a', 'b', 'c', 'd', 'e']))
    expect(server.connectionsOpened).toBeGreaterThan(3)
  })

  it('go to several connections in turn', async () => {
    const server = await start()
    const [first, second] = [await connect(server), await connect(server)]
    for (const text of ['a', 'b', 'c', 'd']) server.user('U1').dm(text)
    await server.settled()
    expect([first.length, second.length]).toEqual([2, 2])
  })
})

describe('HTTP', () => {
  it('is signed, and sent again with a reason until it is taken', async () => {
    const server = await start({ mode: 'http', times: { ackMs: 150, retryDelaysMs: [0, 20, 40] } })
    const received = await listen(server, (attempt) => ({ status: [500, 0, 200][attempt - 1] ?? 200 }))
    server.user('U1').dm('hello')
    await server.settled()
    expect(received.map((headers) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
    ])
    expect(server.deliveries[0]?.attempts.map(({ failed }) => failed)).toEqual(['http_error', 'timeout', undefined])
  })

  it('is not sent again where the app says so', async () => {
    const server = await start({ mode: 'http', times: { retryDelaysMs: [0, 0, 0] } })
    const received = await listen(server, () => ({ status: 503, headers: { 'x-slack-no-retry': '1' } }))
    server.user('U1').dm('hello')
    await server.settled()
    expect(received).toHaveLength(1)
  })

  it('is verified by Bolt, which refuses what is signed wrongly or long ago', async () => {
    const server = await start({ mode: 'http' })
    const receiver = new HTTPReceiver({ signingSecret: server.signingSecret, ...quiet })
    const app = new App({ receiver, token: server.botToken(), clientOptions: { slackApiUrl: server.apiUrl }, deferInitialization: true, ...quiet })
    await app.init()
    const http = (await app.start({ port: 0, host: '127.0.0.1' } as never)) as unknown as { address(): AddressInfo }
    closing.push(() => app.stop())
    server.setRequestUrl(`http://127.0.0.1:${http.address().port}/slack/events`)
    await server.verifyUrl()
    server.user('U1').dm('hello')
    await server.settled()
    const [delivery] = server.deliveries
    expect(delivery?.attempts).toMatchObject([{ ackMs: expect.any(Number) }])
    const again = (options: Parameters<SlackServer['post']>[2]) => server.post('events_api', delivery?.payload ?? {}, options).then(({ status }) => status)
    expect(await again({})).toBe(200)
    expect(await again({ secret: 'another' })).toBe(401)
    expect(await again({ signature: 'v0=00' })).toBe(401)
    expect(await again({ timestamp: Math.floor(Date.now() / 1000) - 301 })).toBe(401)
  })
})

it('drops sockets while calls fail, and a real app still ends every conversation', async () => {
  const server = await start({ retryAfterS: 0, patience: 5 })
  const clientOptions = { slackApiUrl: server.apiUrl, retryConfig: { retries: 10, minTimeout: 10, factor: 1.2 } }
  const receiver = new SocketModeReceiver({
    appToken: server.appToken,
    clientPingTimeout: 100,
    installerOptions: { clientOptions: { ...clientOptions, ...quiet } },
    ...quiet,
  })
  const app = new App({ receiver, token: server.botToken(), clientOptions, deferInitialization: true, ...quiet })
  const seen = new Set<string>()
  app.message(async ({ message, client }) => {
    const { ts, text, channel } = message as { ts: string; text: string; channel: string }
    if (seen.has(ts)) return
    seen.add(ts)
    await client.chat.postMessage({ channel, thread_ts: ts, text: `re: ${text}` })
  })
  await app.init()
  await app.start()
  closing.push(() => app.stop())
  server.failEvery(5)
  server.redeliverEvery(3)
  const stop = server.dropEvery(400)
  const ada = server.user('U1')
  for (let index = 0; index < 20; index++) {
    ada.dm(`question ${index}`)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  await server.until(() => server.dm('U1').filter(({ bot_id }) => bot_id !== undefined).length === 20, 10_000)
  stop()
  await server.settled()
  const answers = server.dm('U1').flatMap(({ text, bot_id }) => (bot_id === undefined ? [] : [text]))
  expect(answers.sort()).toEqual(Array.from({ length: 20 }, (_, index) => `re: question ${index}`).sort())
  expect(server.calls.map(({ answered }) => answered)).toEqual(expect.arrayContaining(['429', '500']))
  expect(server.connectionsOpened).toBeGreaterThan(2)
  expect(server.nothingWrong()).toEqual([])
}, 20_000)
