import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { type Conversation, talkIn, workspaceFor } from './testing/conversation.ts'
import { expectNothingToldOff } from './testing/conversation-log.ts'
import { RESULTS } from './testing/conversation-results.ts'
import { ROUNDS } from './testing/conversation-rounds.ts'
import { type SlackBot, startSlackBot } from './testing/slack-bot.ts'

const CONVERSATIONS: readonly Conversation[] = [...RESULTS, ...ROUNDS]

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  let bot: SlackBot
  beforeAll(async () => {
    bot = await startSlackBot({ mode, workspaces: [workspaceFor(CONVERSATIONS.length)] })
  }, 120_000)
  afterAll(() => bot.close())
  afterEach(async () => {
    await bot.server.settled()
    expectNothingToldOff(bot)
  })

  it.each(CONVERSATIONS.map(({ name }, at) => [name, at] as const))('%s', { timeout: 120_000 }, async (_name, at) => {
    await CONVERSATIONS[at]?.hold(talkIn(bot, at))
  })
})
