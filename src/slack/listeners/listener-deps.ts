/** What every listener is given, and how it comes from Slack's words to ours. */
import type { Context } from '@slack/bolt'
import type { Chat } from '../../chat/create-chat.ts'
import type { Exchange, MessageRef, Place, Who } from '../../chat/exchange.ts'
import { createExchange, type ExchangeParts, type Happening } from '../exchange.ts'
import type { EventFacts } from '../receiver.ts'
import { installationIdOf, tenantOf } from '../tenant.ts'
import type { Workspaces } from '../workspace.ts'

export interface ListenerDeps {
  chat: Chat
  workspaces: Workspaces
  exchangeParts: ExchangeParts
  /** Uninstalled, or its tokens revoked. */
  uninstalled(id: string): Promise<void>
}

export function whoIn(context: Context, person: string): Who {
  return { tenant: tenantOf(installationIdOf(context) ?? ''), person }
}

type Came = Pick<Happening, 'trigger' | 'respond' | 'pressed' | 'inView'>

export function exchangeIn(context: Context, { person, place, ...came }: { person: string; place: Place } & Came, { exchangeParts }: ListenerDeps): Exchange {
  const { eventKey, attempts, receivedAt } = context as unknown as EventFacts
  return createExchange(
    { who: whoIn(context, person), place, key: eventKey, attempts, receivedAt, recipientTeam: context.teamId ?? context.enterpriseId ?? '', ...came },
    exchangeParts,
  )
}

/** Slack's ids say what they are of; a conversation of several people without a name begins with G, as old private channels do. */
export function placeOf(channel: string, thread?: string): Place {
  return { id: channel, kind: channel.startsWith('D') ? 'personal' : 'channel', ...(thread === undefined ? {} : { thread }) }
}

/** The App Home: what is said there goes to the person. */
export const NOWHERE: Place = { id: '', kind: 'personal' }

export function isHome({ id }: Place): boolean {
  return id === NOWHERE.id
}

export function messageIn(channel: string, ts: string, thread: string | undefined): MessageRef {
  return { place: channel, id: ts, ...(thread === undefined ? {} : { thread }) }
}
