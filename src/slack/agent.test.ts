/** The agent's conversation with a chat model that takes its time: written before the reader's eyes, stopped, taken back; and when the bot keeps silent. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChatScript } from '../testing/chat-server/chat-script.ts'
import { type ChatServer, startChatServer } from '../testing/chat-server/start-chat-server.ts'
import { honest } from '../testing/scripted-models/honest.ts'
import { readPrompt } from '../testing/scripted-models/read-prompt.ts'
import { unsupported } from '../testing/scripted-models/untrue.ts'
import { repliesTo, shownIn, type Talk, talkIn, workspaceFor } from './testing/conversation.ts'
import { QUESTION } from './testing/conversation-asking.ts'
import { expectNothingToldOff } from './testing/conversation-log.ts'
import { change } from './testing/messages.ts'
import { type SlackBot, startSlackBot } from './testing/slack-bot.ts'
import { workspaceOf } from './testing/world.ts'

/** Several seconds for an answer, and a sentence of it every second or so. */
const WORD_MS = 60

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  let script: ChatScript
  let model: ChatServer
  let bot: SlackBot
  let talks = 0
  let talk: Talk
  beforeAll(async () => {
    model = await startChatServer((call) => script(call))
    bot = await startSlackBot({
      mode,
      workspaces: [workspaceFor(9)],
      env: { OPENAI_BASE_URL: model.baseUrl, CAIRN_CHAT_MODEL: 'scripted-1' },
    })
  }, 120_000)
  afterAll(async () => {
    await bot.close()
    await model.close()
  })
  beforeEach(() => {
    talk = talkIn(bot, talks++, { ms: 15_000 })
    script = slowly(honest)
  })
  afterEach(async () => {
    await bot.server.settled()
    expectNothingToldOff(bot)
    expect(model.faults).toEqual([])
  })

  const streamed = (channel: string) => bot.server.allMessagesIn(channel).find(({ streaming_state: state }) => state === 'in_progress')
  const callsOf = (method: string, channel: string) => bot.server.calls.filter((call) => call.method === method && call.args.channel === channel)

  it('an answer is seen while it is written, a change a second at most, and stands there once in the end', async () => {
    script = slowly(wordy, 2 * WORD_MS)
    const asked = talk.ada.dm(QUESTION)
    const first = await talk.until(() => streamed(talk.ada.dmChannel))
    const beginning = first.text
    const statuses = () => bot.server.statuses.filter(({ thread }) => thread === asked.ts).map(({ status }) => status)
    expect(statuses()).toEqual(['is looking it up', ''])
    const answer = await talk.until(() => repliesTo(talk, asked)[0])
    expect(answer.ts).toBe(first.ts)
    expect(answer.text.startsWith(beginning)).toBe(true)
    expect(answer.text.length).toBeGreaterThan(beginning.length)
    expect(shownIn(answer)).toMatch(/\[1\] .+: “[^”]+”/)
    expect(shownIn(answer)).toContain('Written by scripted-1')
    const sentences = answer.text.match(/[^.]+\. \[\d\]/g) ?? []
    expect(new Set(sentences).size).toBe(sentences.length)
    const times = [...callsOf('chat.startStream', talk.ada.dmChannel), ...callsOf('chat.appendStream', talk.ada.dmChannel)].map(({ at }) => at)
    expect(times.length).toBeGreaterThan(1)
    for (const [i, at] of times.entries()) if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThan(900)
  }, 30_000)

  it('the person’s stop is kept to: the model is left, what was said stays, and says what it is', async () => {
    const asked = talk.ada.dm(QUESTION)
    const first = await talk.until(() => streamed(talk.ada.dmChannel))
    const said = first.text
    talk.ada.stop(first)
    const stopped = await talk.until(() => repliesTo(talk, asked).find((message) => shownIn(message).includes('Stopped.')))
    expect(stopped.ts).toBe(first.ts)
    expect(shownIn(stopped)).toContain('ask again for the whole answer')
    expect(shownIn(stopped)).toContain(said.replace(/ ?\[\d\]/g, '').slice(0, 40))
    await model.calls.at(-1)?.ended
    expect(await model.calls.at(-1)?.ended).toBe('closed')
    await bot.server.settled()
    expect(repliesTo(talk, asked)).toHaveLength(1)
    // The conversation goes on.
    script = honest
    talk.ada.dm(QUESTION, { thread: asked.ts })
    expect(shownIn(await talk.until(() => repliesTo(talk, asked)[1]))).toMatch(/\[1\] .+: “[^”]+”/)
  }, 30_000)

  it('in a channel too, where Slack asks for whom it is written', async () => {
    const asked = talk.ada.mention(talk.channel, QUESTION)
    await talk.until(() => streamed(talk.channel))
    const answer = await talk.until(() => repliesTo(talk, asked)[0])
    expect(shownIn(answer)).toMatch(/\[1\] .+: “[^”]+”/)
    expect(repliesTo(talk, asked)).toHaveLength(1)
  }, 30_000)

  it('what Slack ends by itself is finished all the same', async () => {
    bot.server.world.times.streamMs = 1_500
    try {
      const asked = talk.ada.dm(QUESTION)
      const first = await talk.until(() => streamed(talk.ada.dmChannel))
      const answer = await talk.until(() => repliesTo(talk, asked).find((message) => shownIn(message).includes('Written by scripted-1')))
      expect(answer.ts).toBe(first.ts)
      expect(repliesTo(talk, asked)).toHaveLength(1)
    } finally {
      bot.server.world.times.streamMs = 300_000
    }
  }, 30_000)

  it('what a model said without support does not stand in the end', async () => {
    let calls = 0
    // A beginning that holds, then nothing that does.
    script = async (call) => {
      const [good, bad] = [await honest(call), await unsupported(call)]
      calls++
      const text = (reply: typeof good) => ('text' in reply ? (reply.text ?? '') : '')
      return readPrompt(call).sentences === '' ? { kind: 'text', text: `${text(good)} ${text(bad)}`, chunkDelayMs: WORD_MS } : good
    }
    const asked = talk.ada.dm(QUESTION)
    const first = await talk.until(() => streamed(talk.ada.dmChannel))
    const answer = await talk.until(() => repliesTo(talk, asked)[0])
    expect(answer.ts).toBe(first.ts)
    expect(calls).toBeGreaterThan(0)
    expect(shownIn(answer)).toMatch(/\[1\] .+: “[^”]+”/)
    expect(repliesTo(talk, asked)).toHaveLength(1)
  }, 30_000)

  it('a model that breaks off after its first words leaves one whole answer, from the models alone', async () => {
    script = async (call) => {
      const reply = await honest(call)
      const text = 'text' in reply ? (reply.text ?? '') : ''
      return { kind: 'cut', text: text.slice(0, Math.ceil(text.length * 0.7)) }
    }
    const asked = talk.ada.dm(QUESTION)
    const answer = await talk.until(() => repliesTo(talk, asked)[0])
    expect(shownIn(answer)).toMatch(/\[1\] .+: “[^”]+”/)
    expect(repliesTo(talk, asked)).toHaveLength(1)
  }, 30_000)

  it('is silent when nobody speaks to it: talk, other bots, edits, joins', async () => {
    script = honest
    const { ada, bob, channel, server } = talk
    const { world } = server
    const workspace = workspaceOf(world, 'T1')
    const room = workspace.channels.get(channel)
    const before = model.calls.length
    const said = bob.say(channel, QUESTION)
    bob.say(channel, QUESTION, { thread: said.ts })
    const bots = { bot_id: 'BOTHER', user: 'UOTHER', channel, text: `<@${workspace.bot.user}> ${QUESTION}` }
    for (const type of ['app_mention', 'message']) world.emit('T1', { type, ...bots, channel_type: 'channel', ts: world.ids.ts() })
    const direct = { type: 'message', channel: ada.dmChannel, channel_type: 'im', text: QUESTION }
    world.emit('T1', { ...direct, bot_id: 'BOTHER', user: 'UOTHER', ts: world.ids.ts() })
    world.emit('T1', { ...direct, subtype: 'bot_message', ts: world.ids.ts() })
    world.emit('T1', { ...direct, subtype: 'channel_topic', user: ada.id, ts: world.ids.ts() })
    // What somebody mends is not asked twice.
    const asked = ada.dm(QUESTION)
    await talk.until(() => repliesTo(talk, asked)[0])
    const dm = workspace.channels.get(ada.dmChannel)
    if (room === undefined || dm === undefined) throw new Error('no such channel')
    change(world, workspace, dm, asked, { text: `${QUESTION} Please.` })
    change(world, workspace, room, said, { text: `<@${workspace.bot.user}> ${QUESTION}` })
    bob.leaveChannel(channel)
    bob.joinChannel(channel)
    await server.settled()
    const again = ada.mention(channel, QUESTION)
    await talk.until(() => repliesTo(talk, again)[0])
    expect(server.allMessagesIn(channel).filter(({ bot_id }) => bot_id !== undefined)).toHaveLength(1)
    expect(repliesTo(talk, asked)).toHaveLength(1)
    expect(server.dm(ada.id).filter(({ bot_id }) => bot_id !== undefined)).toHaveLength(1)
    expect(model.calls.length - before).toBeLessThanOrEqual(4)
  }, 30_000)

  it('a file may come with a question', async () => {
    script = honest
    const { ada, server } = talk
    const ts = server.world.ids.ts()
    const dm = workspaceOf(server.world, 'T1').channels.get(ada.dmChannel)
    dm?.messages.push({ type: 'message', subtype: 'file_share', channel: ada.dmChannel, ts, user: ada.id, text: QUESTION })
    server.world.emit('T1', { type: 'message', subtype: 'file_share', channel: ada.dmChannel, channel_type: 'im', user: ada.id, text: QUESTION, ts })
    expect(await talk.until(() => repliesTo(talk, { channel: ada.dmChannel, ts })[0])).toBeTruthy()
  }, 30_000)
})

describe('the older assistant panel', () => {
  it.each(['socket', 'http'] as const)('has its prompts in each thread, and is answered there, by %s', async (mode) => {
    const bot = await startSlackBot({ mode, agent: 'assistant_view', workspaces: [workspaceFor(1)] })
    try {
      const talk = talkIn(bot, 0)
      const thread = talk.ada.openMessagesTab() ?? ''
      const { prompts } = await talk.until(() => bot.server.prompts.find((each) => each.thread === thread))
      expect(prompts.length).toBeGreaterThan(1)
      talk.ada.dm(QUESTION)
      await talk.until(() => repliesTo(talk, { channel: talk.ada.dmChannel, ts: thread })[0])
      talk.ada.dm('And at level 3?')
      const follow = await talk.until(() => repliesTo(talk, { channel: talk.ada.dmChannel, ts: thread })[1])
      expect(shownIn(follow)).toMatch(/\[1\] Kubernetes Maturity Model › Security and compliance › Level 3/)
      await bot.server.settled()
      expectNothingToldOff(bot)
    } finally {
      await bot.close()
    }
  }, 60_000)
})

/** Every sentence of the first passage. */
const wordy: ChatScript = (call) => {
  const { passages, sentences } = readPrompt(call)
  const [passage] = passages
  if (sentences !== '' || passage === undefined) return honest(call)
  const quoted = passage.text.match(/[^.]+\./g) ?? []
  return { kind: 'text', text: quoted.map((sentence) => `${sentence.trim().slice(0, -1)} [${passage.n}].`).join(' ') }
}

function slowly(model: ChatScript, chunkDelayMs = WORD_MS): ChatScript {
  return async (call) => {
    const reply = await model(call)
    return reply.kind === 'text' ? { ...reply, chunkDelayMs } : reply
  }
}
