/** What a digest is, and what its sending leaves behind. All times are ISO 8601 in UTC. */
import type { TenantId } from '../assessments/records.ts'
import type { Schedule } from './schedule.ts'

export type DigestKind =
  /** What changed, one next step, what is due, one stale question. */
  | 'weekly'
  /** Besides that trends, gaps, disagreement, and what people asked. */
  | 'monthly'
  /** Teams that agreed side by side, for leads; never a ranking. */
  | 'organisation'

export interface Digest {
  id: string
  kind: DigestKind
  /** One for a team's; those that it puts side by side for an organisation's. */
  teams: readonly string[]
  /** Only this model; absent: the one assessed last. */
  model?: string
  to: DigestAddress
  schedule: Schedule
  sendWhenEmpty: boolean
  createdBy: string
  createdAt: string
  paused?: { at: string; why: 'asked' | 'undeliverable' }
  /** Up to which time occurrences are dealt with, sent or not. */
  dealtWithUntil: string
  /** What the last one told about, so that the next tells what has changed since: the end of its period. */
  toldUntil?: string
  version: number
}

export type DigestAddress = { kind: 'place'; place: string } | { kind: 'person'; person: string }

/** What somebody may change; who made it stays, and how far it has got is moved by `settleDigest`. */
export type DigestChange = Omit<Digest, 'createdBy' | 'createdAt' | 'toldUntil'>

export interface DigestStore {
  /** @throws StaleRecordError when a digest of that id exists, or a team does not */
  createDigest(tenant: TenantId, digest: Omit<Digest, 'version'>): Promise<Digest>
  /**
   * It is looked at anew at once. `dealtWithUntil` moves forward only: whoever lets a paused one go on names the time from which it does.
   * @throws StaleRecordError when `digest.version` is not the stored one
   */
  changeDigest(tenant: TenantId, digest: DigestChange): Promise<Digest>
  removeDigest(tenant: TenantId, id: string): Promise<void>
  digest(tenant: TenantId, id: string): Promise<Digest | undefined>
  /** Of a team, oldest first. */
  digestsOfTeam(tenant: TenantId, team: string): Promise<Digest[]>
  /** Those that somebody made, oldest first. */
  digestsBy(tenant: TenantId, person: string): Promise<Digest[]>
  /**
   * Takes on those of all tenants that are due: not paused, and the time at which they are to be looked at has come. Each tenant in turn,
   * its longest waiting first. Nobody else gets them before `until`, which is when they are due again if this process ends.
   */
  takeDueDigests(now: string, until: string, most: number): Promise<{ tenant: TenantId; digest: Digest }[]>
  /**
   * When it is to be looked at again: its next occurrence, or another attempt.
   * @param version nothing happens where the digest has changed since then: it is looked at anew anyway
   */
  setNext(tenant: TenantId, id: string, at: string, version?: number): Promise<void>
  /** How far it has got; both times move forward only. @param next as `setNext` has it with a version */
  settleDigest(tenant: TenantId, digest: Pick<Digest, 'id' | 'version'>, reached: DigestReached, next: string): Promise<void>
}

export type DigestReached = Pick<Digest, 'dealtWithUntil' | 'toldUntil'>
