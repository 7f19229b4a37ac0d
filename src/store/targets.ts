/** What levels a team has chosen to reach. */
import type { AssessmentStore } from '../assessments/assessment-store.ts'
import type { Target } from '../assessments/records.ts'
import { type Database, write } from './database.ts'
import type { TargetRow } from './schema.ts'

export function targetRepository(database: Database): Pick<AssessmentStore, 'setTarget' | 'removeTarget' | 'targets'> {
  return {
    async setTarget(tenant, target) {
      const row = toTargetRow(tenant, target)
      await write(database, (transaction) =>
        transaction
          .insertInto('targets')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'team', 'model', 'section']).doUpdateSet({ level: row.level, set_by: row.set_by, set_at: row.set_at }),
          )
          .execute(),
      )
    },

    async removeTarget(tenant, team, model, section) {
      await write(database, (transaction) =>
        transaction
          .deleteFrom('targets')
          .where('tenant', '=', tenant)
          .where('team', '=', team)
          .where('model', '=', model)
          .where('section', '=', section)
          .execute(),
      )
    },

    async targets(tenant, team) {
      const rows = await database.db
        .selectFrom('targets')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('team', '=', team)
        .orderBy('model')
        .orderBy('section')
        .execute()
      return rows.map(({ model, section, level, set_by, set_at }) => ({ team, model, section, level, setBy: set_by, setAt: set_at }))
    },
  }
}

export function toTargetRow(tenant: string, { team, model, section, level, setBy, setAt }: Target): TargetRow {
  return { tenant, team, model, section, level, set_by: setBy, set_at: setAt }
}
