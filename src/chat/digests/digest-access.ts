/** Which digests somebody sees, and which they may change: to whom one is closed, it is not there. */
import type { TenantId } from '../../assessments/records.ts'
import { digestGone } from '../../digests/keep-digests.ts'
import type { Digest } from '../../digests/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Place, Who } from '../exchange.ts'
import { isAdmin, mayManage, mayRead } from '../teams/access.ts'
import type { DigestsDeps } from './deps.ts'

type Deps = Pick<DigestsDeps, 'assessments' | 'digests' | 'directory' | 'store'>

/** A direct message is its reader's own; what goes to a channel is seen by who is in it, and what is about a team by its people. */
export async function maySee(who: Who, digest: Digest, deps: Deps): Promise<boolean> {
  if (await mayChangeDigest(who, digest, deps)) return true
  if (digest.to.kind === 'person') return digest.to.person === who.person
  return digest.kind === 'organisation' ? isIn(who, digest.to.place, deps) : mayReadContent(who, digest, deps)
}

/** What it tells is for the team's people, and for those whom it is sent to in a channel; who made it may have left since. */
export async function mayReadContent(who: Who, { kind, to, teams: [team] }: Digest, deps: Deps): Promise<boolean> {
  if (kind === 'organisation' || (to.kind === 'place' && (await isIn(who, to.place, deps)))) return true
  return team !== undefined && mayRead(who, { id: team }, deps)
}

/** Whoever reads it there may know what it tells: a person may have left the team since. */
export async function mayBeTold(tenant: TenantId, digest: Digest, deps: Deps): Promise<boolean> {
  return digest.to.kind === 'place' || mayReadContent({ tenant, person: digest.to.person }, digest, deps)
}

/** Who made it, and administrators. */
export async function mayChangeDigest(who: Who, { createdBy }: Pick<Digest, 'createdBy'>, deps: Pick<Deps, 'directory'>): Promise<boolean> {
  return mayManage(who, { startedBy: createdBy }, deps)
}

/** @throws UserError when it is gone, or is not for them */
export async function digestToSee(who: Who, id: string, deps: Deps): Promise<Digest> {
  const digest = await deps.digests.digest(who.tenant, id)
  if (digest === undefined || !(await maySee(who, digest, deps))) throw digestGone()
  return digest
}

/** @throws UserError when it is gone, or they may not know what it tells */
export async function digestToRead(who: Who, id: string, deps: Deps): Promise<Digest> {
  const digest = await digestToSee(who, id, deps)
  if (await mayReadContent(who, digest, deps)) return digest
  throw new UserError('You are not in this team any more: its people alone see what the digest tells.')
}

/** @throws UserError when it is gone, or is somebody else's */
export async function digestToChange(who: Who, id: string, deps: Deps): Promise<Digest> {
  const digest = await digestToSee(who, id, deps)
  if (await mayChangeDigest(who, digest, deps)) return digest
  const name = (await deps.directory(who.tenant).person(who.tenant, digest.createdBy))?.name
  throw new UserError(
    name === undefined
      ? 'Only an administrator can change this digest: whoever set it up is no longer here.'
      : `${name} set this digest up: ask them, or an administrator, to change it.`,
  )
}

/** Of the team here and the person's own, in a direct message those of all their teams; the oldest first, as they are counted. */
export async function digestsFor(who: Who, team: string | undefined, deps: Deps): Promise<Digest[]> {
  const { tenant, person } = who
  const teams = team === undefined ? (await deps.assessments.store.assessments.teamsOf(tenant, person)).map(({ id }) => id) : [team]
  const found = [await deps.digests.digestsBy(tenant, person), ...(await Promise.all(teams.map((id) => deps.digests.digestsOfTeam(tenant, id))))].flat()
  const unique = [...new Map(found.map((digest) => [digest.id, digest])).values()]
  const seen = await Promise.all(unique.map(async (digest) => ((await maySee(who, digest, deps)) ? [digest] : [])))
  return seen.flat().toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))
}

/** Where somebody may not post themselves, they don't through the bot either. @throws UserError */
export async function assertInPlace(who: Who, here: Pick<Place, 'id'>, place: string, deps: Pick<Deps, 'directory'>): Promise<void> {
  if (here.id === place || (await isIn(who, place, deps)) || (await isAdmin(who, deps))) return
  throw new UserError('You are not in that channel: choose one that you are in.')
}

export async function isIn({ tenant, person }: Who, place: string, { directory }: Pick<Deps, 'directory'>): Promise<boolean> {
  return (await directory(tenant).members(tenant, place)).includes(person)
}

export async function placeName(tenant: TenantId, place: string, { directory }: Pick<Deps, 'directory'>): Promise<string | undefined> {
  return directory(tenant).placeName(tenant, place)
}
