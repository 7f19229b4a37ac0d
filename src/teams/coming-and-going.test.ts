/** The bot is added and removed, and people become known. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readerOf } from './testing/bot-reader.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'
import type { TeamsMessage } from './testing/world.ts'

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot()
}, 30_000)
afterAll(() => bot?.close())

const { words, dmOf, saidIn, awaited, stored, tenant } = readerOf(() => bot)

describe('coming and going', () => {
  it('whoever adds the bot sees their page, once', async () => {
    const { server } = bot
    const root = server.user('root')
    root.uninstall()
    await server.settled()
    const before = dmOf('root').length
    root.install()
    await server.until(() => dmOf('root').length > before)
    await server.settled()
    expect(dmOf('root').length).toBe(before + 1)
    expect(root.buttons(dmOf('root')[before] as TeamsMessage)).not.toEqual([])
  })

  it('that page offers questions as buttons, which are answered there', async () => {
    const { server } = bot
    const root = server.user('root')
    root.uninstall()
    await server.settled()
    const before = dmOf('root').length
    root.install()
    const page = await server.until(() => dmOf('root')[before])
    expect(page.activity.suggestedActions).toBeUndefined()
    const labels = root.buttons(page)
    expect(labels).toEqual(expect.arrayContaining(['Assess my team', 'Access to production', 'Security at level 2']))
    expect(new Set(labels).size).toBe(labels.length)
    await root.press(page, 'Security at level 2')
    await server.until(() => dmOf('root').some(({ text }) => text.includes('[1]')), 10_000)
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('a team hears what it can do, and is forgotten when the bot is removed', async () => {
    const { server } = bot
    const root = server.user('root')
    root.install('elsewhere')
    await awaited(() => saidIn('elsewhere'), 'Assess my team')
    expect(await stored(({ conversations }) => conversations.conversation(tenant(), server.conversationId('elsewhere')))).toBeDefined()
    root.uninstall('elsewhere')
    await expect.poll(() => stored(({ conversations }) => conversations.conversation(tenant(), server.conversationId('elsewhere')))).toBeUndefined()
    expect(server.nothingWrong()).toEqual([])
  })

  it('who joins a team of Teams sees its results at once, and who leaves it no more', async () => {
    const { server } = bot
    const [ada, cleo] = [server.user('ada'), server.user('cleo')]
    ada.mention('payments', 'assess kmm quick')
    await awaited(() => dmOf('ada'), '1 of 5')
    cleo.openPersonal()
    const asked = async () => {
      const before = dmOf('cleo').length
      cleo.dm('results Shop › Payments')
      return words(await server.until(() => dmOf('cleo')[before], 10_000))
    }
    await awaited(() => dmOf('cleo'), 'Where does your team stand?')
    expect(await asked()).toContain('No results yet')
    // Long before what was known of the team is too old.
    cleo.leave('shop')
    await expect.poll(asked).toContain('no such team')
    cleo.join('shop')
    await expect.poll(asked).toContain('No results yet')
    expect(server.nothingWrong()).toEqual([])
  }, 30_000)

  it('people are known by name and zone once they have written', async () => {
    const bob = bot.server.user('bob')
    const { aadObjectId, id } = bob
    const contact = () => stored(({ conversations }) => conversations.contact(tenant(), aadObjectId))
    expect(await contact()).toBeUndefined()
    bob.dm('help')
    await awaited(() => dmOf('bob'), 'what can be said here')
    expect(await contact()).toEqual({
      person: aadObjectId,
      account: id,
      name: 'Bob',
      timezone: 'America/New_York',
    })
  })
})
