/** A channel speaks for a team: the one that it was linked to, or else one of its own name. */
import type { Team } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Place } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { knownPerson } from './known-person.ts'

export type OwnTeamDeps = Pick<ChatDeps, 'assessments' | 'directory' | 'store' | 'now' | 'newId'>

/** The team that the place speaks for; undefined in direct messages and where nothing was assessed yet. */
export async function teamOfPlace(tenant: string, place: Place, { assessments, store }: Pick<ChatDeps, 'assessments' | 'store'>): Promise<Team | undefined> {
  const id = place.kind === 'personal' ? undefined : await store.teamOfPlace(tenant, place.id)
  return id === undefined ? undefined : assessments.store.assessments.team(tenant, id)
}

/** The team of the place, made when there is none yet, with the person in it. @throws UserError in a direct message */
export async function ownTeamOfPlace({ who, place }: Pick<Exchange, 'who' | 'place'>, deps: OwnTeamDeps): Promise<Team> {
  if (place.kind === 'personal') throw new UserError('Which team? Say it in the team’s channel, or name the team.')
  const { tenant } = who
  const team = (await teamOfPlace(tenant, place, deps)) ?? (await createTeamOfPlace(tenant, place, deps))
  await joinTeam(who, team, deps)
  return team
}

/** Whoever answers for a team belongs to it. */
export async function joinTeam(who: Exchange['who'], team: Pick<Team, 'id'>, deps: Pick<ChatDeps, 'assessments' | 'directory'>): Promise<void> {
  await knownPerson(who, deps)
  await deps.assessments.store.assessments.addMember(who.tenant, team.id, who.person)
}

async function createTeamOfPlace(tenant: string, place: Place, deps: OwnTeamDeps): Promise<Team> {
  const name = (await deps.directory(tenant).placeName(tenant, place.id)) ?? place.id
  // A team of this name that already has a channel of its own is another one.
  const same = await deps.assessments.store.assessments.teamByName(tenant, name)
  const free = same === undefined || (await deps.store.placesOfTeam(tenant, same.id)).length === 0
  const team = same !== undefined && free ? same : await createTeam(tenant, free ? name : `${name} (${place.id})`, deps)
  await deps.store.linkPlace(tenant, place.id, team.id)
  return team
}

export async function createTeam(tenant: string, name: string, { assessments, now, newId }: OwnTeamDeps): Promise<Team> {
  const team: Team = { id: newId(), name: name.trim(), createdAt: now().toISOString() }
  await assessments.store.assessments.saveTeam(tenant, team)
  return team
}
