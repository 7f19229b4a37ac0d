/** Answers that are written before the reader's eyes, against a Teams that is strict about how. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageRef, Place } from '../chat/exchange.ts'
import { type Inline, plainReply, type Reply } from '../chat/reply.ts'
import { loadConfig } from '../config.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createAuthentication } from './authentication.ts'
import { createConnectors } from './connectors.ts'
import { createConversations } from './conversations.ts'
import { createDirectory } from './directory.ts'
import { keepEntities } from './entity-fix.ts'
import { createExchange } from './exchange.ts'
import { NOBODY_WAITS } from './invoke-answer.ts'
import { createMessenger } from './messenger.ts'
import { createPace } from './pace.ts'
import { createRoster } from './roster.ts'
import { createStreams } from './streams.ts'
import { startTeamsServer, type TeamsServer } from './testing/teams-server.ts'

let server: TeamsServer
let store: Store
let exchange: (options?: { place?: Place; attempts?: number; key?: string }) => ReturnType<typeof createExchange>

async function start(times: { streamMs?: number } = {}): Promise<void> {
  server = await startTeamsServer({ times })
  store = await openStore('sqlite::memory:')
  keepEntities()
  const { teams: config } = loadConfig(server.settings)
  if (config === undefined) throw new Error('the settings name no app')
  const [tenant, person, now] = [`teams:${server.tenantId()}`, server.user('ada').aadObjectId, () => new Date()]
  const log = { info() {}, warn() {} }
  const connectors = createConnectors(createAuthentication(config))
  const roster = createRoster({ connectors, store: store.conversations })
  const pace = createPace()
  const conversations = createConversations({ store: store.conversations, connectors, roster, pace, now, log })
  const directory = createDirectory({ connectors, roster, store: store.conversations, admins: [] })
  const messenger = createMessenger({ connectors, conversations, directory, pace, outbox: store.chat, now, isPublicCloud: true })
  const parts = { messenger, directory, outbox: store.chat, streams: createStreams(), now, log }
  const common = { serviceUrl: server.serviceUrl(), bot: server.botId, at: now().toISOString() }
  const personal = server.user('ada').personal
  await store.conversations.saveConversation(tenant, { place: personal, kind: 'personal', person, ...common })
  await store.conversations.saveConversation(tenant, { place: server.conversationId('leads'), kind: 'group', ...common })
  const own: Place = { id: personal, kind: 'personal' }
  exchange = ({ place = own, attempts = 0, key = randomUUID() } = {}) =>
    createExchange({ who: { tenant, person }, place, key, attempts, slot: NOBODY_WAITS }, parts)
}
beforeEach(() => start())
afterEach(async () => {
  await store.close()
  await server.close()
})

const answer = (...sentences: readonly string[]): Reply => ({
  summary: sentences.join(' '),
  blocks: [
    { kind: 'text', parts: [{ kind: 'text', text: sentences.join(' ') } satisfies Inline] },
    { kind: 'sources', items: [{ n: 1, title: 'T', quote: 'Q', url: 'https://example.org', open: { on: 'passage.open', with: { passage: 'p' } } }] },
    { kind: 'feedback', answer: 'the-answer' },
  ],
})
const shown = () => server.dm('ada').map(({ text }) => text)
const streamed = (text: string) => server.until(() => server.dm('ada').find((message) => message.stream?.text === text), 6_000)

describe('an answer that takes a while', () => {
  it('is announced, grows, and ends as it should be, with its sources', async () => {
    const stream = exchange().stream()
    await server.until(() => server.dm('ada').some((message) => message.stream?.informative.startsWith('Looking')))
    stream.write('Automate. [1]')
    await streamed('Automate. [1]')
    stream.write(' Then measure.')
    await streamed('Automate. [1] Then measure.')
    await stream.finish(answer('Automate. [1] Then measure.', 'Then rest.'))
    const [message, ...others] = server.dm('ada')
    expect(others).toEqual([])
    expect(message).toMatchObject({ text: 'Automate. [1] Then measure. Then rest.', stream: { state: 'final' } })
    expect(message?.activity.entities).toMatchObject([{ citation: [{ position: 1 }] }, { streamType: 'final' }])
    expect(message?.activity.channelData).toEqual({ feedbackLoopEnabled: true })
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('that does not stand any more is changed as a whole', async () => {
    const stream = exchange().stream()
    stream.write('Wrong.')
    await streamed('Wrong.')
    stream.withdraw()
    stream.write('Right. [1]')
    await wait(1_800)
    await stream.finish(answer('Right. [1]'))
    expect(shown()[0]).toBe('Right. [1]')
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('may turn out to be a card', async () => {
    const stream = exchange().stream()
    await server.until(() => server.dm('ada').length === 1)
    await stream.finish(plainReply('The models say nothing about that.'))
    expect(server.dm('ada').map((message) => server.words(message))).toEqual(['The models say nothing about that.'])
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('ends when the person says stop', async () => {
    const stream = exchange().stream()
    stream.write('One.')
    const message = await streamed('One.')
    server.user('ada').stop(message)
    stream.write(' Two.')
    await server.until(() => stream.stopped.aborted, 6_000)
    await stream.finish(plainReply('Stopped.'))
    expect(server.dm('ada').map((each) => server.words(each))).toEqual(['Stopped.'])
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('and takes longer than Teams lets it, is changed as a whole', async () => {
    await server.close()
    await start({ streamMs: 1_000 })
    const stream = exchange().stream()
    stream.write('One.')
    await streamed('One.')
    await wait(2_500)
    expect(stream.stopped.aborted).toBe(false)
    await stream.finish(answer('One.', 'Two. [1]'))
    expect(shown()[0]).toBe('One. Two. [1]')
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('is not written beside another one', async () => {
    const first = exchange().stream()
    await server.until(() => server.dm('ada').length === 1)
    const second = exchange().stream()
    await wait(600)
    await second.finish(answer('Second. [1]'))
    await first.finish(answer('First. [1]'))
    expect(shown().filter((text) => text !== '')).toEqual(['First. [1]', 'Second. [1]'])
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('that another process had begun is ended, not begun anew', async () => {
    const key = randomUUID()
    const stream = exchange({ key }).stream()
    stream.write('One.')
    await streamed('One.')
    await wait(1_500)
    const again = exchange({ key, attempts: 1 }).stream()
    // The first one's process is gone, so that nothing else is being written.
    await again.finish(answer('One. Two. [1]'))
    expect(shown().filter((text) => text.startsWith('One.'))).toHaveLength(1)
  }, 20_000)
})

it('an answer that is there at once, or for a group, is one message', async () => {
  await exchange().stream().finish(answer('At once. [1]'))
  const stream = exchange({ place: { id: server.conversationId('leads'), kind: 'group' } }).stream()
  stream.write('One.')
  await wait(600)
  await stream.finish(answer('For all. [1]'))
  expect(server.calls.some(({ body }) => JSON.stringify(body).includes('streaminfo'))).toBe(false)
  expect(shown()[0]).toBe('At once. [1]')
  expect(server.messagesIn('leads')[0]?.text).toBe('For all. [1]')
  expect(server.nothingWrong()).toEqual([])
})

describe('the same event again', () => {
  const place = (): Place => ({ id: server.conversationId('leads'), kind: 'group' })

  it('says nothing twice', async () => {
    const key = randomUUID()
    const first: MessageRef = await exchange({ key, place: place() }).say(plainReply('Once.'))
    expect(await exchange({ key, place: place(), attempts: 1 }).say(plainReply('Once.'))).toEqual(first)
    expect(server.messagesIn('leads')).toHaveLength(1)
  })

  it('does not repeat what may have arrived, and says so', async () => {
    const key = randomUUID()
    server.failNext('send', 'lost')
    await exchange({ key, place: place() }).say(plainReply('Once.'))
    await exchange({ key, place: place(), attempts: 1 }).say(plainReply('Once.'))
    expect(server.messagesIn('leads').map((message) => server.words(message))).toEqual(['Once.', expect.stringContaining('connection broke')])
  })
})
