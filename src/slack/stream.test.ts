import { setTimeout as wait } from 'node:timers/promises'
import { WebClient } from '@slack/web-api'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MessageRef } from '../chat/exchange.ts'
import { plainReply, type Reply } from '../chat/reply.ts'
import { boltLog } from './bolt-log.ts'
import { oneWorkspace } from './installations.ts'
import { createMessenger } from './messenger.ts'
import { createPace } from './pace.ts'
import { findStream } from './post.ts'
import { openStream, type SlackStream } from './stream.ts'
import { shownIn } from './testing/conversation.ts'
import { type SlackServer, startSlackServer } from './testing/slack-server.ts'
import { clientOptionsOf, createWorkspaces, type Workspaces } from './workspace.ts'

const TENANT = 'slack:T1'
const WHOLE: Reply = {
  summary: 'The whole',
  blocks: [
    { kind: 'text', parts: [{ kind: 'text', text: 'The whole of it.' }] },
    { kind: 'note', parts: [{ kind: 'text', text: 'Its source' }] },
  ],
}

/** With its summary for notifications. */
const CHANGED = 'The whole\nThe whole of it.\nIts source'

let server: SlackServer
let workspaces: Workspaces
beforeAll(async () => {
  server = await startSlackServer({ mode: 'http', requestUrl: 'http://127.0.0.1:9' })
  const options = clientOptionsOf(server.apiUrl, boltLog(pino({ level: 'silent' })))
  workspaces = createWorkspaces(oneWorkspace({ kind: 'one', botToken: server.botToken() }, new WebClient(undefined, options)), options)
})
afterAll(() => server.close())
beforeEach(() => {
  thread = server.user('U1').say('C1', 'a question').ts
})
afterEach(() => {
  server.delay(0)
  server.failEvery(0)
  expect(server.nothingWrong()).toEqual([])
})

let thread: string
let started: MessageRef[]

function open({ always = true, before }: { always?: boolean; before?: () => Promise<MessageRef | undefined> } = {}): SlackStream {
  const messenger = createMessenger({ workspaces, pace: createPace(), log: { warn: () => {} } })
  started = []
  const since = new Date().toISOString()
  return openStream(
    {
      tenant: TENANT,
      channel: 'C1',
      thread,
      recipient: { team: 'T1', user: 'U1' },
      key: `key of ${thread}`,
      always,
      post: (reply) => messenger.post(TENANT, { kind: 'place', place: 'C1', thread }, reply, `key of ${thread}`),
      update: (message, reply) => messenger.update(TENANT, message, reply),
      started: async (message) => void started.push(message),
      before,
      orphan: () => findStream(TENANT, { channel: 'C1', thread }, { since, others: new Set() }, workspaces),
    },
    workspaces,
  )
}

const replies = () => server.messagesIn('C1', { thread }).slice(1)
const shown = () => replies().map(shownIn)
const begins = () => server.until(() => replies()[0], 8_000)

describe('an answer that is written', () => {
  it('ends with what was written and what belongs to it', async () => {
    const stream = open()
    stream.write('The beginning. ')
    await begins()
    stream.write('The end.')
    await stream.finish(WHOLE)
    expect(shown()).toEqual(['The beginning. The end.\nIts source'])
    expect(replies()[0]).toMatchObject({ streaming_state: 'completed', metadata: { event_payload: { key: `key of ${thread}` } } })
  })

  it.each([0, 600])('is the whole alone where what was written is taken back, also when Slack takes %i ms more to begin', async (ms) => {
    server.delay((method) => (method === 'chat.startStream' ? ms : 0))
    const stream = open()
    stream.write('What does not stand.')
    if (ms === 0) await begins()
    else await server.until(() => server.calls.some(({ method, args }) => method === 'chat.startStream' && args.thread_ts === thread))
    stream.withdraw()
    stream.write('Something else.')
    await stream.finish(WHOLE)
    expect(shown()).toEqual([CHANGED])
  })

  it('shows nothing of what is taken back before it began', async () => {
    const stream = open()
    stream.write('What does not stand.')
    stream.withdraw()
    stream.write('What stands.')
    await stream.finish(WHOLE)
    expect(shown()).toEqual(['What stands.\nIts source'])
  })

  it('is the whole where more was written than a message holds', async () => {
    const stream = open()
    stream.write('A sentence. '.repeat(500))
    await begins()
    stream.write('Another one. '.repeat(600))
    await wait(1_200)
    await stream.finish(WHOLE)
    expect(shown()).toEqual([CHANGED])
  })

  it('is the whole where Slack has ended it, or takes no more', async () => {
    server.world.times.streamMs = 300
    const stream = open()
    stream.write('The beginning. ')
    await begins()
    await wait(400)
    stream.write('The end.')
    await stream.finish(WHOLE)
    server.world.times.streamMs = 300_000
    expect(shown()).toEqual([CHANGED])
  })

  it.each(['429', '500', 'drop', 'lost'] as const)('is there once where beginning it meets %s', async (kind) => {
    const stream = open()
    server.failNext('chat.startStream', kind)
    stream.write('The beginning. ')
    await begins()
    stream.write('The end.')
    await stream.finish(WHOLE)
    expect(shown()).toEqual(['The beginning. The end.\nIts source'])
    expect(started).toHaveLength(1)
  })

  it('that another process began gets the whole, whether or not that could be written down', async () => {
    const first = open()
    first.write('The beginning. ')
    const message = await server.until(() => started[0])
    await open({ before: async () => message }).finish(WHOLE)
    expect(shown()).toEqual([CHANGED])
    thread = server.user('U1').say('C1', 'another question').ts
    const second = open()
    second.write('The beginning. ')
    await begins()
    const taken = open({ before: async () => undefined })
    taken.write('Nothing of this is shown before the end.')
    await taken.finish(WHOLE)
    expect(shown()).toEqual([CHANGED])
    const [posted] = replies()
    await open({ before: async () => posted && { place: 'C1', id: posted.ts, thread } }).finish(WHOLE)
    expect(shown()).toEqual([CHANGED])
  })

  it('is posted where it is ready at once and nobody expects to see it written', async () => {
    const stream = open({ always: false })
    stream.write('All of it.')
    await stream.finish(plainReply('All of it.'))
    expect(shown()).toEqual(['All of it.'])
    expect(replies()[0]?.streaming_state).toBeUndefined()
  })
})
