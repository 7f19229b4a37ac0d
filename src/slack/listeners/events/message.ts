/** Somebody writes to the bot alone; each conversation of the agent is a thread. https://docs.slack.dev/reference/events/message.im */
import type { App } from '@slack/bolt'
import { typedText } from '../../typed-text.ts'
import { exchangeIn, type ListenerDeps, placeOf } from '../listener-deps.ts'

/** A file may come with words; what is edited, deleted or posted by bots is nothing to answer. */
const ANSWERED: ReadonlySet<string> = new Set(['file_share'])

export function directMessage(app: App, deps: ListenerDeps): void {
  app.event('message', async ({ event, context }) => {
    if (event.subtype !== undefined && !ANSWERED.has(event.subtype)) return
    const {
      user,
      bot_id,
      channel,
      channel_type,
      thread_ts,
      ts,
      text = '',
    } = event as typeof event & Record<'user' | 'bot_id' | 'thread_ts' | 'text', string | undefined>
    if (channel_type !== 'im' || user === undefined || bot_id !== undefined) return
    const exchange = exchangeIn(context, { person: user, place: placeOf(channel, thread_ts ?? ts) }, deps)
    await deps.chat.message(exchange, typedText(text, context.botUserId))
  })
}
