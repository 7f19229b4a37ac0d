/** Several organisations in one deployment: each is answered over its own connector and knows nothing of the others. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'

const QUESTION = 'What should a team have in place before it scales Kubernetes?'
const KEYS = ['T1', 'T2'] as const

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot({ tenants: KEYS.map((key) => ({ key })) })
}, 30_000)
afterAll(() => bot?.close())

it('each hears its own answers', async () => {
  const { server } = bot
  for (const key of KEYS) server.user('ada', key).dm(QUESTION)
  for (const key of KEYS) await server.until(() => server.dm('ada', key).some(({ from, text }) => from === 'bot' && text.includes('[1]')), 10_000)
  expect(new Set(server.calls.map(({ tenant }) => tenant))).toEqual(new Set(KEYS))
  expect(server.nothingWrong()).toEqual([])
  const store = await openStore(`sqlite:${bot.directory}/cairn.db`)
  for (const key of KEYS) {
    const asked = await store.chat.askedSince(`teams:${server.tenantId(key)}`, '0')
    expect(asked.map(({ person }) => person)).toEqual([server.user('ada', key).aadObjectId])
  }
  await store.close()
}, 20_000)
