/** The person says stop while an answer is on its way. https://docs.slack.dev/reference/events/agent_session_stopped */
import type { App } from '@slack/bolt'
import { type ListenerDeps, whoIn } from '../listener-deps.ts'

export function agentSessionStopped(app: App, { exchangeParts }: ListenerDeps): void {
  app.event('agent_session_stopped', async ({ event, context }) => {
    const { channel, thread_ts, user, streaming_message_ts = [] } = event
    exchangeParts.streams.stop({ tenant: whoIn(context, user).tenant, channel, thread: thread_ts }, streaming_message_ts)
  })
}
