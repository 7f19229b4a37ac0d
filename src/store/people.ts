/** Persons, as the platform that they come from knows them. */
import type { AssessmentStore } from '../assessments/assessment-store.ts'
import type { Person } from '../assessments/records.ts'
import { type Database, plainText, write } from './database.ts'
import type { PersonRow } from './schema.ts'

export function peopleRepository(database: Database): Pick<AssessmentStore, 'savePerson' | 'person'> {
  return {
    async savePerson(tenant, person) {
      const { name, timezone } = toPersonRow(tenant, person)
      await write(database, (transaction) =>
        transaction
          .insertInto('persons')
          .values(toPersonRow(tenant, person))
          .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet({ name, timezone }))
          .execute(),
      )
    },

    async person(tenant, id) {
      const row = await database.db.selectFrom('persons').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
      return row && toPerson(row)
    },
  }
}

export function toPersonRow(tenant: string, { id, name, timezone }: Person): PersonRow {
  return { tenant, id, name: plainText(name), timezone: timezone ?? null }
}

export function toPerson({ id, name, timezone }: PersonRow): Person {
  return { id, name, ...(timezone === null ? {} : { timezone }) }
}
