/** What the bot sends arrives: through throttling and trouble, once, and no longer where it may not speak. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../chat/exchange.ts'
import { plainReply, type Reply } from '../chat/reply.ts'
import { loadConfig } from '../config.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createTeams, type Teams } from './create-teams.ts'
import { startTeamsServer, type TeamsServer } from './testing/teams-server.ts'

let server: TeamsServer
let store: Store
let teams: Teams
let tenant: string

async function start(options: Parameters<typeof startTeamsServer>[0] = {}): Promise<void> {
  server = await startTeamsServer(options)
  store = await openStore('sqlite::memory:')
  const { teams: config } = loadConfig(server.settings)
  if (config === undefined) throw new Error('the settings name no app')
  teams = createTeams({ config, store, newId: randomUUID, now: () => new Date(), log: pino({ level: 'silent' }) })
  tenant = `teams:${server.tenantId()}`
}
/** As if somebody had written there. */
async function knows(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const team = server.teamId(key)
    const kind = team === '' ? (key.startsWith('personal ') ? 'personal' : 'group') : 'channel'
    const person = kind === 'personal' ? { person: server.user(key.slice('personal '.length)).aadObjectId } : {}
    const more = { ...(team === '' ? {} : { team }), ...person }
    const at = new Date().toISOString()
    await store.conversations.saveConversation(tenant, {
      place: server.conversationId(key),
      kind,
      serviceUrl: server.serviceUrl(),
      bot: server.botId,
      at,
      ...more,
    })
  }
}
beforeEach(() => start())
afterEach(async () => {
  await teams.stop()
  await store.close()
  await server.close()
})

const to = (key: string) => ({ kind: 'place', place: server.conversationId(key) }) as const
const toPerson = (key: string) => ({ kind: 'person', person: server.user(key).aadObjectId }) as const
const post = (key: string, reply: Reply = plainReply('Hello.')) => teams.messenger.post(tenant, to(key), reply, randomUUID())
const failing = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof DeliveryError ? error.kind : error
}
const operations = (operation: string) => server.calls.filter((call) => call.operation === operation)

describe('a message', () => {
  it('goes to a channel, into a thread, to a group and to a person', async () => {
    await knows('payments', 'leads', 'personal ada')
    const root = await post('payments')
    const within = await teams.messenger.post(tenant, { ...to('payments'), thread: root.id }, plainReply('Within.'), 'k')
    expect(server.messagesIn('payments', { thread: root.id }).map(({ id }) => id)).toEqual([root.id, within.id])
    expect(within).toEqual({ place: server.conversationId('payments'), id: within.id, thread: root.id })
    await post('leads')
    await teams.messenger.post(tenant, toPerson('ada'), plainReply('To Ada.'), 'k')
    expect(server.dm('ada').map((message) => server.words(message))).toEqual(['To Ada.'])
    expect(server.nothingWrong()).toEqual([])
  })

  it('begins a conversation with somebody who never wrote', async () => {
    await knows('payments')
    await teams.messenger.post(tenant, toPerson('cleo'), plainReply('First.'), 'k')
    await teams.messenger.post(tenant, toPerson('cleo'), plainReply('Second.'), 'k')
    expect(server.dm('cleo').map((message) => server.words(message))).toEqual(['First.', 'Second.'])
    expect(operations('create')).toHaveLength(1)
    expect(server.nothingWrong()).toEqual([])
  })

  it('is changed and removed, and one that is gone already is no failure', async () => {
    await knows('payments')
    const message = await post('payments')
    await teams.messenger.update(tenant, message, plainReply('Changed.'))
    expect(server.messagesIn('payments').map((each) => server.words(each))).toEqual(['Changed.'])
    await teams.messenger.remove(tenant, message)
    await teams.messenger.remove(tenant, message)
    expect(await failing(teams.messenger.update(tenant, message, plainReply('Late.')))).toBe('gone')
    expect(await teams.messenger.find(tenant, to('payments'), 'k', '0')).toBeUndefined()
    // The conversation is there all the same.
    await post('payments')
  })

  it('says in what kind of conversation it stands', async () => {
    await knows('payments', 'leads', 'personal ada')
    for (const key of ['payments', 'leads', 'personal ada']) await post(key)
    const named = operations('send').map(({ body }) => (body as { conversation: { conversationType: string } }).conversation.conversationType)
    expect(named).toEqual(['channel', 'groupChat', 'personal'])
  })

  it('of an answer keeps its sources, its label and its thumbs', async () => {
    await knows('personal ada')
    const reply: Reply = {
      summary: 'Automate.',
      blocks: [
        { kind: 'text', parts: [{ kind: 'text', text: 'Automate. [1]' }] },
        { kind: 'sources', items: [{ n: 1, title: 'T', quote: 'Q', url: 'https://example.org', open: { on: 'passage.open', with: { passage: 'p' } } }] },
        { kind: 'feedback', answer: 'the-answer' },
      ],
    }
    await post('personal ada', reply)
    const [message] = server.dm('ada')
    expect(message?.activity.entities).toMatchObject([{ additionalType: ['AIGeneratedContent'], citation: [{ position: 1, appearance: { name: 'T' } }] }])
    expect(message?.activity.channelData).toEqual({ feedbackLoopEnabled: true })
  })

  it('mentions who is there, and only names who is not', async () => {
    await knows('secret')
    const person = (key: string) => ({ kind: 'person', id: server.user(key).aadObjectId }) as const
    await post('secret', { summary: 's', blocks: [{ kind: 'text', parts: [person('ada'), { kind: 'text', text: ' and ' }, person('root')] }] })
    expect(server.nothingWrong()).toEqual([])
    const [message] = server.messagesIn('secret')
    expect(message === undefined ? '' : server.words(message)).toMatch(/<at>Ada<\/at> and (Root|somebody)/)
  })
})

describe('trouble on the way', () => {
  it('of passing kinds is waited for, as long as Teams says', async () => {
    await knows('payments')
    for (const kind of ['429', '429-bare', '412', '503'] as const) {
      server.failNext('send', kind)
      await post('payments')
    }
    expect(server.messagesIn('payments')).toHaveLength(4)
    const at = operations('send').map((call) => call.at)
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1_000)
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('that does not say whether it came through is not answered with the same once more', async () => {
    await knows('payments')
    for (const kind of ['lost', '500'] as const) {
      const before = operations('send').length
      server.failNext('send', kind)
      expect(await failing(post('payments'))).toBe('later')
      expect(operations('send').length).toBe(before + 1)
    }
    expect(server.messagesIn('payments')).toHaveLength(1)
  })

  it('does no harm to what can be done twice', async () => {
    await knows('payments')
    const message = await post('payments')
    for (const kind of ['lost', '500', 'drop'] as const) {
      server.failNext('update', kind)
      await teams.messenger.update(tenant, message, plainReply(kind))
    }
    expect(server.messagesIn('payments').map((each) => server.words(each))).toEqual(['drop'])
  }, 20_000)

  it('ends at some time', async () => {
    await knows('payments')
    server.failEvery(1, ['429-bare'])
    expect(await failing(post('payments'))).toBe('later')
    expect(operations('send').length).toBeLessThan(12)
  }, 60_000)

  it('with a token that was taken back ends with another one', async () => {
    await knows('payments')
    await post('payments')
    server.revokeTokens()
    await post('payments')
    expect(server.messagesIn('payments')).toHaveLength(2)
  })

  it('is not met by whoever keeps to the limits', async () => {
    await server.close()
    await start({ limits: true })
    await knows('payments', 'leads')
    await Promise.all([...Array.from({ length: 20 }, () => post('payments')), ...Array.from({ length: 5 }, () => post('leads'))])
    expect(server.calls.filter(({ status }) => status === 429)).toEqual([])
    expect(server.messagesIn('payments')).toHaveLength(20)
  }, 30_000)
})

describe('where the bot may not speak any more', () => {
  it('it does not try again: removed, blocked, gone', async () => {
    await knows('payments', 'personal ada', 'leads')
    server.user('root').uninstall('shop', { silent: true })
    server.user('ada').block()
    server.tombstone('leads')
    for (const key of ['payments', 'personal ada', 'leads']) {
      expect(await failing(post(key)), key).toBe('gone')
      expect(await store.conversations.conversation(tenant, server.conversationId(key)), key).toBeUndefined()
      const before = server.calls.length
      expect(await failing(post(key)), key).toBe('gone')
      expect(server.calls.length).toBe(before)
    }
  })

  it('a thread that is gone closes no channel', async () => {
    await knows('payments')
    expect(await failing(teams.messenger.post(tenant, { ...to('payments'), thread: '1' }, plainReply('x'), 'k'))).toBe('gone')
    await post('payments')
    expect(server.messagesIn('payments')).toHaveLength(1)
  })

  it('nobody is written to in an organisation that it was never in', async () => {
    expect(await failing(teams.messenger.post('teams:elsewhere', toPerson('ada'), plainReply('x'), 'k'))).toBe('gone')
    expect(server.calls).toEqual([])
  })
})

describe('the directory', () => {
  it('knows who is in a place, and what it is called', async () => {
    await knows('payments', 'shop', 'leads', 'personal ada')
    const { directory } = teams
    const members = await directory.members(tenant, server.conversationId('leads'))
    expect(members.toSorted()).toEqual(['ada', 'bob'].map((key) => server.user(key).aadObjectId).toSorted())
    expect(await directory.placeName(tenant, server.conversationId('payments'))).toBe('Shop › Payments')
    expect(await directory.placeName(tenant, server.conversationId('shop'))).toBe('Shop › General')
    expect(await directory.placeName(tenant, server.conversationId('leads'))).toBe('Chat of Ada, Bob')
    expect(await directory.placeName(tenant, server.conversationId('personal ada'))).toBeUndefined()
    expect(await directory.placeName(tenant, 'nowhere')).toBeUndefined()
    expect(await directory.members(tenant, 'nowhere')).toEqual([])
  })

  it('finds somebody by their name wherever the bot meets them, and nobody else', async () => {
    await knows('payments')
    const { aadObjectId } = server.user('bob')
    expect(await teams.directory.person(tenant, aadObjectId)).toEqual({ id: aadObjectId, name: 'Bob', isAdmin: false, isBot: false })
    expect(await teams.directory.person(tenant, randomUUID())).toBeUndefined()
    expect(await teams.directory.person('teams:elsewhere', aadObjectId)).toBeUndefined()
  })

  it('knows whoever is in a place whose members it was told, without asking for each of them and without writing anybody down', async () => {
    await knows('payments')
    const members = await teams.directory.members(tenant, server.conversationId('payments'))
    const names = await Promise.all(members.map(async (id) => (await teams.directory.person(tenant, id))?.name))
    expect(names).toEqual(expect.arrayContaining(['Ada', 'Bob']))
    expect(operations('member')).toEqual([])
    for (const id of members) expect(await store.conversations.contact(tenant, id)).toBeUndefined()
  })

  it('does not write anybody back who had everything about them deleted', async () => {
    await knows('payments')
    const { aadObjectId: person, id: account } = server.user('bob')
    await store.conversations.saveContact(tenant, { person, account, name: 'Bob', timezone: 'UTC' })
    await store.assessments.savePerson(tenant, { id: person, name: 'Bob' })
    await store.assessments.deletePerson(tenant, person)
    const { directory } = teams
    expect(await directory.members(tenant, server.conversationId('payments'))).toContain(person)
    expect(await directory.person(tenant, person)).toMatchObject({ name: 'Bob' })
    expect(await directory.placeName(tenant, server.conversationId('payments'))).toBe('Shop › Payments')
    expect(await store.conversations.contact(tenant, person)).toBeUndefined()
    expect(await store.assessments.person(tenant, person)).toBeUndefined()
  })

  it('reads long rosters to their end', async () => {
    await teams.stop()
    await server.close()
    const users = Array.from({ length: 1_203 }, (_, i) => ({ key: `u${i}` }))
    await start({ tenants: [{ key: 'T1', users, teams: [{ key: 'all' }], groups: [] }] })
    await knows('all')
    expect(new Set(await teams.directory.members(tenant, server.conversationId('all'))).size).toBe(users.length)
  }, 20_000)
})
