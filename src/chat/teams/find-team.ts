/** Which team is meant, and whether the person may see it: to whom a team is closed, it is not there. */
import type { Team } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import { mayChange, mayRead, type TeamDeps } from './access.ts'
import { teamCalled } from './team-by-name.ts'
import { teamOfPlace } from './team-of-place.ts'

/** As Slack writes a channel that was typed: `<#C123|payments>`. */
const CHANNEL = /^<#(?<id>[^|>]+)(?:\|[^>]*)?>$/
const QUOTED = /^["“”'‘’](?<name>.+)["“”'‘’]$/

/** "for the payments team" */
const AROUND = /^(?:(?:of|for)\s+)?(?:the\s+)?|\s+team$/gi

/** The same for a team that isn't there: otherwise its name could be found out by trying. */
const CLOSED = 'There is no such team, or its results are for its members only: ask one of them, or an administrator.'
const FOR_MEMBERS = 'Only the people of the team, or an administrator, can change this: ask one of them.'

/** @throws UserError when it isn't there or isn't for them */
export async function teamToRead(who: Who, id: string, deps: TeamDeps): Promise<Team> {
  const team = await deps.assessments.store.assessments.team(who.tenant, id)
  if (team === undefined || !(await mayRead(who, team, deps))) throw new UserError(CLOSED)
  return team
}

/** @throws UserError when it isn't there, isn't for them, or they may only see it */
export async function teamToChange(who: Who, id: string, deps: TeamDeps): Promise<Team> {
  const team = await teamToRead(who, id, deps)
  if (!(await mayChange(who, team, deps))) throw new UserError(FOR_MEMBERS)
  return team
}

/**
 * The team that was named, else that of the channel, else the person's only one.
 * @returns several for who is in several, none for who is in none
 * @throws UserError when the one that is meant isn't there or isn't for them
 */
export async function teamsMeant({ who, place }: Pick<Exchange, 'who' | 'place'>, typed: string, deps: TeamDeps): Promise<Team[]> {
  const { tenant } = who
  if (typed !== '') {
    const named = await teamNamed(tenant, typed, deps)
    if (named === undefined || !(await mayRead(who, named, deps))) throw new UserError(await notThere(who, deps))
    return [named]
  }
  const here = await teamOfPlace(tenant, place, deps)
  return here === undefined ? deps.assessments.store.assessments.teamsOf(tenant, who.person) : [await teamToRead(who, here.id, deps)]
}

/** "payments", "#payments", "the payments team" and the channel itself mean the same team. */
async function teamNamed(tenant: string, typed: string, deps: TeamDeps): Promise<Team | undefined> {
  const channel = CHANNEL.exec(typed)?.groups?.id
  if (channel !== undefined) return teamOfPlace(tenant, { id: channel, kind: 'channel' }, deps)
  const name = (QUOTED.exec(typed)?.groups?.name ?? typed).trim()
  const alone = name.replace(AROUND, '')
  return (await teamCalled(tenant, name, deps)) ?? teamCalled(tenant, alone, deps)
}

const MOST_NAMED = 10

async function notThere({ tenant, person }: Who, { assessments }: TeamDeps): Promise<string> {
  const own = await assessments.store.assessments.teamsOf(tenant, person)
  if (own.length === 0) return CLOSED
  const names = own.slice(0, MOST_NAMED).map(({ name }) => `“${name}”`)
  return `${CLOSED} You are in ${names.join(', ')}${own.length > MOST_NAMED ? ` and ${own.length - MOST_NAMED} more` : ''}.`
}
