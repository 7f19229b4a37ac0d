/** What people meet in Teams and nowhere else: answers that only they see, forms as cards, thumbs, files, coming and going. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../store/open-store.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'
import type { TeamsMessage, Wire } from './testing/world.ts'

const QUESTION = 'What should a team have in place before it scales Kubernetes?'

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot()
}, 30_000)
afterAll(() => bot?.close())

const said = (messages: readonly TeamsMessage[]) => messages.filter(({ from }) => from === 'bot')
const words = (message: TeamsMessage) => bot.server.words(message)
const dmOf = (key: string) => said(bot.server.dm(key))
const saidIn = (place: string) => said(bot.server.allMessagesIn(place))
/** The first message of the bot that says it, of those that come after. */
async function awaited(read: () => readonly TeamsMessage[], text: string, after = 0): Promise<TeamsMessage> {
  return bot.server.until(
    () =>
      read()
        .slice(after)
        .find((message) => words(message).includes(text)),
    10_000,
  )
}
async function stored<T>(read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(`sqlite:${bot.directory}/cairn.db`)
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}
const tenant = () => `teams:${bot.server.tenantId()}`
/** A question's answer in a thread, and the card with its sources. */
async function answered(): Promise<{ thread: string; sources: TeamsMessage }> {
  const { server } = bot
  const asked = server.user('ada').mention('payments', QUESTION, { nbsp: true })
  const inThread = () => said(server.messagesIn('payments', { thread: asked.id }))
  await server.until(() => inThread().length >= 2, 10_000)
  return { thread: asked.id, sources: inThread()[1] as TeamsMessage }
}

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

  it('that page suggests what to say, and it is said by choosing it', async () => {
    const { server } = bot
    const root = server.user('root')
    root.uninstall()
    await server.settled()
    const before = dmOf('root').length
    root.install()
    const page = await server.until(() => dmOf('root')[before])
    const { actions, to } = page.activity.suggestedActions as { actions: { title: string; value: string }[]; to: string[] }
    expect(to).toEqual([root.id])
    expect(actions.length).toBeGreaterThan(1)
    const [first] = actions
    await root.press(page, first?.title ?? '')
    expect(server.dm('root').findLast(({ from }) => from === 'root')?.text).toBe(first?.value)
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

  it('people are known by name and zone once they have written', async () => {
    const { aadObjectId, id } = bot.server.user('ada')
    expect(await stored(({ conversations }) => conversations.contact(tenant(), aadObjectId))).toEqual({
      person: aadObjectId,
      account: id,
      name: 'Ada',
      timezone: 'Europe/Berlin',
    })
  })
})

it('a file is offered, and given to whoever takes it', async () => {
  const { server } = bot
  const ada = server.user('ada')
  const uploads: { path: string; range: string; body: string }[] = []
  const storage = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      uploads.push({ path: request.url ?? '', range: String(request.headers['content-range']), body: Buffer.concat(pieces).toString() })
      response.writeHead(201).end()
    })
  })
  await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`
  try {
    await stored(async ({ assessments }) => {
      await assessments.saveTeam(tenant(), { id: 'exported', name: 'Exported', createdAt: new Date().toISOString() })
      await assessments.savePerson(tenant(), { id: ada.aadObjectId, name: 'Ada' })
      await assessments.addMember(tenant(), 'exported', ada.aadObjectId)
    })
    const before = dmOf('ada').length
    const { sources } = await answered()
    await ada.pressRaw(sources, { verb: 'x', data: { press: { on: 'results.export', with: { team: 'exported' } } } })
    const offer = await server.until(() => dmOf('ada').slice(before).find(consentOf), 10_000)
    const consent = consentOf(offer) as { acceptContext: Wire; sizeInBytes: number }
    const uploadInfo = { uploadUrl: `${url}/put`, contentUrl: 'https://files.example/x', name: 'x.csv', uniqueId: 'u', fileType: 'csv' }
    const accept = (context: Wire) => ({
      ...offer.activity,
      type: 'invoke',
      name: 'fileConsent/invoke',
      id: `f:${Math.random()}`,
      serviceUrl: server.serviceUrl(),
      from: { id: ada.id, aadObjectId: ada.aadObjectId },
      recipient: { id: server.botId },
      conversation: { id: ada.personal, conversationType: 'personal', tenantId: ada.tenant },
      replyToId: offer.id,
      value: { type: 'fileUpload', action: 'accept', context, uploadInfo },
    })
    expect((await server.post(accept(consent.acceptContext))).status).toBe(200)
    await server.until(() => dmOf('ada').some(({ activity }) => JSON.stringify(activity).includes('file.info')), 10_000)
    expect(uploads).toMatchObject([{ path: '/put', range: `bytes 0-${consent.sizeInBytes - 1}/${consent.sizeInBytes}` }])
    expect(Buffer.byteLength(uploads[0]?.body ?? '')).toBe(consent.sizeInBytes)
    await server.until(() => !dmOf('ada').includes(offer))
    await server.post(accept({ file: 'another' }))
    await awaited(() => dmOf('ada'), 'no longer here')
    expect(uploads).toHaveLength(1)
  } finally {
    storage.closeAllConnections()
    storage.close()
  }
}, 30_000)

function consentOf({ activity }: TeamsMessage): Wire | undefined {
  const attachments = (activity.attachments ?? []) as { contentType: string; content: Wire }[]
  return attachments.find(({ contentType }) => contentType.endsWith('file.consent'))?.content
}
