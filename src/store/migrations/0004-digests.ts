/**
 * Digests: what is told about which teams, where and when. A team takes its digests with it. Who made one and whom it is sent to is no
 * reference: there deletion looks for them.
 */
import { type CreateTableBuilder, sql } from 'kysely'
import type { Migration } from './migrations.ts'

export const digests: Migration = async (db, { text, sortedByKey }) => {
  const ID = ['tenant', 'id'] as never[]
  const table = (name: string, key: string[]) => db.schema.createTable(name).addPrimaryKeyConstraint(`${name}_key`, key as never[])

  await table('digests', ['tenant', 'id'])
    .$call(texts('tenant', 'id', 'kind', 'to_kind', 'to_id', 'schedule', 'created_by', 'created_at', 'dealt_with_until'))
    .addColumn('model', text)
    .addColumn('send_when_empty', 'integer', (column) => column.notNull())
    .addColumn('paused_at', text)
    .addColumn('paused_why', text)
    .addColumn('told_until', text)
    .addColumn('next_at', text, (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute()
  await index('digests', 'maker', ['tenant', 'created_by', 'created_at'])
  await index('digests', 'address', ['tenant', 'to_kind', 'to_id'])
  // Asked of all tenants at once: which are due.
  await db.schema.createIndex('digests_by_next').on('digests').columns(['next_at']).where(sql.ref('paused_at'), 'is', null).execute()

  await sortedByKey(table('digest_teams', ['tenant', 'digest', 'team']))
    .$call(texts('tenant', 'digest', 'team'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addForeignKeyConstraint('digest_teams_digest', ['tenant', 'digest'] as never[], 'digests', ID, (constraint) => constraint.onDelete('cascade'))
    .addForeignKeyConstraint('digest_teams_team', ['tenant', 'team'] as never[], 'teams', ID, (constraint) => constraint.onDelete('cascade'))
    .execute()
  await index('digest_teams', 'team', ['tenant', 'team'])

  /** Columns that are never empty. */
  function texts(...names: string[]) {
    return <Columns extends string>(builder: CreateTableBuilder<never, Columns>) =>
      names.reduce((made, name) => made.addColumn(name, text, (column) => column.notNull()) as typeof made, builder)
  }

  async function index(name: string, by: string, columns: string[]) {
    await db.schema.createIndex(`${name}_by_${by}`).on(name).columns(columns).execute()
  }
}
