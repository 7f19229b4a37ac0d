/** Messages in Teams, whoever asked for them, and the changing of those that are there. */
import type { Conversation, OutboxStore } from '../chat/chat-store.ts'
import { type Address, DeliveryError, type Directory, type MessageRef, type Messenger, type Place } from '../chat/exchange.ts'
import type { Reply } from '../chat/reply.ts'
import { noteAnswer } from './answers-shown.ts'
import type { Clients, Connectors } from './connectors.ts'
import { type Conversations, placeOfConversation } from './conversations.ts'
import { isConversationGone } from './failures.ts'
import { linkTo } from './links.ts'
import { withNames } from './names.ts'
import type { Pace } from './pace.ts'
import { activitiesOf, attachmentOf } from './render/activities.ts'
import { type RenderedReply, renderReply } from './render/reply.ts'
import { conversationIdOf, conversationTypeOf } from './tenant.ts'

/** Of the client's activity what a bot says. */
export type Outgoing = Partial<Parameters<Clients['conversations']['sendToConversation']>[1]>

export interface TeamsMessenger extends Messenger {
  /** The conversation between the bot and the person. @throws DeliveryError */
  personalPlace(tenant: string, person: string): Promise<Place>
  /** @param citations false where only a card can stand */
  render(tenant: string, place: Pick<Place, 'id' | 'kind'>, reply: Reply, options?: { citations: boolean }): Promise<RenderedReply>
  /** @param once what comes too late is of no use @throws DeliveryError */
  send(tenant: string, to: Address, activity: Outgoing, options?: { once?: boolean; repeatable?: boolean }): Promise<MessageRef>
  change(tenant: string, message: MessageRef, activity: Outgoing): Promise<void>
}

export interface MessengerDeps {
  connectors: Connectors
  conversations: Conversations
  directory: Directory
  pace: Pace
  outbox: OutboxStore
  now(): Date
  /** Links lead to the public Teams; another cloud has others. */
  isPublicCloud: boolean
}

export function createMessenger({ connectors, conversations, directory, pace, outbox, now, isPublicCloud }: MessengerDeps): TeamsMessenger {
  const resolve = async (tenant: string, to: Address): Promise<{ conversation: Conversation; thread?: string }> =>
    to.kind === 'person'
      ? { conversation: await conversations.withPerson(tenant, to.person) }
      : { conversation: await conversations.at(tenant, to.place), ...(to.thread === undefined ? {} : { thread: to.thread }) }

  /** In turn; what is refused for good is not asked again. */
  const call = async <T>(
    tenant: string,
    conversation: Conversation,
    { thread, ...how }: { name: string; repeatable: boolean; once?: boolean; thread?: string | undefined },
    use: (clients: Clients, id: string) => Promise<T>,
  ): Promise<T> => {
    await pace.turn(`${tenant} ${conversation.place}`)
    try {
      return await connectors.call(conversation.serviceUrl, how, (clients) => use(clients, conversationIdOf(conversation.place, thread)))
    } catch (error) {
      // Of a thread only its first message may be gone.
      const isGone = isConversationGone(error) && (thread === undefined || (error as DeliveryError).message.includes(': 403'))
      if (isGone) await conversations.retire(tenant, conversation.place)
      throw error
    }
  }

  const render: TeamsMessenger['render'] = async (tenant, place, reply, { citations } = { citations: true }) => {
    const { blocks, names } = await withNames(tenant, place, reply.blocks, directory)
    return renderReply({ ...reply, blocks }, { conversation: place.kind, names, citations })
  }

  const send: TeamsMessenger['send'] = async (tenant, to, activity, { once = false, repeatable = false } = {}) => {
    const { conversation, thread } = await resolve(tenant, to)
    const { id } = await call(tenant, conversation, { name: `send ${activity.type}`, repeatable, once, thread }, ({ conversations: client }, conversationId) =>
      client.sendToConversation(conversationId, addressed(activity, conversation, conversationId)),
    )
    return { place: conversation.place, id: id ?? '', ...(thread === undefined ? {} : { thread }) }
  }

  const change: TeamsMessenger['change'] = async (tenant, { place, id, thread }, activity) => {
    const conversation = await conversations.at(tenant, place)
    await call(tenant, conversation, { name: 'update', repeatable: true, thread }, ({ conversations: client }, conversationId) =>
      client.updateActivity(conversationId, id, { ...addressed(activity, conversation, conversationId), id }),
    )
  }

  /** @returns the first of them, which it is known by */
  const postAll = async (tenant: string, to: Address, rendered: RenderedReply): Promise<MessageRef> => {
    const [first, ...others] = activitiesOf(rendered)
    const message = await send(tenant, to, (first ?? { type: 'message', text: rendered.summary }) as Outgoing)
    await noteAnswer(tenant, message, rendered.feedback, { outbox, now })
    // In a channel what belongs together stands in one thread.
    const beneath: Address = to.kind === 'place' && to.thread === undefined && others.length > 0 ? await threadUnder(tenant, message) : to
    for (const other of others) await send(tenant, beneath, other as Outgoing)
    return message
  }
  const threadUnder = async (tenant: string, { place, id }: MessageRef): Promise<Address> => {
    const { kind } = await conversations.at(tenant, place)
    return { kind: 'place', place, ...(kind === 'channel' ? { thread: id } : {}) }
  }

  return {
    personalPlace: async (tenant, person) => placeOfConversation(await conversations.withPerson(tenant, person)),
    render,
    send,
    change,

    async post(tenant, to, reply) {
      const { conversation, thread } = await resolve(tenant, to)
      const rendered = await render(tenant, placeOfConversation(conversation), reply)
      return postAll(tenant, { kind: 'place', place: conversation.place, ...(thread === undefined ? {} : { thread }) }, rendered)
    },

    async update(tenant, message, reply) {
      const { kind } = await conversations.at(tenant, message.place)
      const { card, summary } = await render(tenant, { id: message.place, kind }, reply, { citations: false })
      await change(tenant, message, cardMessage(card, summary))
    },

    async remove(tenant, { place, id, thread }) {
      try {
        const conversation = await conversations.at(tenant, place)
        await call(tenant, conversation, { name: 'delete', repeatable: true, thread }, ({ conversations: client }, conversationId) =>
          client.deleteActivity(conversationId, id),
        )
      } catch (error) {
        if (!(error instanceof DeliveryError) || error.kind !== 'gone') throw error
      }
    },

    /** Bots can't read what stands in a conversation. */
    find: async () => undefined,

    async linkTo(tenant, message) {
      if (!isPublicCloud) return undefined
      const { kind, bot } = await conversations.at(tenant, message.place)
      return linkTo(tenant, message, { kind, bot })
    },
  }
}

export function cardMessage(card: RenderedReply['card'], summary: string): Outgoing {
  return (card === undefined ? { type: 'message', text: summary } : { type: 'message', summary, attachments: [attachmentOf(card)] }) as Outgoing
}

/** Without the kind of conversation Teams' own local client takes no streams. */
function addressed(activity: Outgoing, { bot, kind }: Conversation, id: string): Outgoing {
  const conversation = { id, conversationType: conversationTypeOf(kind) }
  return { ...activity, channelId: 'msteams', from: { id: bot }, conversation } as Outgoing
}
