import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChatServer, startChatServer } from '../testing/chat-server/start-chat-server.ts'
import { runCairn } from '../testing/run-cairn.ts'
import { honest } from '../testing/scripted-models/honest.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

const QUESTION = 'What does level 3 of KMM security ask for?'

let data: TemporaryDirectory
let server: ChatServer
let env: Record<string, string>
beforeAll(async () => {
  data = await createTemporaryDirectory()
  server = await startChatServer((call) => (call.model === 'away' ? { kind: 'error', status: 404 } : honest(call)), { apiKey: 'secret' })
  env = { CAIRN_DATA_DIR: data.path, OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'secret', CAIRN_CHAT_MODEL: 'gpt-5-mini' }
})
afterAll(async () => {
  await server.close()
  await data.remove()
  expect(server.faults).toEqual([])
})

describe('cairn ask with a chat model', { timeout: 30_000 }, () => {
  it('prints whose answer it is, its citations, and what the check took out', async () => {
    const { code, out, err } = await runCairn(['ask', '--json', QUESTION], { env })
    expect([code, err]).toEqual([0, ''])
    const answer = JSON.parse(out)
    expect(answer).toMatchObject({ outcome: 'answered', answerer: 'gpt-5-mini', checks: { sentencesDropped: 0, markersRemoved: 0 } })
    expect(answer.citations[0]).toMatchObject({ n: 1, passage: 'kmm/security/3' })
    expect(answer.text).toMatch(/^\p{Lu}[^[]+\. \[1\]/u)
  })

  it('prints the quoted answer, the note, and for whoever runs it the reason, when the model can not be had', async () => {
    const { code, out, err } = await runCairn(['ask', QUESTION], { env: { ...env, CAIRN_CHAT_MODEL: 'away' } })
    expect(code).toBe(0)
    expect(out).toContain('The chat model refused the request')
    expect(out).toContain('\nSources\n')
    expect(err).toMatch(/^cairn: answered without the chat model \(refused\): .*does not exist/)
  })
})
