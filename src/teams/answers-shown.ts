/** Which answer a message shows: Teams' thumbs come back with nothing but the message's id. */
import type { OutboxStore } from '../chat/chat-store.ts'
import type { MessageRef } from '../chat/exchange.ts'

export interface ShownDeps {
  outbox: OutboxStore
  now(): Date
}

/** Kept beside what else is known of messages that were sent, and as long: what stands in a message's place is the answer. */
export async function noteAnswer(tenant: string, message: MessageRef, answer: string | undefined, { outbox, now }: ShownDeps): Promise<void> {
  if (answer !== undefined) await outbox.noteSent(tenant, keyOf(message), { place: message.place, id: answer }, now().toISOString())
}

export async function answerIn(tenant: string, message: Pick<MessageRef, 'place' | 'id'>, outbox: OutboxStore): Promise<string | undefined> {
  return (await outbox.delivery(tenant, keyOf(message)))?.message?.id
}

function keyOf({ place, id }: Pick<MessageRef, 'place' | 'id'>): string {
  return `answer-in:${place}:${id}`
}
