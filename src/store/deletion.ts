/** Deletion that leaves nothing behind: the tables cascade, what has no reference is looked for, and the file is cleaned afterwards. */
import type { Kysely } from 'kysely'
import type { AssessmentStore } from '../assessments/assessment-store.ts'
import { REMOVED_PERSON } from '../assessments/records.ts'
import { type Database, write } from './database.ts'
import { removeDigestsOfPerson, removeDigestsOfTeam } from './digests.ts'
import type { Schema } from './schema.ts'

export function deletion(database: Database): Pick<AssessmentStore, 'deletePerson' | 'deleteTeam'> {
  return {
    async deletePerson(tenant, person) {
      await write(database, async (transaction) => {
        await removeCardsOfRuns(transaction, tenant, 'person', person)
        await transaction.deleteFrom('asked').where('tenant', '=', tenant).where('person', '=', person).execute()
        await transaction.deleteFrom('votes').where('tenant', '=', tenant).where('person', '=', person).execute()
        await removeSettings(transaction, tenant, 'person', person)
        await transaction.deleteFrom('conversations').where('tenant', '=', tenant).where('person', '=', person).execute()
        await transaction.deleteFrom('contacts').where('tenant', '=', tenant).where('person', '=', person).execute()
        await removeDigestsOfPerson(transaction, tenant, person, REMOVED_PERSON)
        await transaction.deleteFrom('sign_ins').where('tenant', '=', tenant).where('person', '=', person).execute()
        await transaction.deleteFrom('persons').where('tenant', '=', tenant).where('id', '=', person).execute()
        await transaction.updateTable('rounds').set({ started_by: REMOVED_PERSON }).where('tenant', '=', tenant).where('started_by', '=', person).execute()
        await transaction.updateTable('targets').set({ set_by: REMOVED_PERSON }).where('tenant', '=', tenant).where('set_by', '=', person).execute()
        // Whoever has read an action with the name in it must not write it back.
        await transaction
          .updateTable('actions')
          .set((eb) => ({
            owner: eb.case().when('owner', '=', person).then(null).else(eb.ref('owner')).end(),
            created_by: eb.case().when('created_by', '=', person).then(REMOVED_PERSON).else(eb.ref('created_by')).end(),
            version: eb('version', '+', 1),
          }))
          .where('tenant', '=', tenant)
          .where((eb) => eb.or([eb('owner', '=', person), eb('created_by', '=', person)]))
          .execute()
      })
      await database.purge()
    },

    async deleteTeam(tenant, team) {
      await write(database, async (transaction) => {
        await removeCardsOfRuns(transaction, tenant, 'team', team)
        await transaction
          .deleteFrom('cards')
          .where('tenant', '=', tenant)
          .where('kind', '=', 'round')
          .where('id', 'in', (eb) => eb.selectFrom('rounds').select('id').where('tenant', '=', tenant).where('team', '=', team))
          .execute()
        await removeSettings(transaction, tenant, 'team', team)
        await removeDigestsOfTeam(transaction, tenant, team)
        await transaction.deleteFrom('teams').where('tenant', '=', tenant).where('id', '=', team).execute()
      })
      await database.purge()
    },
  }
}

/** Before the runs themselves go. */
async function removeCardsOfRuns(db: Kysely<Schema>, tenant: string, of: 'person' | 'team', id: string): Promise<void> {
  await db
    .deleteFrom('cards')
    .where('tenant', '=', tenant)
    .where('kind', '=', 'run')
    .where('id', 'in', (eb) => eb.selectFrom('runs').select('id').where('tenant', '=', tenant).where(of, '=', id))
    .execute()
}

async function removeSettings(db: Kysely<Schema>, tenant: string, kind: 'team' | 'person', owner: string): Promise<void> {
  await db.deleteFrom('settings').where('tenant', '=', tenant).where('kind', '=', kind).where('owner', '=', owner).execute()
}
