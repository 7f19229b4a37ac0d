/**
 * Where the bot may speak on its own account, and whom: Teams tells it with what is sent from there. Whoever is written to need not be a known
 * person: there deletion looks for them, not a reference.
 */
import type { CreateTableBuilder } from 'kysely'
import type { Migration } from './migrations.ts'

export const teamsConversations: Migration = async (db, { text, sortedByKey }) => {
  const sortedTable = (name: string, key: string[]) => sortedByKey(db.schema.createTable(name).addPrimaryKeyConstraint(`${name}_key`, key as never[]))

  await sortedTable('conversations', ['tenant', 'place'])
    .$call(texts('tenant', 'place', 'kind', 'service_url', 'bot', 'at'))
    .addColumn('person', text)
    .addColumn('team', text)
    .execute()
  await index('conversations', 'person', ['tenant', 'person'])
  await index('conversations', 'team', ['tenant', 'team'])
  await index('conversations', 'time', ['tenant', 'at'])

  await sortedTable('contacts', ['tenant', 'person'])
    .$call(texts('tenant', 'person', 'account'))
    .addColumn('name', text)
    .addColumn('timezone', text)
    .execute()

  /** Columns that are never empty. */
  function texts(...names: string[]) {
    return <Columns extends string>(builder: CreateTableBuilder<never, Columns>) =>
      names.reduce((made, name) => made.addColumn(name, text, (column) => column.notNull()) as typeof made, builder)
  }

  async function index(name: string, by: string, columns: string[]) {
    await db.schema.createIndex(`${name}_by_${by}`).on(name).columns(columns).execute()
  }
}
