/** Who acts on a team's actions, with the zone that says which day it is for them. Nothing is written down of who only looks. */
import type { Actor } from '../../assessments/actions.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'

export async function actorOf({ tenant, person }: Who, team: string, { directory }: Pick<ChatDeps, 'directory'>): Promise<Actor & { person: string }> {
  const timezone = (await directory(tenant).person(tenant, person))?.timezone
  return { tenant, team, person, ...(timezone === undefined ? {} : { timezone }) }
}
