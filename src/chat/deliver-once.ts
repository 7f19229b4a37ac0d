/** Sends what nobody asked for just now exactly once, also when a process ends between sending and writing down that it was sent. */
import { messageOf } from '../shared/errors.ts'
import { type Address, DeliveryError, type MessageRef } from './exchange.ts'
import type { ChatDeps } from './feature.ts'
import type { Reply } from './reply.ts'

export interface OneDelivery {
  tenant: string
  /** Names what is sent: the same thing never has another key. */
  key: string
  to: Address
  /** Made only when it is sent. */
  make(): Reply | Promise<Reply>
}

/**
 * `sent` now, `already` sent before or being sent by somebody else, `later` (call again, from `again` on), `gone`: the address is no longer
 * there and nobody tries again; `given-up`: it failed for too long.
 */
export type DeliveryResult = { outcome: 'sent'; message: MessageRef } | { outcome: 'later'; again: string } | { outcome: 'already' | 'gone' | 'given-up' }

/** Longer than any call to a platform takes with all its retries, after what comes before it. */
const CLAIM_MS = 120_000
/** Looking for an earlier message and making a new one may take so long; after that somebody else could be at it before it is sent. */
const PREPARE_MS = CLAIM_MS / 3
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 30 * 60_000
/** By then it has tried for some minutes. */
const UNUSUAL_ATTEMPTS = 4
export const GIVE_UP_MS = 6 * 60 * 60_000

export async function deliverOnce(
  { tenant, key, to, make }: OneDelivery,
  deps: Pick<ChatDeps, 'store' | 'messenger' | 'now' | 'log'>,
): Promise<DeliveryResult> {
  const { store, now, log } = deps
  const started = now()
  const claim = await store.claimDelivery(tenant, key, started.toISOString(), after(started, CLAIM_MS))
  if (claim === undefined) return { outcome: 'already' }
  const messenger = deps.messenger(tenant)
  try {
    // An earlier attempt may have come through although nobody could write that down.
    const earlier = claim.attempts > 1 ? await messenger.find(tenant, to, key, claim.firstAt) : undefined
    const message = earlier ?? (await messenger.post(tenant, to, await inTime(make, started), key))
    await store.markSent(tenant, key, message)
    return { outcome: 'sent', message }
  } catch (error) {
    if (error instanceof DeliveryError && error.kind === 'gone') {
      await store.giveUpDelivery(tenant, key)
      return { outcome: 'gone' }
    }
    const facts = { tenant, key, attempts: claim.attempts, error: messageOf(error) }
    // A platform that is busy says when to come back; whoever runs Cairn need not know before it has said so again and again.
    if (error instanceof DeliveryError && claim.attempts < UNUSUAL_ATTEMPTS) log.info(facts, 'a message was put off')
    else log.warn(facts, 'a message could not be sent')
    if (now().getTime() - Date.parse(claim.firstAt) > GIVE_UP_MS) {
      await store.giveUpDelivery(tenant, key)
      return { outcome: 'given-up' }
    }
    const again = after(now(), Math.min(FIRST_WAIT_MS * 2 ** (claim.attempts - 1), LONGEST_WAIT_MS))
    // After that time it is somebody else's.
    if (now().getTime() - started.getTime() < CLAIM_MS) await store.releaseDelivery(tenant, key, again)
    return { outcome: 'later', again }
  }

  async function inTime(made: OneDelivery['make'], since: Date): Promise<Reply> {
    const reply = await made()
    if (now().getTime() - since.getTime() > PREPARE_MS) throw new DeliveryError('later', 'it took too long until it could be sent')
    return reply
  }
}

function after(time: Date, ms: number): string {
  return new Date(time.getTime() + ms).toISOString()
}
