/** Who of a chat may use the web page as themselves. A browser says a secret and nothing else, so its hash is the key; whose it is stands beside it. */
import type { Migration } from './migrations.ts'

export const signIns: Migration = async (db, { text, sortedByKey }) => {
  const columns = ['hash', 'kind', 'tenant', 'person', 'until']
  const table = db.schema.createTable('sign_ins').addPrimaryKeyConstraint('sign_ins_key', ['hash'] as never[])
  await columns.reduce((made, name) => made.addColumn(name, text, (column) => column.notNull()) as typeof made, sortedByKey(table)).execute()
  await db.schema.createIndex('sign_ins_by_person').on('sign_ins').columns(['tenant', 'person']).execute()
  await db.schema.createIndex('sign_ins_by_end').on('sign_ins').columns(['until']).execute()
}
