/** A workspace that still has the assistant's panel: it wants its prompts for each thread. https://docs.slack.dev/reference/events/assistant_thread_started */
import type { App } from '@slack/bolt'
import { type ListenerDeps, whoIn } from '../listener-deps.ts'
import { suggestPrompts } from '../suggest-prompts.ts'

export function assistantThreadStarted(app: App, deps: ListenerDeps): void {
  app.event('assistant_thread_started', async ({ event, context }) => {
    const { user_id, channel_id, thread_ts } = event.assistant_thread
    await suggestPrompts(whoIn(context, user_id), { channel: channel_id, thread: thread_ts }, deps)
  })
}
