/**
 * The first tables. Each key begins with the tenant, and so does each reference: a record can't belong to another tenant's.
 * What belongs to a team or a person goes with it. Who started, set or owns something is no reference: it stays when they go.
 */
import type { CreateTableBuilder } from 'kysely'
import type { Migration } from './migrations.ts'

const ID = ['tenant', 'id']

export const assessments: Migration = async (db, { text, sortedByKey }) => {
  const table = (name: string, key: string[]) => db.schema.createTable(name).addPrimaryKeyConstraint(`${name}_key`, key as never[])
  /** For short rows only: long ones make the tree above them deep. */
  const sortedTable = (name: string, key: string[]) => sortedByKey(table(name, key))

  await sortedTable('persons', ID)
    .$call(texts('tenant', 'id', 'name'))
    .addColumn('timezone', text)
    .execute()

  // Sorted by name, as they are listed.
  await sortedTable('teams', ['tenant', 'name_key'])
    .$call(texts('tenant', 'id', 'name', 'name_key', 'created_at'))
    .addUniqueConstraint('teams_id', ID as never[])
    .execute()

  await sortedTable('members', ['tenant', 'team', 'person'])
    .$call(texts('tenant', 'team', 'person'))
    .$call(belongsTo('members', 'team', 'teams'))
    .$call(belongsTo('members', 'person', 'persons'))
    .execute()
  await index('members', 'person')

  await table('rounds', ID)
    .$call(texts('tenant', 'id', 'team', 'name', 'scope', 'started_by', 'started_at', 'deadline', 'state'))
    .addColumn('confidential', 'integer', (column) => column.notNull())
    .addColumn('shown_from', 'integer', (column) => column.notNull())
    .addColumn('closed_at', text)
    .addColumn('closed_by', text)
    .addColumn('revote', text)
    .$call(belongsTo('rounds', 'team', 'teams'))
    .execute()
  await index('rounds', 'team', 'started_at')
  // The one question that is asked of all tenants at once: which deadlines have passed.
  await db.schema.createIndex('rounds_deadline').on('rounds').columns(['state', 'deadline']).execute()

  await sortedTable('invitations', ['tenant', 'round', 'person'])
    .$call(texts('tenant', 'round', 'person'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .$call(belongsTo('invitations', 'round', 'rounds'))
    .$call(belongsTo('invitations', 'person', 'persons'))
    .execute()
  await index('invitations', 'person')

  await table('runs', ID)
    .$call(texts('tenant', 'id', 'person', 'team', 'model', 'scope', 'state', 'model_version', 'started_at', 'updated_at'))
    .addColumn('round', text)
    .addColumn('current', text)
    .addColumn('pending', text)
    .addColumn('finished_at', text)
    .addColumn('version', 'integer', (column) => column.notNull())
    .$call(belongsTo('runs', 'person', 'persons'))
    .$call(belongsTo('runs', 'team', 'teams'))
    .$call(belongsTo('runs', 'round', 'rounds'))
    .execute()
  await index('runs', 'person', 'started_at')
  await index('runs', 'round')
  await index('runs', 'team', 'state', 'finished_at')

  // Written at the end of the table, where the other answers of the same sitting are; only the short key is put in order.
  await table('answers', ['tenant', 'run', 'seq'])
    .$call(texts('tenant', 'run', 'question', 'value', 'seen', 'model_version', 'answered_at', 'surface', 'key'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('said', text)
    .addColumn('note', text)
    .$call(belongsTo('answers', 'run', 'runs'))
    .execute()

  await sortedTable('targets', ['tenant', 'team', 'model', 'section'])
    .$call(texts('tenant', 'team', 'model', 'section', 'set_by', 'set_at'))
    .addColumn('level', 'integer', (column) => column.notNull())
    .$call(belongsTo('targets', 'team', 'teams'))
    .execute()

  await table('actions', ID)
    .$call(texts('tenant', 'id', 'team', 'model', 'section', 'passage', 'text', 'created_by', 'created_at'))
    .addColumn('owner', text)
    .addColumn('due', text)
    .addColumn('done_at', text)
    .addColumn('version', 'integer', (column) => column.notNull())
    .$call(belongsTo('actions', 'team', 'teams'))
    .execute()
  await index('actions', 'team')

  await sortedTable('usage', ['tenant', 'day', 'model'])
    .$call(texts('tenant', 'day', 'model'))
    .addColumn('calls', 'bigint', (column) => column.notNull())
    .addColumn('input_tokens', 'bigint', (column) => column.notNull())
    .addColumn('output_tokens', 'bigint', (column) => column.notNull())
    .addColumn('cost', 'double precision', (column) => column.notNull())
    .execute()

  /** Columns that are never empty. */
  function texts(...names: string[]) {
    return <Columns extends string>(builder: CreateTableBuilder<never, Columns>) =>
      names.reduce((made, name) => made.addColumn(name, text, (column) => column.notNull()) as typeof made, builder)
  }

  function belongsTo(child: string, column: string, parent: string) {
    return <Columns extends string>(builder: CreateTableBuilder<never, Columns>) =>
      builder.addForeignKeyConstraint(`${child}_${column}`, ['tenant', column] as never[], parent, ID, (constraint) => constraint.onDelete('cascade'))
  }

  /** Also what a deletion of the parent looks for. */
  async function index(name: string, ...columns: string[]) {
    await db.schema
      .createIndex(`${name}_by_${columns[0]}`)
      .on(name)
      .columns(['tenant', ...columns])
      .execute()
  }
}
