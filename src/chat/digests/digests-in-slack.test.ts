/** What Slack says when a digest can't be sent, and what becomes of the digest. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlack } from '../../slack/create-slack.ts'
import { type SlackServer, startSlackServer } from '../../slack/testing/slack-server.ts'
import { TENANT } from '../testing/test-platform.ts'
import { createSendingWorld, type SendingWorld } from './testing/sending-world.ts'

const MONDAY = '2026-03-02T08:00:00.000Z'

let server: SlackServer
let world: SendingWorld
beforeEach(async () => {
  server = await startSlackServer({ limits: true })
  world = await createSendingWorld()
  const config = { appToken: 'xapp-unused', signingSecret: undefined, apiUrl: server.apiUrl, workspaces: { kind: 'one', botToken: server.botToken() } } as const
  const slack = createSlack({ config, store: world.store, newId: randomUUID, now: world.deps.now, log: pino({ level: 'silent' }) })
  world.deps.messenger = () => slack.messenger
})
afterEach(async () => {
  await server.close()
  await world.close()
})

const keysIn = (channel: string) => server.messagesIn(channel).map(({ metadata }) => metadata?.event_payload.key)
const toldTo = (person: string) => server.dm(person).map(({ metadata }) => metadata?.event_payload.key)

describe('a digest in Slack', () => {
  it('carries what it is known by, and is found by that when a process ended before it knew', async () => {
    await world.add('a')
    await world.add('b')
    await world.store.chat.claimDelivery(TENANT, 'digest:b:2026-03-02', MONDAY, '2026-03-02T08:02:00.000Z')
    await world.deps.messenger(TENANT).post(TENANT, { kind: 'place', place: 'C1' }, { summary: 'sent', blocks: [] }, 'digest:b:2026-03-02')
    await world.tickAt(MONDAY)
    await world.tickAt('2026-03-02T08:03:00.000Z')
    expect(keysIn('C1').sort()).toEqual(['digest:a:2026-03-02', 'digest:b:2026-03-02'])
    expect(await world.digest('b')).toMatchObject({ toldUntil: MONDAY })
  })

  it.each<[string, () => void]>([
    ['is archived', () => server.archive('C1')],
    ['no longer has the bot in it', () => server.removeBot('C1')],
  ])('whose channel %s is paused, its maker is told once, and the others come', async (_, happens) => {
    await world.add('a')
    await world.add('b')
    await world.add('other', { to: { kind: 'place', place: 'C2' } })
    happens()
    for (const at of [MONDAY, '2026-03-02T08:05:00.000Z', '2026-03-09T08:00:00.000Z']) await world.tickAt(at)
    expect(toldTo('U1').sort()).toEqual(['digest-undeliverable:a:2026-03-02', 'digest-undeliverable:b:2026-03-02'])
    expect(server.dm('U1')[0]?.text).toBe('The digest of Payments could not be sent.')
    for (const id of ['a', 'b']) expect(await world.digest(id)).toMatchObject({ paused: { why: 'undeliverable' } })
    expect(keysIn('C1')).toEqual([])
    expect(keysIn('C2')).toEqual(['digest:other:2026-03-02', 'digest:other:2026-03-09'])
    expect(server.nothingWrong()).toEqual([])
  })

  it('of a workspace that has revoked its token is paused, and nobody can be told', async () => {
    await world.add('a')
    await world.add('to somebody', { to: { kind: 'person', person: 'U2' } })
    server.revokeTokens()
    await world.tickAt(MONDAY)
    for (const id of ['a', 'to somebody']) expect(await world.digest(id)).toMatchObject({ paused: { why: 'undeliverable' } })
    const calls = server.calls.length
    await world.tickAt('2026-03-09T08:00:00.000Z')
    expect(server.calls).toHaveLength(calls)
  })
})
