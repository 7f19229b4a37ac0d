/**
 * What a platform was told is taken on is dealt with, once: written down before the acknowledgement, and taken up by another process
 * when the one that had it is gone.
 */
import { messageOf } from '../shared/errors.ts'
import type { InboxStore, Received } from './chat-store.ts'
import { DeliveryError } from './exchange.ts'
import type { ChatLog } from './feature.ts'

export interface Inbox {
  /** On disk when it returns. @returns false when it was received before */
  receive(key: string, body: unknown): Promise<boolean>
  /**
   * Deals with what was received; what can't be delivered now is tried again later.
   * @param handle told how many attempts were made before this one
   */
  deal(key: string, handle: (attempts: number) => Promise<void>): Promise<void>
  /** From now on takes up what other processes left. */
  start(handle: (received: { key: string; body: unknown; attempts: number; receivedAt: string }) => Promise<void>): void
  /** Waits a little for what is being dealt with; the rest is taken up at the next start. */
  stop(): Promise<void>
}

export interface InboxDeps {
  platform: string
  store: InboxStore
  /** Names this process among all that ever ran. */
  newId(): string
  now(): Date
  log: ChatLog
  /** How often it looks for what was left, in milliseconds. */
  lookEvery?: number
}

/** A process that hasn't prolonged its hold for so long is gone. */
const HOLD_MS = 10_000
const PROLONG_MS = 3_000
const LOOK_MS = 2_000
const TAKEN_AT_ONCE = 20
const MOST_ATTEMPTS = 6
const FIRST_WAIT_MS = 5_000
const STOP_LIMIT_MS = 2_500
const FORGET_MS = 3 * 24 * 60 * 60_000
const FORGET_EVERY_MS = 60 * 60_000

export function createInbox({ platform, store, newId, now, log, lookEvery = LOOK_MS }: InboxDeps): Inbox {
  const self = newId()
  const running = new Map<string, Promise<void>>()
  const timers: NodeJS.Timeout[] = []
  const inMs = (ms: number) => new Date(now().getTime() + ms).toISOString()
  const guarded = (what: string, work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) => log.error({ platform, error: messageOf(error) }, `the inbox could not ${what}`))

  const attempt = async (key: string, attempts: number, handle: () => Promise<void>): Promise<void> => {
    try {
      await handle()
      await store.settle(platform, key)
    } catch (error) {
      const again = error instanceof DeliveryError && error.kind === 'later' && attempts + 1 < MOST_ATTEMPTS
      log.warn({ platform, attempts, again, error: messageOf(error) }, 'an event could not be dealt with')
      await (again ? store.postpone(platform, key, inMs(FIRST_WAIT_MS * 2 ** attempts)) : store.settle(platform, key))
    }
  }
  const deal = (key: string, attempts: number, handle: () => Promise<void>): Promise<void> => {
    const work = attempt(key, attempts, handle)
      .catch((error: unknown) => log.error({ platform, error: messageOf(error) }, 'the inbox could not be written'))
      .finally(() => running.delete(key))
    running.set(key, work)
    return work
  }

  return {
    async receive(key, body) {
      return store.receive({ platform, key, body: JSON.stringify(body), receivedAt: now().toISOString() }, self, inMs(HOLD_MS))
    },
    deal: (key, handle) => deal(key, 0, () => handle(0)),

    start(handle) {
      const takeUp = async () => {
        const taken = await store.takeOver(platform, self, now().toISOString(), inMs(HOLD_MS), TAKEN_AT_ONCE)
        // What this process itself is still at has only been held too long.
        for (const each of taken.filter(({ key }) => !running.has(key))) void deal(each.key, each.attempts, () => takeUpOne(each))
      }
      const takeUpOne = async ({ key, body, attempts, receivedAt }: Received) => {
        // Tried so often that it is what brings processes down.
        if (attempts >= MOST_ATTEMPTS) return log.error({ platform, attempts }, 'an event was given up')
        await handle({ key, body: JSON.parse(body), attempts, receivedAt })
      }
      timers.push(
        setInterval(
          guarded('prolong its hold', () => store.prolong(self, inMs(HOLD_MS))),
          PROLONG_MS,
        ),
        setInterval(guarded('take up what was left', takeUp), lookEvery),
        setInterval(
          guarded('forget what is old', () => store.forgetReceived(inMs(-FORGET_MS))),
          FORGET_EVERY_MS,
        ),
      )
      guarded('take up what was left', takeUp)()
    },

    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer)
      const limit = new Promise<void>((resolve) => setTimeout(resolve, STOP_LIMIT_MS).unref())
      await Promise.race([Promise.all(running.values()), limit])
    },
  }
}
