/** For which team somebody answers. Who answers for a team belongs to it from then on, so it has to be one that is open to them. */
import type { Team } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { mayRead } from '../teams/access.ts'
import { joinTeam, ownTeamByName, ownTeamOfPlace, teamOfPlace } from '../teams/team-of-place.ts'
import { LONGEST_TEAM_NAME, type TeamChoice } from './choose-form.ts'

type Where = Pick<Exchange, 'who' | 'place'>

/** @throws UserError when there is none, or it is closed to them */
export async function teamById(where: Where, id: string, deps: ChatDeps): Promise<Team> {
  const team = await deps.assessments.store.assessments.team(where.who.tenant, id)
  if (team === undefined) throw new UserError('That team is no longer there. Start an assessment for another one.')
  await assertOpenTo(where, team, deps)
  await joinTeam(where.who, team, deps)
  return team
}

/** One that is there is joined, a new one is made. @throws UserError when it is closed to them */
export async function teamByName(where: Where, name: string, deps: ChatDeps): Promise<Team> {
  if (name.length > LONGEST_TEAM_NAME) throw new UserError(`A team’s name has at most ${LONGEST_TEAM_NAME} characters. Use a shorter one.`)
  // What a platform writes for a channel or a person names nobody.
  if (/[<>]/.test(name)) throw new UserError('Write the team’s name as plain words, or start the assessment in its channel.')
  const known = await knownByName(where.who.tenant, name, deps)
  if (known !== undefined) await assertOpenTo(where, known, deps)
  return ownTeamByName(where, known?.name ?? name, deps)
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
    await assertOpenTo({ who, place }, known, deps)
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

/** A channel's team is called like the channel: "#payments" and "payments" mean the same. */
async function knownByName(tenant: string, name: string, { assessments }: ChatDeps): Promise<Team | undefined> {
  const records = assessments.store.assessments
  return (await records.teamByName(tenant, name)) ?? (await records.teamByName(tenant, name.startsWith('#') ? name.slice(1) : `#${name}`))
}

/** Joining a team opens its results: only who may see them anyway can do it by themselves. */
async function assertOpenTo({ who, place }: Where, team: Team, deps: ChatDeps): Promise<void> {
  if ((await teamOfPlace(who.tenant, place, deps))?.id === team.id || (await mayRead(who, team, deps))) return
  throw new UserError(
    `There is a team “${team.name}” already, and you are not in it. Start in its channel, ask one of its members for a round, or use another name.`,
  )
}
