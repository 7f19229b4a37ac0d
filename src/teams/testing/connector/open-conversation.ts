/** Conversations as the app names them, and whether it may speak there. */
import { type Conversation, personOf, sharesPlace, type World } from '../world.ts'
import { type Call, Refusal, type Target, wrong } from './refusal.ts'

/** @throws Refusal */
export function openConversation({ world, tenant }: Call, name: string): Target {
  const [id = '', thread] = name.split(';messageid=')
  const conversation = world.conversations.get(id)
  if (conversation === undefined || conversation.tenant !== tenant.id)
    throw wrong(404, 'ConversationNotFound', `there is no conversation ${name} in ${tenant.key}`)
  if (conversation.gone) throw new Refusal(404, 'ConversationNotFound', 'Conversation not found.')
  mayWrite(world, conversation)
  if (thread === undefined) return { conversation }
  if (conversation.kind !== 'channel') throw wrong(400, 'BadArgument', `${name} names a thread outside channels`)
  const root = conversation.messages.find((message) => message.id === thread)
  if (root === undefined || root.thread !== undefined) throw wrong(404, 'ConversationNotFound', `no thread of ${conversation.key} begins with ${thread}`)
  return { conversation, thread }
}

function mayWrite(world: World, conversation: Conversation): void {
  const person = personOf(conversation)
  if (conversation.app === 'installed' || (conversation.app === 'never' && person !== undefined && sharesPlace(world, person))) return
  if (conversation.app === 'blocked') throw new Refusal(403, 'MessageWritesBlocked', 'Message write operation is blocked due to a specific user block.')
  throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
}
