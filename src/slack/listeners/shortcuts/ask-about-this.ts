/** "Ask Cairn about this" in a message's menu: the message is the question. https://docs.slack.dev/interactivity/implementing-shortcuts */
import type { App } from '@slack/bolt'
import { askThis } from '../../../chat/presses.ts'
import { typedText } from '../../typed-text.ts'
import { exchangeIn, type ListenerDeps, placeOf } from '../listener-deps.ts'

export const ASK_ABOUT_THIS = 'ask_about_this'

export function askAboutThis(app: App, deps: ListenerDeps): void {
  app.shortcut({ callback_id: ASK_ABOUT_THIS, type: 'message_action' }, async ({ shortcut, context, respond }) => {
    const { user, channel, message, trigger_id: trigger } = shortcut
    const text = typedText(message.text ?? '', context.botUserId)
    const exchange = exchangeIn(context, { person: user.id, place: placeOf(channel.id, message.thread_ts ?? message.ts), trigger, respond }, deps)
    // Whoever wrote it did not ask the bot: only the one who did sees the answer. A command would say it to everybody in the thread.
    await (text === '' ? deps.chat.command(exchange, 'ask') : deps.chat.press(exchange, askThis(text)))
  })
}
