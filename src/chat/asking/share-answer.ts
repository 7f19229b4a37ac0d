/** What was answered to one person becomes an answer to everybody in the place, once, if they say so. */
import { UserError } from '../../shared/errors.ts'
import { beginningOf } from '../beginning-of.ts'
import type { Asked } from '../chat-store.ts'
import { deliverOnce } from '../deliver-once.ts'
import type { Exchange, Place } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { type Block, type Button, plainReply, words } from '../reply.ts'
import { answerReply } from './answer-reply.ts'
import { threadOf } from './thread-memory.ts'

const SHARED_MARK = 'shared:'

export function offerToShare(answer: string, { kind }: Pick<Place, 'kind'>): Button {
  return { kind: 'button', label: kind === 'channel' ? 'Share in channel' : 'Share here', press: { on: 'ask.share', with: { answer } } }
}

/** Not asked once more: the same question, kept for the thread below the shared answer. Who counts questions leaves it out. */
export function isSharedCopy({ id }: Pick<Asked, 'id'>): boolean {
  return id.startsWith(SHARED_MARK)
}

/** @throws UserError when somebody else asked, or it can't be shared */
export async function shareAnswer(exchange: Exchange, id: string, deps: ChatDeps): Promise<void> {
  const { tenant, person } = exchange.who
  const asked = await deps.store.asked(tenant, id)
  if (asked === undefined) throw new UserError('That answer is no longer kept. Ask again to share it.')
  if (asked.person !== person) throw new UserError('Only who asked can share the answer.')

  const key = `share:${id}`
  const { thread } = exchange.place
  const to = { kind: 'place', place: asked.place, ...(thread === undefined ? {} : { thread }) } as const
  const { outcome } = await deliverOnce({ tenant, key, to, make: () => answerReply(asked.answer, { id, before: askedBy(asked) }) }, deps)
  const delivery = await deps.store.delivery(tenant, key)
  if (delivery?.message === undefined) throw new UserError(whyNot(delivery?.state))

  await deps.store.saveAsked(tenant, { ...asked, id: `${SHARED_MARK}${id}`, thread: threadOf(delivery.message), at: deps.now().toISOString() })
  await exchange.replace(answerReply(asked.answer, { id, note: 'Shared with everybody here.' }))
  if (outcome === 'already') await exchange.whisper(plainReply('That answer is shared already.'))
}

function askedBy({ person, question }: Asked): Block {
  return { kind: 'text', parts: [words('Asked by '), { kind: 'person', id: person }, words(`: ${beginningOf(question)}`)] }
}

function whyNot(state: 'sending' | 'sent' | 'given-up' | undefined): string {
  return state === 'given-up'
    ? 'I can’t write here. Invite me, then ask again and share the new answer.'
    : 'It could not be shared just now. Press the button again in a minute.'
}
