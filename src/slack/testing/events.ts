/** Events in the envelope of the Events API, sent only when the app subscribed to them and has their scope. */
import type { Deliveries } from './deliveries.ts'
import { EVENT_SCOPES } from './scopes.ts'
import { type Wire, type World, workspaceOf } from './world.ts'

const MESSAGE_EVENTS: Record<string, string> = { channel: 'message.channels', group: 'message.groups', im: 'message.im' }
/** Sent although the app's tokens are worth nothing any more. */
const FAREWELLS = new Set(['app_uninstalled', 'tokens_revoked'])

export function createEmitter(world: World, deliveries: Pick<Deliveries, 'event'>): World['emit'] {
  return (team, event) => {
    const type = String(event.type)
    const name = type === 'message' ? (MESSAGE_EVENTS[String(event.channel_type)] ?? type) : type
    if (!world.app.hasEvent(name)) return
    const tokens = [...world.tokens.values()].filter((token) => token.team === team && !token.revoked)
    const scope = EVENT_SCOPES[name]
    if (!FAREWELLS.has(type)) {
      if (!tokens.some(({ scopes }) => scope === undefined || scopes.has(scope))) return
      if (scope !== undefined) world.usedScopes.add(scope)
    }
    deliveries.event(eventCallback(world, team, event))
  }
}

function eventCallback(world: World, team: string, event: Wire): Wire {
  const { bot } = workspaceOf(world, team)
  return {
    token: world.app.verificationToken,
    team_id: team,
    context_team_id: team,
    context_enterprise_id: null,
    api_app_id: world.app.id,
    event: withoutChannelType(event),
    type: 'event_callback',
    event_id: world.ids.next('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team, user_id: bot.user, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: world.ids.next('4-'),
  }
}

/** Mentions do not say what kind of channel they are in. */
function withoutChannelType(event: Wire): Wire {
  if (event.type !== 'app_mention') return event
  const { channel_type: _kind, ...rest } = event
  return rest
}
