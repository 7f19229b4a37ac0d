/** Very many digests with pictures are due at one minute: whoever presses something meanwhile does not wait for them. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChat } from '../chat/create-chat.ts'
import { plainReply, type Reply } from '../chat/reply.ts'
import { assessAlone, createTeam } from '../chat/results/testing/assess.ts'
import { createTestDeps, type TestDeps } from '../chat/testing/test-deps.ts'
import { TENANT } from '../chat/testing/test-platform.ts'
import { openBuiltInEngine, type TestEngine } from '../testing/built-in-engine.ts'
import { createSlack, type Slack } from './create-slack.ts'
import { shownIn } from './testing/conversation.ts'
import { type SlackServer, startSlackServer } from './testing/slack-server.ts'
import type { EphemeralMessage } from './testing/world.ts'

const DIGESTS = 200
const CHANNELS = Array.from({ length: DIGESTS }, (_, i) => `C${1_000 + i}`)
const WITH_A_PICTURE: Reply = {
  ...plainReply('A digest'),
  blocks: [{ kind: 'picture', picture: { title: 'Profile', alt: 'Build 3, Run 2.', file: 'digest.png', png: () => Buffer.alloc(2_000) } }],
}

let engine: TestEngine
let deps: TestDeps
let server: SlackServer
let slack: Slack
beforeAll(async () => {
  engine = await openBuiltInEngine()
  server = await startSlackServer({ limits: true, workspaces: [{ id: 'T1', users: [{ id: 'U1' }], channels: ['C1', ...CHANNELS].map((id) => ({ id })) }] })
  deps = await createTestDeps(engine)
  const config = {
    appToken: server.appToken,
    signingSecret: undefined,
    apiUrl: server.apiUrl,
    workspaces: { kind: 'one', botToken: server.botToken() },
  } as const
  slack = createSlack({ config, store: deps.database, newId: randomUUID, now: () => new Date(), log: pino({ level: 'silent' }) })
  await slack.start(createChat({ ...deps, messenger: () => slack.messenger, directory: () => slack.directory }))
  await createTeam(deps, 'payments', [], { name: 'Payments', place: 'C1' })
  await deps.assessments.store.assessments.savePerson(TENANT, { id: 'U1', name: 'Ada' })
  await deps.assessments.store.assessments.addMember(TENANT, 'payments', 'U1')
  await assessAlone(deps, 'payments', 'U1', [1, 2])
}, 120_000)
afterAll(async () => {
  await slack.stop()
  await server.close()
  await deps.close()
  await engine.close()
})

const filesIn = (channel: string) => server.files.filter((file) => file.completed && file.channel === channel)
const sentPictures = () => server.files.filter(({ completed, filename }) => completed && filename === 'digest.png').length
const told = () => server.ephemeralFor('U1')
/** How long it takes until that is there, of which there was nothing before. */
const msUntil = async (check: () => unknown): Promise<number> => {
  const began = performance.now()
  await server.until(check, 10_000)
  return performance.now() - began
}

describe('while two hundred pictures of digests wait', () => {
  it('a press is answered within a second, its picture goes before them, and Slack never has too many', async () => {
    const ada = server.user('U1')
    await ada.command('C1', '/maturity', 'results')
    const results = (await server.until(() => told()[0])) as EphemeralMessage
    await server.until(() => filesIn(ada.dmChannel).length > 0)
    const before = { shown: filesIn(ada.dmChannel).length, told: told().length }

    const digests = CHANNELS.map((place) => slack.messenger.post(TENANT, { kind: 'place', place }, WITH_A_PICTURE, `digest:${place}`))
    for (const digest of digests) digest.catch(() => {})
    await server.until(() => CHANNELS.every((channel) => server.messagesIn(channel).length > 0), 30_000)
    await server.until(() => sentPictures() > 2, 10_000)

    await ada.press(results, 'Settings')
    expect(await msUntil(() => server.view('U1'))).toBeLessThan(1_000)
    await ada.press(results, 'Share in channel')
    expect(await msUntil(() => server.messagesIn('C1').find((message) => shownIn(message).includes('Shared by ')))).toBeLessThan(1_000)
    await ada.command('C1', '/maturity', 'results')
    expect(await msUntil(() => told().length > before.told)).toBeLessThan(1_000)
    expect(await msUntil(() => filesIn(ada.dmChannel).length > before.shown)).toBeLessThan(1_000)
    ada.dm('results Payments')
    expect(await msUntil(() => server.dm('U1').find((message) => shownIn(message).includes('Next steps')))).toBeLessThan(1_000)

    // They come one by one, and most of them still wait.
    const sent = sentPictures()
    expect(sent).toBeLessThan(40)
    await server.until(() => sentPictures() >= sent + 5, 10_000)
    expect(server.calls.filter(({ method, answered }) => method.startsWith('files.') && answered !== 'ok')).toEqual([])
    expect(server.nothingWrong()).toEqual([])
  }, 60_000)
})
