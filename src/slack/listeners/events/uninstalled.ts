/** The app is removed from a workspace, or its tokens are revoked: what is kept to speak there goes. https://docs.slack.dev/reference/events/app_uninstalled */
import type { App, Context } from '@slack/bolt'
import { installationIdOf } from '../../tenant.ts'
import type { ListenerDeps } from '../listener-deps.ts'

export function uninstalled(app: App, deps: ListenerDeps): void {
  const remove = async (context: Context) => {
    const id = installationIdOf(context)
    if (id !== undefined) await deps.uninstalled(id)
  }
  app.event('app_uninstalled', async ({ context }) => remove(context))
  app.event('tokens_revoked', async ({ event, context }) => {
    // Tokens of people are none of ours.
    if ((event.tokens.bot ?? []).length > 0) await remove(context)
  })
}
