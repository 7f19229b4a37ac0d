/** Who may see a team's results, and who may change what belongs to it. Every part of the bot asks here. */
import type { Round, Team } from '../../assessments/records.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'

export type TeamDeps = Pick<ChatDeps, 'assessments' | 'directory' | 'store'>

/** `members`: the people of the team and of its channels, and administrators. `workspace`: everybody in the workspace. */
export type Visibility = 'members' | 'workspace'

export const VISIBILITY_SETTING = 'visibility'

export async function visibilityOf(tenant: string, team: string, { store }: Pick<ChatDeps, 'store'>): Promise<Visibility> {
  return (await store.setting(tenant, 'team', team, VISIBILITY_SETTING)) === 'workspace' ? 'workspace' : 'members'
}

export async function mayRead(who: Who, team: Pick<Team, 'id'>, deps: TeamDeps): Promise<boolean> {
  return (await visibilityOf(who.tenant, team.id, deps)) === 'workspace' || mayChange(who, team, deps)
}

/** Everybody in the workspace may see some teams; what belongs to a team is changed by its people. */
export async function mayChange(who: Who, team: Pick<Team, 'id'>, deps: TeamDeps): Promise<boolean> {
  return (await belongsTo(who, team, deps)) || isAdmin(who, deps)
}

/** Rounds, digests and deletion are for those who started them and for administrators. */
export async function mayManage(who: Who, { startedBy }: Pick<Round, 'startedBy'>, deps: Pick<ChatDeps, 'directory'>): Promise<boolean> {
  return who.person === startedBy || isAdmin(who, deps)
}

export async function isAdmin({ tenant, person }: Who, { directory }: Pick<ChatDeps, 'directory'>): Promise<boolean> {
  return (await directory(tenant).person(tenant, person))?.isAdmin ?? false
}

/** In the team itself, or in a channel that speaks for it. */
export async function belongsTo({ tenant, person }: Who, { id }: Pick<Team, 'id'>, { assessments, directory, store }: TeamDeps): Promise<boolean> {
  if ((await assessments.store.assessments.members(tenant, id)).some((member) => member.id === person)) return true
  const places = await store.placesOfTeam(tenant, id)
  const present = await Promise.all(places.map((place) => directory(tenant).members(tenant, place)))
  return present.some((people) => people.includes(person))
}
