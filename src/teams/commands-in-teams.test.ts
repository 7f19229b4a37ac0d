/** The message commands wherever people write: alone, in a group chat, in a channel; elsewhere than alone by a mention, which is no part of what was said. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { QUESTION, readerOf } from './testing/bot-reader.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot()
}, 30_000)
afterAll(() => bot?.close())

const { said, words, dmOf, saidIn } = readerOf(() => bot)

const COMMANDS = [
  ['ask', `ask ${QUESTION}`, '[1]'],
  ['assess', 'assess kmm quick for Payments', 'KMM, quick › 1 of 5'],
  ['results', 'results Payments', 'No results yet'],
  ['digest', 'digest', 'None yet. A digest tells what has changed'],
  ['home', 'home', 'Your open assessments'],
  ['help', 'help', 'what can be said here'],
] as const

it.each(COMMANDS)(
  '%s alone',
  async (_, typed, answer) => {
    const before = dmOf('ada').length
    bot.server.user('ada').dm(typed)
    await bot.server.until(
      () =>
        dmOf('ada')
          .slice(before)
          .some((message) => words(message).includes(answer)),
      10_000,
    )
    expect(bot.server.nothingWrong()).toEqual([])
  },
  20_000,
)

/** Teams shows nothing in a conversation to one person only: what is theirs comes to their chat, and those who read along are told no more than that. */
it.each(['leads', 'payments'].flatMap((place) => COMMANDS.map(([name, typed, answer]) => [name, place, typed, answer] as const)))(
  '%s in %s',
  async (name, place, typed, answer) => {
    const { server } = bot
    const before = [saidIn(place).length, dmOf('ada').length] as const
    const asked = server.user('ada').mention(place, typed, { nbsp: true })
    const aloud = () => (place === 'payments' ? said(server.messagesIn(place, { thread: asked.id })) : saidIn(place).slice(before[0]))
    const toThem = () => dmOf('ada').slice(before[1])
    const isAloud = name === 'ask' && place === 'payments'
    await server.until(() => (isAloud ? aloud() : toThem()).some((message) => words(message).includes(answer)), 10_000)
    if (isAloud) expect(toThem()).toEqual([])
    else {
      await server.until(() => aloud().length === 1, 10_000)
      expect(aloud().map(words)).toEqual([expect.stringMatching(/in our chat/)])
    }
    expect(server.nothingWrong()).toEqual([])
  },
  20_000,
)

it('a question in a group chat is answered there, and what was asked by “ask” is shared by a press', async () => {
  const { server } = bot
  const ada = server.user('ada')
  const before = saidIn('leads').length
  ada.mention('leads', QUESTION)
  await server.until(
    () =>
      saidIn('leads')
        .slice(before)
        .some(({ text }) => text.includes('[1]')),
    10_000,
  )
  const alone = dmOf('ada').findLast((message) => ada.buttons(message).includes('Share here'))
  if (alone === undefined) throw new Error('nothing can be shared')
  const shared = saidIn('leads').length
  await ada.press(alone, 'Share here')
  await server.until(
    () =>
      saidIn('leads')
        .slice(shared)
        .some((message) => words(message).includes('[1]')),
    10_000,
  )
  expect(server.typing.map(({ conversation }) => conversation)).toContain(server.conversationId('leads'))
  expect(server.nothingWrong()).toEqual([])
}, 30_000)
