/** What people hand in: forms, which are cards, and thumbs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUESTION, readerOf } from './testing/bot-reader.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'
import type { TeamsMessage } from './testing/world.ts'

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot()
}, 30_000)
afterAll(() => bot?.close())

const { said, dmOf, stored, tenant, answered } = readerOf(() => bot)

describe('a form', () => {
  it('that is opened in a channel comes to the chat, and is answered where it was opened', async () => {
    const { server } = bot
    const ada = server.user('ada')
    const { sources } = await answered()
    const before = dmOf('ada').length
    const { notice } = await ada.pressRaw(sources, { verb: 'x', data: { press: { on: 'assess.choose' } } })
    expect(notice).toContain('in our chat')
    const form = await server.until(() => dmOf('ada')[before])
    expect(ada.fields(form).length).toBeGreaterThan(0)
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('takes what is wrong, stays as it is filled in, and closes when it is handed in', async () => {
    const { server } = bot
    const ada = server.user('ada')
    ada.dm(QUESTION)
    const answer = await server.until(() => dmOf('ada').findLast(({ text }) => text.includes('[1]')), 10_000)
    const id = await stored(async ({ chat }) => (await chat.delivery(tenant(), `answer-in:${ada.personal}:${answer.id}`))?.message?.id)
    const before = dmOf('ada').length
    const sources = await server.until(() => dmOf('ada').findLast((message) => ada.buttons(message).length > 0))
    await ada.pressRaw(sources, { verb: 'x', data: { press: { on: 'ask.comment', with: { answer: id ?? '' } } } })
    const form = await server.until(() => dmOf('ada')[before])
    const [field = ''] = ada.fields(form)
    const [send = ''] = ada.buttons(form)
    const empty = await ada.press(form, send, { [field]: '   ' })
    expect(empty.errors ?? empty.notice).toBeDefined()
    const handedIn = await ada.press(form, send, { [field]: 'It is about something else.' })
    expect(handedIn.card).toBeDefined()
    expect(server.words(form, { for: 'ada' })).toContain('Your note is kept')
    expect(ada.fields(form)).toEqual([])
    // Also for whoever opens the chat on another device.
    await server.until(() => server.words(form).includes('Your note is kept'))
    const votes = await stored(({ chat }) => chat.votes(tenant()))
    expect(votes).toMatchObject([{ answer: id, comment: 'It is about something else.', vote: 'down' }])
    expect(server.nothingWrong()).toEqual([])
  }, 20_000)

  it('is not believed where it says that it was opened', async () => {
    const { server } = bot
    const cleo = server.user('cleo')
    cleo.openPersonal()
    const welcome = await server.until(() => dmOf('cleo')[0])
    const place = { id: server.conversationId('secret'), kind: 'channel' }
    const forged = { form: { on: 'ask.comment', with: { answer: 'a' }, place, lists: [] }, 'area:comment': 'x' }
    const { notice } = await cleo.pressRaw(welcome, { verb: 'x', data: forged })
    expect(notice).toContain('older message')
    const within = { form: { ...forged.form, place: { id: cleo.personal, kind: 'personal' }, pressed: { place: place.id, id: '1' } } }
    expect((await cleo.pressRaw(welcome, { verb: 'x', data: within })).notice).toContain('older message')
  })
})

it('thumbs beneath an answer are votes, with what is written to them', async () => {
  const { server } = bot
  const [ada, bob] = [server.user('ada'), server.user('bob')]
  const { thread } = await answered()
  const answer = said(server.messagesIn('payments', { thread }))[0] as TeamsMessage
  await ada.feedback(answer, 'like', 'Just what I needed.')
  await bob.feedback(answer, 'dislike')
  await server.settled()
  const votes = () =>
    stored(async ({ chat }) => (await chat.votes(tenant())).filter((each) => [ada, bob].some(({ aadObjectId }) => each.person === aadObjectId)))
  await expect
    .poll(async () => (await votes()).map(({ vote, comment }) => [vote, comment]))
    .toEqual(
      expect.arrayContaining([
        ['up', 'Just what I needed.'],
        ['down', undefined],
      ]),
    )
  expect(server.nothingWrong()).toEqual([])
}, 20_000)
