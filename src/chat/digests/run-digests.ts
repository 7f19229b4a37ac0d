/** Sends digests when their time has come, many at once. Several processes share the work: what one has taken, the others leave alone. */
import { messageOf } from '../../shared/errors.ts'
import { type DigestSendingDeps, type DueDigest, sendDigest } from './send-digest.ts'

export interface DigestRunner {
  /** Everything that is due now; while an earlier one is at work, that one. */
  tick(): Promise<void>
  /** Takes on nothing more; resolves when what is being sent is finished. */
  stop(): Promise<void>
}

/** Each waits for the platform most of the time. */
const AT_ONCE = 20
/** Few, so that one that has less to do takes the rest. */
const TAKEN_AT_ONCE = 40
/** Longer than what was taken needs: what is left of a process that ended is sent by another one after it. */
const TAKEN_MS = 180_000
/** A fault of ours is not mended by trying again at once. */
const AFTER_FAULT_MS = 30 * 60_000

export function createDigestRunner(deps: DigestSendingDeps): DigestRunner {
  const { digests, now, log } = deps
  let running: Promise<void> | undefined
  let stopping = false

  const later = (ms: number) => new Date(now().getTime() + ms).toISOString()

  const send = async (due: DueDigest): Promise<void> => {
    const { tenant, digest } = due
    try {
      await sendDigest(due, deps)
    } catch (error) {
      log.error({ tenant, digest: digest.id, error: messageOf(error) }, 'a digest could not be sent')
      await digests.setNext(tenant, digest.id, later(AFTER_FAULT_MS), digest.version).catch((again: unknown) => {
        log.error({ tenant, digest: digest.id, error: messageOf(again) }, 'a digest could not be put off')
      })
    }
  }

  const run = async (): Promise<void> => {
    const taken: DueDigest[] = []
    let taking: Promise<void> | undefined
    const take = async () => {
      taken.push(...(await digests.takeDueDigests(now().toISOString(), later(TAKEN_MS), TAKEN_AT_ONCE)))
    }
    const next = async (): Promise<DueDigest | undefined> => {
      if (stopping) return undefined
      while (taken.length === 0) {
        taking ??= take().finally(() => {
          taking = undefined
        })
        await taking
        if (taken.length === 0) return undefined
      }
      return taken.shift()
    }
    const work = async () => {
      for (let due = await next(); due !== undefined; due = await next()) await send(due)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    // Nobody else needs to wait for these.
    await Promise.all(taken.map(({ tenant, digest }) => digests.setNext(tenant, digest.id, now().toISOString(), digest.version)))
  }

  return {
    tick() {
      if (stopping) return Promise.resolve()
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
    async stop() {
      stopping = true
      await running
    },
  }
}
