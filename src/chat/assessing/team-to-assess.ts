/** For which team somebody answers. Who answers for a team belongs to it from then on, so it has to be one that is open to them. */
import type { Team } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { assertMayJoin } from '../teams/team-by-name.ts'
import { joinTeam, ownTeamOfPlace, teamOfPlace } from '../teams/team-of-place.ts'
import type { TeamChoice } from './choose-form.ts'

type Where = Pick<Exchange, 'who' | 'place'>

/** @throws UserError when there is none, or it is closed to them */
export async function teamById(where: Where, id: string, deps: ChatDeps): Promise<Team> {
  const team = await deps.assessments.store.assessments.team(where.who.tenant, id)
  if (team === undefined) throw new UserError('That team is no longer there. Start an assessment for another one.')
  await assertMayJoin(where, team, deps)
  await joinTeam(where.who, team, deps)
  return team
}

/** @throws UserError in a direct message of somebody who is in no team, or in several */
export async function teamOfWhere(where: Where, deps: ChatDeps): Promise<Team> {
  return (await onlyTeam(where, deps)) ?? ownTeamOfPlace(where, deps)
}

/** Whether it is clear without asking which team is meant. */
export async function isTeamClear(where: Where, deps: ChatDeps): Promise<boolean> {
  return where.place.kind !== 'personal' || (await onlyTeam(where, deps)) !== undefined
}

/** What a form asks about the team. */
export async function teamChoice({ who, place }: Where, team: string | undefined, deps: ChatDeps): Promise<TeamChoice> {
  const { assessments } = deps.assessments.store
  if (team !== undefined) {
    const known = await assessments.team(who.tenant, team)
    if (known === undefined) throw new UserError('That team is no longer there. Start an assessment for another one.')
    await assertMayJoin({ who, place }, known, deps)
    return { kind: 'known', team: known }
  }
  if (place.kind === 'personal') return { kind: 'own', teams: await assessments.teamsOf(who.tenant, who.person) }
  const own = await teamOfPlace(who.tenant, place, deps)
  return { kind: 'place', name: own?.name ?? (await deps.directory(who.tenant).placeName(who.tenant, place.id)) ?? 'this channel’s team' }
}

async function onlyTeam({ who, place }: Where, { assessments }: ChatDeps): Promise<Team | undefined> {
  if (place.kind !== 'personal') return undefined
  const [only, another] = await assessments.store.assessments.teamsOf(who.tenant, who.person)
  return another === undefined ? only : undefined
}
