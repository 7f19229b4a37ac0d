/** Puts the person's page on the App Home. */
import type { Who } from '../../chat/exchange.ts'
import { renderHome } from '../render/blocks.ts'
import type { ListenerDeps } from './listener-deps.ts'

export async function publishHome(who: Who, { chat, workspaces }: ListenerDeps): Promise<void> {
  const view = renderHome(await chat.home(who))
  await workspaces.call(who.tenant, 'views.publish', (client) => client.views.publish({ user_id: who.person, view }))
}
