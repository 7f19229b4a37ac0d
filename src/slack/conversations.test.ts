import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { type Conversation, talkIn, workspaceFor } from './testing/conversation.ts'
import { ASKING } from './testing/conversation-asking.ts'
import { ASSESSING } from './testing/conversation-assessing.ts'
import { expectNothingToldOff } from './testing/conversation-log.ts'
import { type SlackBot, startSlackBot } from './testing/slack-bot.ts'

const CONVERSATIONS: readonly Conversation[] = [...ASKING, ...ASSESSING]

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

  it.each(CONVERSATIONS.map(({ name }, at) => [name, at] as const))('%s', { timeout: 60_000 }, async (_name, at) => {
    await CONVERSATIONS[at]?.hold(talkIn(bot, at))
  })
})
