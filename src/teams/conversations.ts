/** Where the bot may speak: remembered from what comes from there, forgotten when it is removed or refused. */
import type { Conversation, ConversationStore } from '../chat/chat-store.ts'
import { DeliveryError, type Place } from '../chat/exchange.ts'
import type { Activity } from './activity.ts'
import type { Connectors } from './connectors.ts'
import type { Pace } from './pace.ts'
import type { Roster } from './roster.ts'
import { idOfTenant } from './tenant.ts'

export interface Conversations {
  /** Something came from there. */
  heard(activity: Activity): Promise<void>
  /** @throws DeliveryError (gone) where the bot has never been, or is no more */
  at(tenant: string, place: string): Promise<Conversation>
  /** With the person alone; begun where there was none. @throws DeliveryError */
  withPerson(tenant: string, person: string): Promise<Conversation>
  /** The bot may not speak there any more. */
  retire(tenant: string, place: string): Promise<void>
  retireTeam(tenant: string, team: string): Promise<void>
}

export interface ConversationsDeps {
  store: ConversationStore
  connectors: Connectors
  roster: Roster
  pace: Pace
  now(): Date
  log: { info(facts: object, message: string): void }
}

/** What has not changed is written down anew only so often. */
const REFRESH_MS = 24 * 60 * 60_000

export function createConversations({ store, connectors, roster, pace, now, log }: ConversationsDeps): Conversations {
  const keep = async (tenant: string, seen: Conversation): Promise<void> => {
    const known = await store.conversation(tenant, seen.place)
    const isSame = known !== undefined && known.serviceUrl === seen.serviceUrl && known.bot === seen.bot && known.team === seen.team
    const isFresh = known !== undefined && Date.parse(seen.at) - Date.parse(known.at) < REFRESH_MS
    if (!isSame || !isFresh) await store.saveConversation(tenant, seen)
  }

  const begin = async (tenant: string, person: string): Promise<Conversation> => {
    const [near] = await store.conversations(tenant, 1)
    if (near === undefined) throw new DeliveryError('gone', 'createConversation: the app is nowhere in this organisation')
    const { serviceUrl, bot } = near
    const account = (await roster.find(tenant, person))?.account ?? person
    const tenantId = idOfTenant(tenant)
    await pace.turn(`${tenant} new`)
    // The same two people always have the same conversation.
    const { id } = await connectors.call(serviceUrl, { name: 'createConversation', repeatable: true }, ({ conversations }) =>
      conversations.createConversation({
        isGroup: false,
        bot: { id: bot, name: '' },
        members: [{ id: account, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      } as Parameters<typeof conversations.createConversation>[0]),
    )
    if (id === undefined) throw new DeliveryError('gone', 'createConversation: no conversation')
    const begun: Conversation = { place: id, kind: 'personal', serviceUrl, bot, person, at: now().toISOString() }
    await store.saveConversation(tenant, begun)
    return begun
  }

  return {
    async heard({ who: { tenant, person }, account, personName, timezone, place, serviceUrl, bot, team }) {
      await keep(tenant, {
        place: place.id,
        kind: place.kind,
        serviceUrl,
        bot,
        ...(place.kind === 'personal' ? { person } : {}),
        ...(team === undefined ? {} : { team }),
        at: now().toISOString(),
      })
      const known = await store.contact(tenant, person)
      const said = { ...(personName === undefined ? {} : { name: personName }), ...(timezone === undefined ? {} : { timezone }) }
      const isSame = known?.account === account && (personName ?? known.name) === known.name && (timezone ?? known.timezone) === known.timezone
      if (!isSame) await store.saveContact(tenant, { person, account, ...said })
    },

    async at(tenant, place) {
      const found = await store.conversation(tenant, place)
      if (found === undefined) throw new DeliveryError('gone', 'the bot is not in this conversation')
      return found
    },

    withPerson: async (tenant, person) => (await store.personalConversation(tenant, person)) ?? begin(tenant, person),

    async retire(tenant, place) {
      log.info({ tenant }, 'a conversation is closed to the bot, and forgotten')
      await store.removeConversation(tenant, place)
    },

    async retireTeam(tenant, team) {
      await store.removeConversationsOfTeam(tenant, team)
    },
  }
}

export function placeOfConversation({ place, kind }: Conversation): Place {
  return { id: place, kind }
}
