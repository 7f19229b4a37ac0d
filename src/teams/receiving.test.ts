/** What reaches the bot: only what Teams sends, each thing once, acknowledged at once. */
import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore, type Store } from '../store/open-store.ts'
import { WRONG_TOKENS } from './testing/channel-tokens.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'
import type { TeamsMessage, Wire } from './testing/world.ts'

const QUESTION = 'What is GitOps?'

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot()
}, 30_000)
afterAll(() => bot?.close())

const said = (messages: readonly TeamsMessage[]) => messages.filter(({ from }) => from === 'bot')
const dmOf = (key: string) => said(bot.server.dm(key))
const endpoint = () => `${bot.app.url}/api/messages`

/** As Teams would send it, had the person written it. */
function written(more: Wire = {}): Wire {
  const { server } = bot
  const ada = server.user('ada')
  return {
    type: 'message',
    id: String(Math.random()),
    channelId: 'msteams',
    serviceUrl: server.serviceUrl(),
    from: { id: ada.id, name: 'Ada', aadObjectId: ada.aadObjectId },
    recipient: { id: server.botId, name: server.botName },
    conversation: { id: ada.personal, conversationType: 'personal', tenantId: ada.tenant },
    channelData: { tenant: { id: ada.tenant } },
    text: QUESTION,
    ...more,
  }
}

/** Nothing more comes of what was said before. */
async function quiet(): Promise<void> {
  let calls = -1
  while (calls !== bot.server.calls.length) {
    calls = bot.server.calls.length
    await wait(400)
  }
}

async function stored<T>(read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(`sqlite:${bot.directory}/cairn.db`)
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}

describe('without a token of Teams', () => {
  const printed = vi.spyOn(console, 'error')
  beforeEach(() => printed.mockClear())

  it.each(WRONG_TOKENS)('nothing is taken: %s', async (token) => {
    const { server } = bot
    const before = server.calls.length
    const response = await server.post(written(), { token })
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('')
    expect(server.calls.length).toBe(before)
    expect(printed).not.toHaveBeenCalled()
    expect(bot.log()).not.toContain('BEGIN')
  })

  it('nothing is stored, and what is left out opens no door', async () => {
    for (const more of [{ channelId: 'webchat' }, { channelId: 'AseChannel' }, { channelId: 'emulator' }, { channelId: undefined }])
      expect((await bot.server.post(written(more), { token: 'none' })).status).toBe(401)
    expect((await bot.server.post(written({ serviceUrl: '' }), { token: 'none' })).status).toBe(401)
    // Not even with a right one.
    expect((await bot.server.post(written({ channelId: 'webchat' }))).status).toBe(401)
    expect((await bot.server.post(written({ serviceUrl: '' }))).status).toBe(400)
    expect((await bot.server.post(written({ serviceUrl: 'https://elsewhere.example/' }), { token: 'other-service-url' })).status).toBe(401)
    const { tenant } = bot.server.user('ada')
    const [left, asked, conversations] = await stored(async ({ inbox, chat, conversations }) => [
      await inbox.takeOver('teams', 'test', '9999', '9999', 99),
      await chat.askedSince(`teams:${tenant}`, '0'),
      await conversations.conversations(`teams:${tenant}`, 9),
    ])
    expect([left, asked, conversations]).toEqual([[], [], []])
  })
})

describe('a body', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{"type":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no type', '{"id":"1"}'],
    ['a type that is no text', '{"type":7,"channelId":"msteams"}'],
  ])('that is %s is refused, and the service goes on', async (_, body) => {
    expect((await bot.server.post(body)).status).toBe(400)
    expect((await fetch(`${bot.app.url}/readyz`)).status).toBe(200)
  })

  it('of more than a megabyte is refused, also when it does not say how long it is', async () => {
    expect((await bot.server.post(JSON.stringify(written({ text: 'x'.repeat(1024 * 1024) })))).status).toBe(413)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(endpoint(), { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, ({ statusCode }) => resolve(statusCode))
      sending.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error)))
      for (let i = 0; i < 20; i++) sending.write('x'.repeat(100_000))
      sending.end()
    })
    expect(status).toBe(413)
  })

  it('is only taken by POST', async () => {
    expect((await fetch(endpoint())).status).toBe(405)
    expect([404, 405]).toContain((await fetch(endpoint(), { method: 'DELETE' })).status)
  })
})

describe('an activity', () => {
  it('is acknowledged before it is dealt with', async () => {
    const { server } = bot
    server.delay(1_500)
    const before = dmOf('ada').length
    const started = performance.now()
    expect((await server.post(written())).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(dmOf('ada').length).toBe(before)
    server.delay(0)
    await server.until(() => dmOf('ada').length > before, 10_000)
  })

  it('is dealt with once, however often it comes', async () => {
    const { server } = bot
    const before = dmOf('bob').length
    server.user('bob').dm(QUESTION)
    await server.until(() => dmOf('bob').length === before + 1)
    const delivery = server.deliveries.at(-1)
    if (delivery === undefined) throw new Error('nothing was sent')
    const again = await Promise.all([1, 2, 3].map(() => server.redeliver(delivery)))
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200])
    await server.settled()
    server.user('bob').dm('help')
    await server.until(() => dmOf('bob').length === before + 2)
  })

  it('of another kind is taken and does nothing', async () => {
    await quiet()
    const before = bot.server.calls.length
    for (const type of ['typing', 'messageReaction', 'event', 'messageUpdate', 'constructor'])
      expect((await bot.server.post(written({ type }))).status).toBe(200)
    expect((await bot.server.post(written({ type: 'invoke', name: 'task/fetch' }))).status).toBe(501)
    expect((await bot.server.post(written({ from: { id: '28:another-bot' } }))).status).toBe(200)
    await quiet()
    expect(bot.server.calls.length).toBe(before)
  })
})

describe('a press', () => {
  const help = async () => {
    const { server } = bot
    server.user('ada').dm('help')
    return server.until(() => dmOf('ada').find((message) => server.words(message).includes('Try a question')))
  }

  it('is answered while the person waits, and the same one again in the same way', async () => {
    const { server } = bot
    const message = await help()
    const { notice } = await server.user('ada').pressRaw(message, { verb: 'x', data: { press: { on: 'no.such.thing' } } })
    expect(notice).toContain('older message')
    const delivery = server.deliveries.at(-1)
    if (delivery === undefined) throw new Error('nothing was sent')
    const again = await server.redeliver(delivery)
    expect(again.body).toMatchObject({ statusCode: 200, value: notice })
    expect(server.nothingWrong()).toEqual([])
  })

  it('that takes long is said to be on its way, and what comes of it follows', async () => {
    const { server } = bot
    const message = await help()
    const before = dmOf('ada').length
    server.delay(4_500)
    const { notice } = await server.user('ada').press(message, 'Try a question')
    expect(notice).toContain('Still working')
    await server.until(() => dmOf('ada').length > before, 20_000)
    server.delay(0)
    await server.settled()
  }, 40_000)
})

it('a restart deals with what was left', async () => {
  const { server } = bot
  await server.until(() => server.settled().then(() => true))
  const before = dmOf('ada').length
  const { app, directory } = bot
  await app.stop()
  const store = await openStore(`sqlite:${directory}/cairn.db`)
  await store.inbox.receive(
    { platform: 'teams', key: 'left', body: JSON.stringify(written({ id: 'left' })), receivedAt: new Date().toISOString() },
    'gone',
    '0',
  )
  await store.close()
  await bot.restart()
  await server.until(() => dmOf('ada').length > before, 10_000)
  expect(server.nothingWrong()).toEqual([])
}, 40_000)
