/** Slack has bad days: calls fail, connections drop, events come twice, addresses expire. Whatever was said is answered, once. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Conversation, repliesTo, shownIn, talkIn, toldTo, workspaceFor } from './testing/conversation.ts'
import { ASKING, QUESTION } from './testing/conversation-asking.ts'
import { ASSESSING } from './testing/conversation-assessing.ts'
import { errorsIn, expectNothingToldOff } from './testing/conversation-log.ts'
import { RESULTS } from './testing/conversation-results.ts'
import { ROUNDS } from './testing/conversation-rounds.ts'
import { type SlackBot, startSlackBot } from './testing/slack-bot.ts'

const CONVERSATIONS: readonly Conversation[] = [...ASKING, ...ASSESSING, ...RESULTS, ...ROUNDS]
const LONG_MS = 60_000

describe.each(['socket', 'http'] as const)('with every fifth call failing, connections dropping and events coming twice, by %s', (mode) => {
  let bot: SlackBot
  beforeAll(async () => {
    bot = await startSlackBot({ mode, workspaces: [workspaceFor(CONVERSATIONS.length)], patience: 5 })
    bot.server.failEvery(5, ['500', '429', '500', '500'])
    bot.server.dropEvery(5_000)
    bot.server.redeliverEvery(2)
  }, 120_000)
  afterAll(async () => {
    await bot.server.settled()
    expectNothingToldOff(bot)
    await bot.close()
  })

  // All at the same time: most of it is waiting.
  it.concurrent.each(CONVERSATIONS.map(({ name }, at) => [name, at] as const))('%s', { timeout: LONG_MS }, async (_name, at) => {
    await CONVERSATIONS[at]?.hold(talkIn(bot, at, { ms: LONG_MS / 2, interrupt: async () => bot.server.dropSockets() }))
  })
})

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  let bot: SlackBot
  let talks = 0
  const next = () => talkIn(bot, talks++, { ms: 30_000 })
  beforeAll(async () => {
    bot = await startSlackBot({ mode, workspaces: [workspaceFor(12)] })
  }, 120_000)
  afterAll(() => bot.close())
  afterEach(() => {
    bot.server.failEvery(0)
    bot.server.delay(0)
    Object.assign(bot.server.world.times, { triggerMs: 3_000, responseUrlMs: 30 * 60_000 })
    expect(errorsIn(bot)).toEqual([])
  })

  it('where Slack did it and its reply got lost, it is not done twice', async () => {
    const talk = next()
    bot.server.failEvery(3, ['lost', 'drop'])
    const asked = [QUESTION, `${QUESTION} Please.`].flatMap((question) => [talk.ada.mention(talk.channel, question), talk.bob.dm(question)])
    for (const message of asked) await talk.until(() => repliesTo(talk, message)[0])
    await bot.server.settled()
    bot.server.failEvery(0)
    const last = talk.ada.mention(talk.channel, QUESTION)
    await talk.until(() => repliesTo(talk, last)[0])
    for (const message of asked) expect(bot.server.messagesIn(message.channel, { thread: message.ts })).toHaveLength(2)
    for (const message of asked) expect(shownIn(repliesTo(talk, message)[0] ?? {})).toMatch(/\[1\] .+: “[^”]+”/)
    // What was done once and is asked for again is refused, which is no harm.
    bot.server.faults.length = 0
  }, 60_000)

  it('an event that comes again, at once or later, is answered once', async () => {
    const talk = next()
    const asked = [talk.ada.mention(talk.channel, QUESTION), talk.ada.dm(QUESTION)]
    const deliveries = () => bot.server.deliveries.filter(({ payload }) => asked.some(({ ts }) => JSON.stringify(payload).includes(ts)))
    await Promise.all(deliveries().map((delivery) => bot.server.redeliver(delivery).catch(() => {})))
    for (const message of asked) await talk.until(() => repliesTo(talk, message)[0])
    await Promise.all(deliveries().map((delivery) => bot.server.redeliver(delivery)))
    await bot.restart()
    await Promise.all(deliveries().map((delivery) => bot.server.redeliver(delivery)))
    const last = talk.ada.mention(talk.channel, QUESTION)
    await talk.until(() => repliesTo(talk, last)[0])
    for (const message of asked) expect(repliesTo(talk, message)).toHaveLength(1)
    expectNothingToldOff(bot)
  }, 60_000)

  it('an answer whose response address has expired comes another way', async () => {
    const talk = next()
    bot.server.world.times.responseUrlMs = -1
    await talk.ada.command(talk.channel, '/maturity', `ask ${QUESTION}`)
    await talk.until(() => toldTo(talk, talk.ada)[0])
    await talk.ada.command(talk.elsewhere, '/maturity', `ask ${QUESTION}`)
    await talk.until(() => bot.server.dm(talk.ada.id).find((message) => shownIn(message).includes('[1]')))
    expect(new Set(bot.server.nothingWrong())).toEqual(new Set(['response_url: the response_url has expired']))
    bot.server.faults.length = 0
  }, 60_000)

  it('a dialog that comes too late says so, and opens at the next press', async () => {
    const talk = next()
    const asked = talk.ada.mention(talk.channel, QUESTION)
    const answer = await talk.until(() => repliesTo(talk, asked)[0])
    bot.server.world.times.triggerMs = -1
    await talk.ada.press(answer, '[1]')
    await talk.until(() => toldTo(talk, talk.ada).some((said) => said.includes('That took too long for Slack to open a dialog')))
    bot.server.world.times.triggerMs = 3_000
    await talk.dialog(talk.ada, () => talk.ada.press(answer, '[1]'))
    bot.server.faults.length = 0
  }, 60_000)

  it('a channel that is left or archived in the meantime takes nothing more, and nothing else suffers', async () => {
    const [left, archived, other] = [next(), next(), next()]
    bot.server.delay((method) => (method === 'assistant.threads.setStatus' ? 700 : 0))
    const asked = [left, archived].map((talk) => talk.ada.mention(talk.channel, QUESTION))
    await other.until(() => asked.every(({ ts }) => bot.server.calls.some(({ args }) => args.thread_ts === ts)))
    bot.server.removeBot(left.channel)
    bot.server.archive(archived.channel)
    bot.server.delay(0)
    await archived.ada.command(archived.channel, '/maturity', `ask ${QUESTION}`)
    const own = await archived.until(() => bot.server.ephemeralFor(archived.ada.id)[0])
    await archived.ada.press(own, 'Share in channel')
    await archived.until(() => toldTo(archived, archived.ada).some((said) => said.includes('I can’t write here.')))
    const fine = other.ada.mention(other.channel, QUESTION)
    await other.until(() => repliesTo(other, fine)[0])
    for (const talk of [left, archived]) expect(bot.server.allMessagesIn(talk.channel).filter(({ bot_id }) => bot_id !== undefined)).toEqual([])
    expectNothingToldOff(bot)
  }, 60_000)

  it('many at once in one channel stay within Slack’s pace', async () => {
    const talk = next()
    const asked = talk.people.map((person) => person.mention(talk.channel, QUESTION))
    for (const message of asked) await talk.until(() => repliesTo(talk, message)[0])
    const times = bot.server.calls.filter(({ method, args }) => method === 'chat.postMessage' && args.channel === talk.channel).map(({ at }) => at)
    expect(times).toHaveLength(asked.length)
    for (const [i, at] of times.entries()) if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThan(900)
    expectNothingToldOff(bot)
  }, 60_000)

  it('nothing of what was said, and no token, stands in the log', async () => {
    const { server } = bot
    for (const secret of [server.botToken(), server.appToken, server.signingSecret, server.clientSecret]) expect(bot.log()).not.toContain(secret)
    expect(bot.log()).not.toMatch(/xox[bpea]-|xapp-|security at level/)
  })
})
