/** What people are called. Their ids never leave the server. */
import type { AssessmentStore } from '../../assessments/assessment-store.ts'
import type { TenantId } from '../../assessments/records.ts'
import type { NameOf } from './figures-view.ts'

const GONE = 'Somebody who has left'

/** @param others who may be named besides the members */
export async function namesIn(store: AssessmentStore, tenant: TenantId, team: string, others: readonly string[]): Promise<NameOf> {
  const members = await store.members(tenant, team)
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const missing = [...new Set(others)].filter((person) => !names.has(person))
  for (const person of await Promise.all(missing.map((each) => store.person(tenant, each)))) if (person !== undefined) names.set(person.id, person.name)
  return (person) => names.get(person) ?? GONE
}
