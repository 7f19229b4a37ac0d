/** Makes and changes digests, the same on every surface. Who may do it is for the surface to know. */
import { StaleRecordError } from '../assessments/assessment-store.ts'
import type { TenantId } from '../assessments/records.ts'
import { UserError } from '../shared/errors.ts'
import type { Digest, DigestStore } from './records.ts'
import { occurrencesAfter } from './schedule-occurrences.ts'
import { describeSchedule } from './schedule-wording.ts'

/** What somebody decides about a digest. Without `model` it is about the one assessed last. */
export type DigestWish = Pick<Digest, 'kind' | 'teams' | 'model' | 'to' | 'schedule' | 'sendWhenEmpty'>

export interface DigestKeeper {
  /** @param id the same again changes nothing, so that what is delivered twice makes one digest */
  create(tenant: TenantId, id: string, by: string, wish: DigestWish): Promise<Digest>
  /** @throws UserError when it is gone */
  change(tenant: TenantId, id: string, wish: DigestWish): Promise<Digest>
  /** @throws UserError when it is gone */
  pause(tenant: TenantId, id: string): Promise<Digest>
  /** What was due while it rested is not made up for; the next one tells of all of it. @throws UserError when it is gone */
  resume(tenant: TenantId, id: string): Promise<Digest>
}

/** How often it is tried anew while it is being sent. */
const ATTEMPTS = 5
/** Nobody reads more, and each is composed whenever it is due. */
export const MOST_DIGESTS = 20

export function createDigestKeeper({ store, now }: { store: DigestStore; now(): Date }): DigestKeeper {
  /** Nothing that was due before is sent by what is decided now. */
  const fromNowOn = (digest: Digest): Digest => ({ ...digest, dealtWithUntil: now().toISOString() })

  async function edit(tenant: TenantId, id: string, to: (digest: Digest) => Digest): Promise<Digest> {
    for (let attempt = 1; ; attempt++) {
      const before = await store.digest(tenant, id)
      if (before === undefined) throw digestGone()
      try {
        return await store.changeDigest(tenant, to(before))
      } catch (error) {
        if (!(error instanceof StaleRecordError) || attempt === ATTEMPTS) throw error
      }
    }
  }

  return {
    async create(tenant, id, by, wish) {
      const at = now().toISOString()
      try {
        return await store.createDigest(tenant, { id, ...wish, createdBy: by, createdAt: at, dealtWithUntil: at })
      } catch (error) {
        if (!(error instanceof StaleRecordError)) throw error
        const before = await store.digest(tenant, id)
        if (before === undefined) throw new UserError('The team is no longer there, so no digest was made.', { cause: error })
        return before
      }
    },

    change: (tenant, id, wish) =>
      edit(tenant, id, ({ model: _, paused, ...digest }) => {
        const isMoved = JSON.stringify(wish.to) !== JSON.stringify(digest.to)
        const wakes = paused?.why === 'undeliverable' && isMoved
        const changed: Digest = { ...digest, ...wish, ...(paused === undefined || wakes ? {} : { paused }) }
        return wakes || JSON.stringify(wish.schedule) !== JSON.stringify(digest.schedule) ? fromNowOn(changed) : changed
      }),

    pause: (tenant, id) => edit(tenant, id, (digest) => ({ ...digest, paused: digest.paused ?? { at: now().toISOString(), why: 'asked' } })),

    resume: (tenant, id) => edit(tenant, id, ({ paused, ...digest }) => (paused === undefined ? digest : fromNowOn(digest))),
  }
}

export function digestGone(): UserError {
  return new UserError('This digest is no longer there.')
}

/** Says the same to the same people from now on. */
export function isSameDigest(a: DigestWish, b: DigestWish, now: Date): boolean {
  const key = ({ kind, teams, model, to, schedule }: DigestWish) =>
    JSON.stringify([kind, [...teams].sort(), model, to, describeSchedule(schedule), occurrencesAfter(schedule, now, 2)])
  return key(a) === key(b)
}
