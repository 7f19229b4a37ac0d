/** `/maturity …`. https://docs.slack.dev/interactivity/implementing-slash-commands */
import type { App } from '@slack/bolt'
import { typedText } from '../../typed-text.ts'
import { exchangeIn, type ListenerDeps, placeOf } from '../listener-deps.ts'

export const COMMAND = '/maturity'

export function maturity(app: App, deps: ListenerDeps): void {
  app.command(COMMAND, async ({ command, context, respond }) => {
    const came = { person: command.user_id, place: placeOf(command.channel_id), trigger: command.trigger_id, respond }
    await deps.chat.command(exchangeIn(context, came, deps), typedText(command.text, context.botUserId))
  })
}
