/** The zone that somebody's day is in: what a time means that they name, and when they work. */
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'

export async function zoneOf({ tenant, person }: Who, { directory, assessments }: Pick<ChatDeps, 'directory' | 'assessments'>): Promise<string> {
  const known = (await directory(tenant).person(tenant, person))?.timezone
  return known ?? (await assessments.store.assessments.person(tenant, person))?.timezone ?? 'UTC'
}
