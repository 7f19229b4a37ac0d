/** Which tokens the real botbuilder takes: only the right one. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { WRONG_TOKENS } from './channel-tokens.ts'
import type { Delivery } from './deliveries.ts'
import { startTeamsServer, type TeamsServer } from './teams-server.ts'
import { startTestBot, type TestBot } from './test-bot.ts'

let server: TeamsServer
let bot: TestBot
let turns = 0

beforeAll(async () => {
  server = await startTeamsServer()
  bot = await startTestBot(server, async () => void turns++)
})

afterAll(async () => {
  await bot.close()
  await server.close()
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** Something that the app was sent rightly. */
async function taken(): Promise<Delivery> {
  server.user('ada').dm('hello')
  await server.settled()
  const delivery = server.deliveries.at(-1)
  if (delivery === undefined) throw new Error('nothing was sent')
  return delivery
}

describe('a request to the app', () => {
  it('with the right token is taken', async () => {
    const { activity, attempts } = await taken()
    expect(attempts).toEqual([{ at: expect.any(Number), ackMs: expect.any(Number) }])
    const before = turns
    expect((await server.post({ ...activity, id: 'another' })).status).toBe(200)
    expect(turns).toBe(before + 1)
    expect(server.nothingWrong()).toEqual([])
  })

  it.each(WRONG_TOKENS)('with a token that is wrong in the way %s starts no turn', async (token) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { activity } = await taken()
    const before = turns
    const response = await server.post({ ...activity, id: `wrong ${token}` }, { token })
    expect(response.ok).toBe(false)
    expect(turns).toBe(before)
  })
})
