/** What every activity is dealt with by. */
import type { Chat } from '../../chat/create-chat.ts'
import type { MessageRef } from '../../chat/exchange.ts'
import type { Activity } from '../activity.ts'
import type { Conversations } from '../conversations.ts'
import { createExchange, type ExchangeParts, type Happening, type TeamsExchange } from '../exchange.ts'
import type { AnswerSlot } from '../invoke-answer.ts'

export interface ActivityDeps {
  chat: Chat
  conversations: Conversations
  exchangeParts: ExchangeParts
}

/** An activity, and how often it was tried before. */
export interface Dealing {
  activity: Activity
  attempts: number
  /** Closed where nobody waits. */
  slot: AnswerSlot
}

export function exchangeIn(
  { activity: { who, place, key }, attempts, slot }: Dealing,
  more: Partial<Pick<Happening, 'place' | 'pressed' | 'form'>>,
  { exchangeParts }: ActivityDeps,
): TeamsExchange {
  return createExchange({ who, place, key, attempts, slot, ...more }, exchangeParts)
}

/** The message whose card was used. */
export function usedMessage({ place, replyTo }: Activity): MessageRef | undefined {
  if (replyTo === undefined) return undefined
  const inThread = place.thread === undefined || place.thread === replyTo ? {} : { thread: place.thread }
  return { place: place.id, id: replyTo, ...inThread }
}
