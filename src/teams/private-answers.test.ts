/** What only one person is to see, where others read along or the bot is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUESTION, readerOf } from './testing/bot-reader.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot()
}, 30_000)
afterAll(() => bot?.close())

const { said, words, dmOf, saidIn, awaited, stored, tenant, answered } = readerOf(() => bot)

describe('in a channel', () => {
  it('a question is answered in its thread, with its sources below', async () => {
    const { thread, sources } = await answered()
    const [, answer] = bot.server.messagesIn('payments', { thread })
    expect(answer?.text).toContain('[1]')
    expect(bot.server.card(sources)).toBeDefined()
    expect(bot.server.nothingWrong()).toEqual([])
  }, 20_000)

  it('what is for one person alone comes to their chat, and whoever reads along is told no more than that', async () => {
    const { server } = bot
    const before = dmOf('bob').length
    const asked = server.user('bob').mention('payments', 'home')
    await awaited(() => said(server.messagesIn('payments', { thread: asked.id })), 'I answered in our chat.')
    await server.until(() => dmOf('bob').length === before + 1)
  })

  it('a short word to whoever presses is shown to them alone', async () => {
    const { sources } = await answered()
    const before = [saidIn('payments').length, dmOf('bob').length]
    const { notice } = await bot.server.user('bob').pressRaw(sources, { verb: 'x', data: { press: { on: 'passage.open', with: { passage: 'no/such' } } } })
    expect(notice).toMatch(/passage/)
    expect([saidIn('payments').length, dmOf('bob').length]).toEqual(before)
  }, 20_000)

  it('somebody who can not be written to is asked to add the app, and hears nothing else in public', async () => {
    const { server } = bot
    const bob = server.user('bob')
    const { sources } = await answered()
    bob.block()
    await stored((store) => store.conversations.removeConversation(tenant(), bob.personal))
    const before = saidIn('payments').length
    const passage = await bob.pressRaw(sources, { verb: 'x', data: { press: { on: 'ask.this', with: { question: QUESTION } } } })
    expect(passage.notice).toContain('Add this app')
    expect(saidIn('payments').length).toBe(before)
    const asked = bob.mention('payments', 'home')
    const told = await awaited(() => said(server.messagesIn('payments', { thread: asked.id })), 'Add this app')
    expect(words(told)).not.toContain('assess')
    bob.unblock()
    bob.dm('help')
    await awaited(() => dmOf('bob'), 'Assess my team')
  }, 30_000)
})

describe('“Ask Cairn about this”', () => {
  it('answers whoever chose it, alone, also where the bot is not', async () => {
    const { server } = bot
    const ada = server.user('ada')
    ada.openPersonal()
    await server.settled()
    for (const place of ['payments', 'elsewhere']) {
      const message = ada.say(place, QUESTION)
      const before = [saidIn(place).length, dmOf('ada').length] as const
      expect(await ada.messageAction(message, 'askAboutThis')).toBe('I answer in our chat.')
      await server.until(
        () =>
          dmOf('ada')
            .slice(before[1])
            .some(({ text }) => text.includes('[1]')),
        10_000,
      )
      expect(saidIn(place).length).toBe(before[0])
    }
    expect(await stored(({ conversations }) => conversations.conversation(tenant(), server.conversationId('elsewhere')))).toBeUndefined()
    expect(server.nothingWrong()).toEqual([])
  }, 30_000)

  it('says where it can not answer: there are no words, or no chat with the person', async () => {
    const { server } = bot
    const bob = server.user('bob')
    expect(await bob.messageAction(bob.say('payments', ' '), 'askAboutThis')).toContain('no words')
    bob.block()
    await stored((store) => store.conversations.removeConversation(tenant(), bob.personal))
    expect(await bob.messageAction(bob.say('payments', QUESTION), 'askAboutThis')).toContain('Add this app')
    bob.unblock()
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)
})
