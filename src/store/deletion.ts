/** Deletion that leaves nothing behind: the tables cascade, and the file is cleaned afterwards. */
import type { AssessmentStore } from '../assessments/assessment-store.ts'
import { REMOVED_PERSON } from '../assessments/records.ts'
import { type Database, write } from './database.ts'

export function deletion(database: Database): Pick<AssessmentStore, 'deletePerson' | 'deleteTeam'> {
  return {
    async deletePerson(tenant, person) {
      await write(database, async (transaction) => {
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
      await write(database, (transaction) => transaction.deleteFrom('teams').where('tenant', '=', tenant).where('id', '=', team).execute())
      await database.purge()
    },
  }
}
