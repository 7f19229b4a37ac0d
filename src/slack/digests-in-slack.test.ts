/** A digest and a reminder as people in Slack have them: set up, changed, sent when their time has come, and answered. The clock is ours, the rest is real. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Chat, createChat } from '../chat/create-chat.ts'
import { assessAlone } from '../chat/results/testing/assess.ts'
import { createTestDeps, type TestDeps } from '../chat/testing/test-deps.ts'
import { TENANT } from '../chat/testing/test-platform.ts'
import { openBuiltInEngine, type TestEngine } from '../testing/built-in-engine.ts'
import { createSlack, type Slack } from './create-slack.ts'
import { shownIn } from './testing/conversation.ts'
import type { Person } from './testing/person.ts'
import { type SlackServer, startSlackServer } from './testing/slack-server.ts'
import type { EphemeralMessage, SlackView } from './testing/world.ts'

// A Wednesday.
const NOW = '2026-06-10T08:00:00.000Z'
const TEAM = 'payments'

let engine: TestEngine
let deps: TestDeps
let server: SlackServer
let slack: Slack
let chat: Chat
let ada: Person
beforeAll(async () => {
  engine = await openBuiltInEngine()
  server = await startSlackServer({ limits: true })
  deps = await createTestDeps(engine, { now: NOW })
  const config = {
    appToken: server.appToken,
    signingSecret: undefined,
    apiUrl: server.apiUrl,
    workspaces: { kind: 'one', botToken: server.botToken() },
  } as const
  slack = createSlack({ config, store: deps.database, newId: randomUUID, now: () => new Date(), log: pino({ level: 'silent' }) })
  chat = createChat({ ...deps, messenger: () => slack.messenger, directory: () => slack.directory })
  await slack.start(chat)
  ada = server.user('U1')
  const { assessments } = deps.database
  await assessments.saveTeam(TENANT, { id: TEAM, name: 'Payments', createdAt: NOW })
  await deps.store.linkPlace(TENANT, 'C1', TEAM)
  for (const [id, name] of Object.entries({ U1: 'Ada', U2: 'Bob' })) {
    await assessments.savePerson(TENANT, { id, name })
    await assessments.addMember(TENANT, TEAM, id)
  }
  deps.setNow('2026-02-10T08:00:00.000Z')
  await assessAlone(deps, TEAM, 'U1', [2, 3, 4, 1, 2])
  deps.setNow(NOW)
}, 120_000)
afterAll(async () => {
  await slack.stop()
  await server.close()
  await deps.close()
  await engine.close()
})
afterEach(async () => {
  await server.settled()
  expect(server.nothingWrong()).toEqual([])
  expect(deps.logged.filter(({ level }) => level === 'error')).toEqual([])
})

/** What is shown to her alone next. */
const told = async (does: () => Promise<unknown>): Promise<EphemeralMessage> => {
  const before = server.ephemeralFor('U1').length
  await does()
  return server.until(() => server.ephemeralFor('U1')[before]) as Promise<EphemeralMessage>
}
const command = (typed: string) => told(() => ada.command('C1', '/maturity', typed))
const opened = async (does: () => Promise<unknown>): Promise<SlackView> => {
  const before = server.view('U1')?.id
  await does()
  return server.until(() => (server.view('U1')?.id === before ? undefined : server.view('U1'))) as Promise<SlackView>
}
const tickAt = async (at: string) => {
  deps.setNow(at)
  await chat.tick()
}
const digests = () => deps.digests.digestsOfTeam(TENANT, TEAM)
const pictures = (channel: string) => server.files.filter((file) => file.completed && file.channel === channel)

describe('in Slack', () => {
  it('a digest is set up in plain words, looked at, and changed in a dialog', async () => {
    const set = await command('digest every Friday at 9 in Berlin')
    expect(shownIn(set)).toContain('Set up:')
    for (const day of [12, 19, 26]) expect(shownIn(set)).toContain(`Friday ${day} June 2026, 09:00 (Europe/Berlin)`)
    const preview = await told(() => ada.press(set, 'Preview'))
    expect(shownIn(preview)).toContain('Only you see this.')
    await server.until(() => pictures(ada.dmChannel).length > 0)

    const form = await opened(() => ada.press(set, 'Change'))
    expect((await ada.submit(form, { When: 'on the thirtieth of Smarch' })).errors).toBeDefined()
    const saved = await told(() => ada.submit(form, { When: 'every other Thursday at 9:30 in Berlin' }))
    expect(shownIn(saved)).toContain('Thursday 11 June 2026, 09:30 (Europe/Berlin)')
    expect(shownIn(saved)).toContain('Thursday 25 June 2026, 09:30 (Europe/Berlin)')
    const list = await command('digest')
    expect(shownIn(list)).toContain('every other Thursday at 09:30 Berlin time')
    expect(ada.buttons(list)).toEqual(expect.arrayContaining(['Preview', 'Change', 'Pause', 'Delete', 'New digest']))
  })

  it('it comes with its picture, an old answer is given anew in it, and it is muted and explained', async () => {
    await tickAt('2026-06-11T07:29:00.000Z')
    expect(server.messagesIn('C1')).toEqual([])
    await tickAt('2026-06-11T07:30:10.000Z')
    const [digest, ...others] = server.messagesIn('C1')
    if (digest === undefined) throw new Error('no digest came')
    expect(others).toEqual([])
    expect(shownIn(digest)).toMatch(/Payments: KMM[\s\S]*Still so\?\s+Culture and organization: level 2, answered 120 days ago/)
    expect(pictures('C1')).toMatchObject([{ filename: 'digest.png', altText: expect.stringContaining('Radar') }])
    expect(server.allMessagesIn('C1').filter(({ thread_ts: thread }) => thread === digest.ts)).not.toEqual([])

    const levels = ada.buttons(digest).filter((label) => label.startsWith('Level '))
    expect(levels.length).toBeGreaterThan(3)
    const recorded = await told(() => ada.press(digest, levels.at(-1) ?? ''))
    expect(shownIn(recorded)).toMatch(/Recorded: level 5\./)
    expect(shownIn(await told(() => ada.press(digest, 'Why am I getting this?')))).toContain('every other Thursday at 09:30 Berlin time')
    const muted = await told(() => ada.press(digest, 'Mute'))
    expect(await digests()).toMatchObject([{ paused: { why: 'asked' } }])
    // Where it was pressed, once more.
    await ada.press(muted, 'Resume')
    await server.until(async () => (await digests())[0]?.paused === undefined)
    await tickAt('2026-06-12T08:00:00.000Z')
    expect(server.messagesIn('C1')).toHaveLength(1)
    const list = await command('digest')
    await ada.press(list, 'Delete')
    await server.until(async () => (await digests()).length === 0)
  })

  it('whoever has an action is reminded of it on its day, and ticks it off or changes it', async () => {
    const { assessments } = deps.database
    const step = { team: TEAM, model: 'kmm', section: 'security', passage: 'kmm/security/3', due: '2026-06-16', owner: 'U1' }
    for (const id of ['a', 'b']) await assessments.createAction(TENANT, { id, ...step, text: `Step ${id}.`, createdBy: 'U2', createdAt: NOW })
    const reminders = () => server.dm('U1').filter((message) => shownIn(message).includes('actions of yours are due'))
    await tickAt('2026-06-15T09:00:00.000Z')
    expect(reminders()).toEqual([])
    for (const at of ['06:59', '07:00', '07:01', '12:00']) await tickAt(`2026-06-16T${at}:00.000Z`)
    const [reminder, ...others] = reminders()
    if (reminder === undefined) throw new Error('no reminder came')
    expect(others).toEqual([])
    expect(shownIn(reminder)).toMatch(/Due today\.\* Step a\. \(Payments\)[\s\S]*Due today\.\* Step b\. \(Payments\)/)
    expect(ada.buttons(reminder)).toEqual(['Done', 'Done', 'Step a.', 'Step b.', 'Actions', 'Mute reminders'])

    await ada.press(reminder, { label: 'Done', beside: 'Step a.' })
    await server.until(async () => (await assessments.actions(TENANT, TEAM)).length === 1)
    await server.until(() => server.dm('U1').some((message) => shownIn(message).includes('Done: Step a.')))
    expect(reminders()).toHaveLength(1)
    const form = await opened(() => ada.select(reminder, 'Step b.'))
    expect(await ada.submit(form, { 'Who does it?': ['U2'] })).toEqual({})
    await server.until(async () => (await assessments.actions(TENANT, TEAM))[0]?.owner === 'U2')
    await ada.press(reminder, { label: 'Done', beside: 'Step b.' })
    await server.until(() => server.dm('U1').some((message) => shownIn(message).includes('not yours any more')))
    expect(await assessments.actions(TENANT, TEAM)).toMatchObject([{ id: 'b' }])
  })
})
