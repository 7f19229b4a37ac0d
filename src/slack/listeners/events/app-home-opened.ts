/** Somebody opens the app: its Home shows what is theirs, its messages what to ask. https://docs.slack.dev/reference/events/app_home_opened */
import type { App } from '@slack/bolt'
import { type ListenerDeps, whoIn } from '../listener-deps.ts'
import { publishHome } from '../publish-home.ts'
import { suggestPrompts } from '../suggest-prompts.ts'

export function appHomeOpened(app: App, deps: ListenerDeps): void {
  app.event('app_home_opened', async ({ event, context }) => {
    const who = whoIn(context, event.user)
    if (event.tab === 'home') return publishHome(who, deps)
    await suggestPrompts(who, { channel: event.channel }, deps)
  })
}
