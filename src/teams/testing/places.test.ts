/** Who and what is where, and the app that comes and goes. */
import { TeamsInfo } from 'botbuilder'
import { afterEach, describe, expect, it } from 'vitest'
import { startWithBot } from './test-bot.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(...given: Parameters<typeof startWithBot>): ReturnType<typeof startWithBot> {
  const started = await startWithBot(...given)
  closing.push(started.close)
  return started
}

describe('the roster', () => {
  it('tells people, the team and its channels', async () => {
    const found: unknown[] = []
    const { server } = await start(async (context) => {
      if (context.activity.type !== 'message') return
      const { members } = await TeamsInfo.getPagedMembers(context)
      found.push(members.map(({ name, aadObjectId, userRole, tenantId }) => ({ name, aadObjectId, userRole, tenantId })))
      if (context.activity.conversation.conversationType !== 'channel') return
      found.push(await TeamsInfo.getMember(context, context.activity.from.aadObjectId ?? ''))
      found.push(await TeamsInfo.getTeamDetails(context))
      found.push(await TeamsInfo.getTeamChannels(context))
      await TeamsInfo.getMember(context, 'nobody').catch((error) => found.push(error.code))
    })
    const [ada, bob] = [server.user('ada'), server.user('bob')]
    const tenantId = server.tenantId()
    ada.mention('leads', 'who is here?')
    await server.until(() => found.length === 1)
    const people = [ada, bob].map(({ aadObjectId }) => ({ name: expect.any(String), aadObjectId, userRole: 'user', tenantId }))
    expect(found.splice(0)).toEqual([people])
    ada.mention('payments', 'who is here?')
    await server.until(() => found.length === 5)
    expect(found).toMatchObject([
      [...people, { name: 'Cleo' }, { name: 'Root' }],
      { id: ada.id, name: 'Ada', email: 'ada@t1.example' },
      { id: server.teamId('shop'), name: 'Shop', memberCount: 4, channelCount: 4 },
      [{ id: server.conversationId('shop') }, { name: 'Payments' }, { name: 'Platform' }, { name: 'Secret' }],
      'MemberNotFoundInConversation',
    ])
    expect(server.nothingWrong()).toEqual([])
  })

  it('comes in pages', async () => {
    const users = Array.from({ length: 120 }, (_, i) => ({ key: `p${i}` }))
    const pages: number[] = []
    const { server } = await start(
      async (context) => {
        let token: string | undefined
        do {
          const page = await TeamsInfo.getPagedMembers(context, 50, token)
          pages.push(page.members.length)
          token = page.continuationToken
        } while (token !== undefined)
      },
      { tenants: [{ key: 'T1', users, teams: [{ key: 'crowd' }], groups: [] }] },
    )
    server.user('p7').mention('crowd', 'how many?')
    await server.settled()
    expect(pages).toEqual([50, 50, 20])
  })
})

describe('installing', () => {
  it('comes with both events, and leaving with both', async () => {
    const seen: string[] = []
    const { server } = await start(async ({ activity }) => {
      const { type, action, membersAdded, membersRemoved, conversation, recipient } = activity
      const who = (membersAdded ?? membersRemoved ?? []).map(({ id }) => (id === recipient.id ? 'bot' : 'person'))
      seen.push(`${type} ${action ?? who.join(' ')} ${conversation.conversationType}`)
    })
    const cleo = server.user('cleo')
    cleo.openPersonal()
    cleo.openPersonal()
    await server.settled()
    expect(seen.sort()).toEqual(['conversationUpdate person bot personal', 'installationUpdate add personal'])
    seen.splice(0)
    cleo.install('elsewhere')
    await server.settled()
    cleo.leave('shop')
    cleo.join('shop')
    await server.settled()
    cleo.uninstall('shop')
    cleo.renameChannel('elsewhere', 'Somewhere')
    await server.settled()
    expect(seen.sort()).toEqual([
      'conversationUpdate  channel',
      'conversationUpdate bot channel',
      'conversationUpdate bot channel',
      'conversationUpdate person channel',
      'conversationUpdate person channel',
      'installationUpdate add channel',
      'installationUpdate remove channel',
    ])
    expect(() => cleo.mention('payments', 'hello')).toThrow('the app is not installed in payments')
    expect(server.nothingWrong()).toEqual([])
  })
})
