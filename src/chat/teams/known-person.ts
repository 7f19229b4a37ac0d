/** Somebody who speaks to the bot becomes known under the name and zone that the platform has of them. */
import type { Person } from '../../assessments/records.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'

export async function knownPerson({ tenant, person: id }: Who, { directory, assessments }: Pick<ChatDeps, 'directory' | 'assessments'>): Promise<Person> {
  const { assessments: records } = assessments.store
  const [found, before] = await Promise.all([directory(tenant).person(tenant, id), records.person(tenant, id)])
  const timezone = found?.timezone ?? before?.timezone
  const person: Person = { id, name: found?.name ?? before?.name ?? id, ...(timezone === undefined ? {} : { timezone }) }
  if (before?.name !== person.name || before.timezone !== person.timezone) await records.savePerson(tenant, person)
  return person
}
