/** What to ask, above the field to write in. */
import type { Who } from '../../chat/exchange.ts'
import type { ListenerDeps } from './listener-deps.ts'

/** https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
const MOST = 4
const TITLE = 'Ask about maturity, or assess your team'

/** @param thread in the assistant's panel; the agent's conversation takes none */
export async function suggestPrompts(who: Who, { channel, thread }: { channel: string; thread?: string }, { chat, workspaces }: ListenerDeps): Promise<void> {
  const [first, ...others] = (await chat.prompts(who)).slice(0, MOST).map(({ title, message }) => ({ title, message }))
  if (first === undefined) return
  await workspaces.call(who.tenant, 'assistant.threads.setSuggestedPrompts', (client) =>
    client.assistant.threads.setSuggestedPrompts({
      channel_id: channel,
      title: TITLE,
      prompts: [first, ...others],
      ...(thread === undefined ? {} : { thread_ts: thread }),
    }),
  )
}
