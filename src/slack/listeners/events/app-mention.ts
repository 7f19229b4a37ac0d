/** Somebody mentions the bot in a channel: the answer goes into the thread. https://docs.slack.dev/reference/events/app_mention */
import type { App } from '@slack/bolt'
import { typedText } from '../../typed-text.ts'
import { exchangeIn, type ListenerDeps, placeOf } from '../listener-deps.ts'

export function appMention(app: App, deps: ListenerDeps): void {
  app.event('app_mention', async ({ event, context }) => {
    const { user, bot_id, channel, thread_ts, ts, text } = event
    // Other bots are not answered, and a direct message comes as a message too.
    if (user === undefined || bot_id !== undefined || channel.startsWith('D')) return
    const exchange = exchangeIn(context, { person: user, place: placeOf(channel, thread_ts ?? ts) }, deps)
    await deps.chat.message(exchange, typedText(text, context.botUserId))
  })
}
