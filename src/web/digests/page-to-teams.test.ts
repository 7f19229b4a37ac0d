/** All of it in Teams: a link asked for in a channel, a digest set up by whom it is for, and what then comes there. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readerOf } from '../../teams/testing/bot-reader.ts'
import { startTeamsBot, type TeamsBot } from '../../teams/testing/teams-bot.ts'

const TEST_MS = 60_000
const FRIDAY = '2026-03-06T15:00:00.000Z'
const MONDAY = '2026-03-09T08:00:30.000Z'
const LINK = /#\/enter\/([\w-]{32})\/([\w-]+)/

let bot: TeamsBot
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: new Date(FRIDAY) })
  bot = await startTeamsBot()
}, TEST_MS)
afterAll(async () => {
  await bot?.close()
  vi.useRealTimers()
})

const { dmOf, saidIn, awaited } = readerOf(() => bot)

describe('a digest that is set up on the page', { timeout: TEST_MS }, () => {
  it('comes to the team’s channel; the link came to one person alone', async () => {
    const { server } = bot
    server.user('ada').mention('payments', 'assess kmm quick')
    await server.until(() => dmOf('ada').length > 0, 10_000)
    server.user('ada').mention('payments', 'page')
    const told = await awaited(() => dmOf('ada'), 'works once')
    const [, code, team] = LINK.exec(JSON.stringify(server.card(told) ?? told.text)) ?? []
    expect(JSON.stringify(saidIn('payments'))).not.toMatch(LINK)

    let cookie = ''
    const ask = async (path: string, body?: object) => {
      const headers = { 'content-type': 'application/json', cookie }
      const response = await fetch(new URL(path, bot.app.url), body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) })
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
      return response.json()
    }
    await ask('/api/session', { code })
    expect(await ask('/api/me')).toMatchObject({ chat: 'Teams' })
    const { places } = await ask(`/api/teams/${team}/digests`)
    expect(places).toEqual([{ id: expect.any(String), name: expect.stringMatching(/payments/i) }])
    const wish = { kind: 'weekly', when: 'every Monday at 9', zone: 'Europe/Berlin', place: places[0].id, model: null, sendWhenEmpty: true }
    const { digests } = await ask(`/api/teams/${team}/digests`, wish)
    expect(digests[0].next[0]).toBe('Monday 9 March 2026, 09:00 (Europe/Berlin)')

    const before = saidIn('payments').length
    vi.setSystemTime(new Date(MONDAY))
    await bot.restart()
    await server.until(() => saidIn('payments').length > before, 10_000)
    expect(JSON.stringify(saidIn('payments')[before])).toMatch(/Why am I getting this\?/)
    expect(server.nothingWrong()).toEqual([])
  })
})
