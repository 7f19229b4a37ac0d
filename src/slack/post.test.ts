/** Messages that nobody asked for, on their way to a Slack with limits and long conversations. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Messenger } from '../chat/exchange.ts'
import { plainReply } from '../chat/reply.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createSlack } from './create-slack.ts'
import { type SlackServer, startSlackServer } from './testing/slack-server.ts'

const TENANT = 'slack:T1'
const HERE = { kind: 'place', place: 'C1' } as const

let server: SlackServer
let store: Store
beforeEach(async () => {
  server = await startSlackServer({ limits: true })
  store = await openStore('sqlite::memory:')
})
afterEach(async () => {
  await server.close()
  await store.close()
})

/** Of a process of its own. */
function messenger(): Messenger {
  const config = { appToken: 'xapp-unused', signingSecret: undefined, apiUrl: server.apiUrl, workspaces: { kind: 'one', botToken: server.botToken() } } as const
  return createSlack({ config, store, newId: randomUUID, now: () => new Date(), log: pino({ level: 'silent' }) }).messenger
}

describe('a message', () => {
  it('is found again by its key, however much was said since', async () => {
    const sent = await messenger().post(TENANT, HERE, plainReply('Hello.'), 'key')
    for (let i = 0; i < 450; i++) server.user('U1').say('C1', `Something else ${i}`)
    const since = new Date(Date.now() - 5_000).toISOString()
    expect(await messenger().find(TENANT, HERE, 'key', since)).toEqual(sent)
    expect(await messenger().find(TENANT, HERE, 'another key', since)).toBeUndefined()
  })

  it('waits where other processes send too much to a channel, and arrives once', async () => {
    const all = [messenger(), messenger(), messenger()].flatMap((each, i) =>
      Array.from({ length: 4 }, (_, n) => each.post(TENANT, HERE, plainReply(`Message ${i} ${n}`), `${i} ${n}`)),
    )
    await Promise.all(all)
    expect(server.messagesIn('C1').map(({ text }) => text)).toHaveLength(12)
    expect(new Set(server.messagesIn('C1').map(({ text }) => text)).size).toBe(12)
    expect(server.calls.filter(({ answered }) => answered === '429').length).toBeGreaterThan(0)
    // A refusal is certain: nobody has to look whether it came through.
    expect(server.usedMethods()).not.toContain('conversations.history')
    expect(server.nothingWrong()).toEqual([])
  }, 30_000)

  it('is for later where Slack wants it to wait for longer than anybody waits', async () => {
    await server.close()
    server = await startSlackServer({ retryAfterS: 60 })
    server.failNext('chat.postMessage', '429')
    const own = messenger()
    for (const key of ['first', 'second']) await expect(own.post(TENANT, HERE, plainReply('Hello.'), key)).rejects.toMatchObject({ kind: 'later' })
    expect(server.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  })
})
