/** Who is to be reminded of their actions is asked of all tenants at once and often: only of what is open, and without reading the actions themselves. */
import { sql } from 'kysely'
import type { Migration } from './migrations.ts'

export const dueActions: Migration = async (db) => {
  await db.schema
    .createIndex('actions_by_due')
    .on('actions')
    .columns(['due', 'tenant', 'owner'])
    .where(sql.ref('done_at'), 'is', null)
    .where(sql.ref('owner'), 'is not', null)
    .execute()
}
