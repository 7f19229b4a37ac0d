/** One digest whose time has come: whether there is something to say, and that it is said once. */
import { StaleRecordError } from '../../assessments/assessment-store.ts'
import { REMOVED_PERSON, type TenantId } from '../../assessments/records.ts'
import { type DigestContent, isEmpty } from '../../digests/content/digest-content.ts'
import type { Digest, DigestReached } from '../../digests/records.ts'
import { isLate, lastMissed, type Occurrence, occurrencesAfter } from '../../digests/schedule-occurrences.ts'
import type { Delivery } from '../chat-store.ts'
import { deliverOnce, GIVE_UP_MS } from '../deliver-once.ts'
import type { Reply } from '../reply.ts'
import type { DigestsDeps } from './deps.ts'
import { failedNotice, type NamingDeps, undeliverableNotice } from './digest-notices.ts'
import { periodOf } from './digest-period.ts'

export interface DigestSendingDeps extends Pick<DigestsDeps, 'store' | 'messenger' | 'now' | 'log' | 'digests' | 'compose'>, NamingDeps {
  /** Whether whom it is for may know what it tells. */
  mayTell(tenant: TenantId, digest: Digest): Promise<boolean>
  render(content: DigestContent, tenant: TenantId): Reply | Promise<Reply>
}

export interface DueDigest {
  tenant: TenantId
  digest: Digest
}

/** Dealt with up to there, told or not; or to be looked at again then. */
type Result = DigestReached | { again: string }

/** Another process is at it. */
const SOON_MS = 60_000
const DAY_MS = 24 * 60 * 60 * 1000
const ATTEMPTS = 5

/** Afterwards the digest knows when it is to be looked at again. */
export async function sendDigest(due: DueDigest, deps: DigestSendingDeps): Promise<void> {
  const { tenant, digest } = due
  const { digests, now } = deps
  const occurrence = lastMissed(digest.schedule, new Date(digest.dealtWithUntil), now())
  if (occurrence === undefined) return digests.setNext(tenant, digest.id, nextAfter(digest, now()), digest.version)
  const result = await sendOccurrence(due, occurrence, deps)
  if ('again' in result) return digests.setNext(tenant, digest.id, result.again, digest.version)
  return digests.settleDigest(tenant, digest, result, nextAfter({ ...digest, ...result }, now()))
}

async function sendOccurrence(due: DueDigest, occurrence: Occurrence, deps: DigestSendingDeps): Promise<Result> {
  const { tenant, digest } = due
  const { store, digests, now } = deps
  const key = `digest:${digest.id}:${occurrence.localDate}`
  const period = periodOf(digest, occurrence)
  const told: Result = { dealtWithUntil: occurrence.at, toldUntil: period.to }
  const untold: Result = { dealtWithUntil: occurrence.at }
  const compose = () => deps.compose({ tenant, digest, period, late: isLate(occurrence, now()), now: now() })
  const isNothing = (content: DigestContent) => !digest.sendWhenEmpty && isEmpty(content)

  // Somebody who left the team is not told of it any more.
  if (!(await deps.mayTell(tenant, digest))) return untold

  const before = await store.delivery(tenant, key)
  // Its time was moved to later the same day: that day has had one.
  if (before !== undefined && before.state !== 'sending' && before.firstAt < occurrence.at) return untold
  if (before?.state === 'sent') return told
  if (before?.state === 'given-up') return wasGone(before, now()) ? pause(due, occurrence, deps) : reportFailure(due, occurrence, deps)

  let content: DigestContent | undefined
  let isNothingNow = false
  // Where an earlier attempt was made, it may have arrived, whatever there would be to say now.
  if (before === undefined) {
    content = await compose().catch(() => undefined)
    if (content !== undefined && isNothing(content)) return untold
  }
  const make = async () => {
    // The last moment at which somebody's change counts.
    if ((await digests.digest(tenant, digest.id))?.version !== digest.version) throw new Error('the digest was changed meanwhile')
    content ??= await compose()
    isNothingNow = isNothing(content)
    if (isNothingNow) throw new Error('there is nothing to say any more')
    return deps.render(content, tenant)
  }
  const result = await deliverOnce({ tenant, key, to: digest.to, make }, deps)
  switch (result.outcome) {
    case 'sent':
      return told
    case 'already':
      return { again: after(now(), SOON_MS) }
    case 'later':
      return isNothingNow ? untold : { again: result.again }
    case 'gone':
      return pause(due, occurrence, deps)
    case 'given-up':
      return reportFailure(due, occurrence, deps)
  }
}

/** A process ended before it could act on it. What fails otherwise is given up after a longer time. */
function wasGone({ firstAt }: Delivery, now: Date): boolean {
  return now.getTime() - Date.parse(firstAt) <= GIVE_UP_MS
}

/** Its maker is told first: of a digest that rests nobody would think again. */
async function pause({ tenant, digest }: DueDigest, { at, localDate }: Occurrence, deps: DigestSendingDeps): Promise<Result> {
  const { digests, now } = deps
  for (let attempt = 1; ; attempt++) {
    const current = await digests.digest(tenant, digest.id)
    const isMoved = JSON.stringify(current?.to) !== JSON.stringify(digest.to)
    if (current === undefined || current.paused !== undefined || isMoved) return { dealtWithUntil: at }
    const isTold = await tellMaker({ tenant, digest: current }, `digest-undeliverable:${digest.id}:${localDate}`, deps, () =>
      undeliverableNotice(tenant, current, deps),
    )
    if (!isTold) return { again: after(now(), SOON_MS) }
    try {
      await digests.changeDigest(tenant, { ...current, paused: { at: now().toISOString(), why: 'undeliverable' }, dealtWithUntil: at })
      return { dealtWithUntil: at }
    } catch (error) {
      if (!(error instanceof StaleRecordError) || attempt === ATTEMPTS) throw error
    }
  }
}

async function reportFailure(due: DueDigest, { at, localDate }: Occurrence, deps: DigestSendingDeps): Promise<Result> {
  const { tenant, digest } = due
  const make = () => failedNotice(tenant, digest, deps, nextAfter({ ...digest, dealtWithUntil: at }, deps.now()))
  const isTold = await tellMaker(due, `digest-failed:${digest.id}:${localDate}`, deps, make)
  return isTold ? { dealtWithUntil: at } : { again: after(deps.now(), SOON_MS) }
}

/** @returns whether that is done: they know, or can't be told */
async function tellMaker({ tenant, digest }: DueDigest, key: string, deps: DigestSendingDeps, make: () => Promise<Reply>): Promise<boolean> {
  if (digest.createdBy === REMOVED_PERSON) return true
  const { outcome } = await deliverOnce({ tenant, key, to: { kind: 'person', person: digest.createdBy }, make }, deps)
  if (outcome === 'already') return (await deps.store.delivery(tenant, key))?.state !== 'sending'
  return outcome !== 'later'
}

function nextAfter({ schedule, dealtWithUntil }: Digest, now: Date): string {
  const from = new Date(Math.max(now.getTime(), Date.parse(dealtWithUntil)))
  return occurrencesAfter(schedule, from, 1)[0]?.at ?? after(from, DAY_MS)
}

function after(time: Date, ms: number): string {
  return new Date(time.getTime() + ms).toISOString()
}
