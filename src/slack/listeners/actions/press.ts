/** Whatever is pressed or chosen, wherever it stands. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
import type { App, BlockAction } from '@slack/bolt'
import type { Place } from '../../../chat/exchange.ts'
import type { Happening } from '../../exchange.ts'
import { readTarget } from '../../render/form.ts'
import { readPress } from '../../render/read-press.ts'
import { exchangeIn, type ListenerDeps, messageIn, NOWHERE, placeOf, whoIn } from '../listener-deps.ts'
import { publishHome } from '../publish-home.ts'

export function press(app: App, deps: ListenerDeps): void {
  app.action(/./, async ({ action, body, context, respond }) => {
    if (body.type !== 'block_actions') return
    // Fields of a dialog report what is chosen in them too; they count when it is handed in.
    if (!('action_id' in action) || isField(body)) return
    const { place, pressed } = whereIn(body)
    const came = { person: body.user.id, place, trigger: body.trigger_id, ...(body.response_url === undefined ? {} : { respond }), ...pressed }
    await deps.chat.press(exchangeIn(context, came, deps), readPress(action))
    if (body.view?.type === 'home') await publishHome(whoIn(context, body.user.id), deps)
  })
}

function isField({ view, actions }: BlockAction): boolean {
  const block = (view?.blocks as { type?: string; block_id?: string }[] | undefined)?.find(({ block_id }) => block_id === actions[0]?.block_id)
  return block?.type === 'input'
}

function whereIn({ container, channel, message, view }: BlockAction): { place: Place; pressed: Pick<Happening, 'pressed' | 'inView'> } {
  if (view !== undefined) {
    const type = view.type === 'home' ? 'home' : 'modal'
    return { place: readTarget(view.private_metadata)?.place ?? NOWHERE, pressed: { inView: { id: view.id, type } } }
  }
  const channelId = channel?.id ?? String(container.channel_id ?? '')
  const ts = String(message?.ts ?? container.message_ts ?? '')
  // What is said to a press goes where the pressed message stands.
  const thread = (message as { thread_ts?: string } | undefined)?.thread_ts ?? (container.thread_ts as string | undefined)
  return { place: placeOf(channelId, thread), pressed: { pressed: { ...messageIn(channelId, ts, thread), ephemeral: container.is_ephemeral === true } } }
}
