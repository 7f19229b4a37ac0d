/** A team by what people call it. Whoever answers for a team belongs to it and sees its results, so it has to be one that is open to them. */
import type { Team } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { mayRead, type TeamDeps } from './access.ts'
import { createTeam, joinTeam, type OwnTeamDeps, teamOfPlace } from './team-of-place.ts'

type Where = Pick<Exchange, 'who' | 'place'>

export const LONGEST_TEAM_NAME = 80

/** A channel's team is called like the channel: "#payments" and "payments" mean the same. */
export async function teamCalled(tenant: string, name: string, { assessments }: Pick<ChatDeps, 'assessments'>): Promise<Team | undefined> {
  const records = assessments.store.assessments
  return (await records.teamByName(tenant, name)) ?? (await records.teamByName(tenant, name.startsWith('#') ? name.slice(1) : `#${name}`))
}

/**
 * The team of this name, made when there is none yet, with the person in it; a channel where it is named speaks for it if it spoke for none.
 * @throws UserError when it is closed to them, or is no name
 */
export async function ownTeamByName(where: Where, name: string, deps: OwnTeamDeps): Promise<Team> {
  const { who, place } = where
  const { tenant } = who
  if (name.length > LONGEST_TEAM_NAME) throw new UserError(`A team’s name has at most ${LONGEST_TEAM_NAME} characters. Use a shorter one.`)
  // What a platform writes for a channel or a person names nobody.
  if (/[<>]/.test(name)) throw new UserError('Write the team’s name as plain words, or start the assessment in its channel.')
  const known = await teamCalled(tenant, name, deps)
  if (known !== undefined) await assertMayJoin(where, known, deps)
  const team = known ?? (await createTeam(tenant, name, deps))
  if (place.kind !== 'personal' && (await deps.store.teamOfPlace(tenant, place.id)) === undefined) await deps.store.linkPlace(tenant, place.id, team.id)
  await joinTeam(who, team, deps)
  return team
}

/** Joining a team opens its results: only who may see them anyway can do it by themselves. @throws UserError */
export async function assertMayJoin({ who, place }: Where, team: Team, deps: TeamDeps): Promise<void> {
  if ((await teamOfPlace(who.tenant, place, deps))?.id === team.id || (await mayRead(who, team, deps))) return
  throw new UserError(
    `There is a team “${team.name}” already, and you are not in it. Start in its channel, ask one of its members for a round, or use another name.`,
  )
}
