/**
 * What chats need: conversations, channels, messages that change, settings, and that nothing is handled or sent twice.
 * Whoever asks or votes in a chat need not be a known person, and a card shows a run or a round: there deletion looks for them, not a reference.
 */
import { type CreateTableBuilder, sql } from 'kysely'
import type { Migration } from './migrations.ts'

export const chats: Migration = async (db, { text, sortedByKey }) => {
  const table = (name: string, key: string[]) => db.schema.createTable(name).addPrimaryKeyConstraint(`${name}_key`, key as never[])
  /** For short rows only: long ones make the tree above them deep. */
  const sortedTable = (name: string, key: string[]) => sortedByKey(table(name, key))

  await table('asked', ['tenant', 'id'])
    .$call(texts('tenant', 'id', 'person', 'place', 'thread', 'at', 'question', 'outcome', 'answer'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .execute()
  await index('asked', 'thread', ['tenant', 'thread', 'at', 'position'])
  await index('asked', 'person', ['tenant', 'person'])
  await index('asked', 'time', ['tenant', 'at'])
  await index('asked', 'age', ['at'])

  await sortedTable('votes', ['tenant', 'answer', 'person'])
    .$call(texts('tenant', 'answer', 'person', 'vote', 'at'))
    .addColumn('comment', text)
    .addForeignKeyConstraint('votes_answer', ['tenant', 'answer'] as never[], 'asked', ['tenant', 'id'], (constraint) => constraint.onDelete('cascade'))
    .execute()
  await index('votes', 'person', ['tenant', 'person'])
  await index('votes', 'time', ['tenant', 'at'])

  await sortedTable('places', ['tenant', 'place'])
    .$call(texts('tenant', 'place', 'team'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addForeignKeyConstraint('places_team', ['tenant', 'team'] as never[], 'teams', ['tenant', 'id'], (constraint) => constraint.onDelete('cascade'))
    .execute()
  await index('places', 'team', ['tenant', 'team', 'position'])

  await sortedTable('cards', ['tenant', 'kind', 'id'])
    .$call(texts('tenant', 'kind', 'id', 'place', 'message', 'at'))
    .addColumn('thread', text)
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('settled', 'integer', (column) => column.notNull())
    .execute()
  await index('cards', 'place', ['tenant', 'place', 'kind', 'at', 'position'])
  // Asked of all tenants at once.
  await index('cards', 'state', ['settled', 'kind', 'at'])

  await sortedTable('settings', ['tenant', 'kind', 'owner', 'name'])
    .$call(texts('tenant', 'kind', 'owner', 'name', 'value'))
    .execute()

  await sortedTable('deliveries', ['tenant', 'key'])
    .$call(texts('tenant', 'key', 'state', 'first_at', 'claimed_until'))
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('message', text)
    .execute()
  await index('deliveries', 'age', ['first_at'])

  await table('inbox', ['platform', 'key'])
    .$call(texts('platform', 'key', 'received_at', 'until'))
    .addColumn('body', text)
    .addColumn('taken_by', text)
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .execute()
  // Only of what is not dealt with, which is next to nothing: what is received and settled costs little here.
  await db.schema.createIndex('inbox_by_state').on('inbox').columns(['platform', 'until']).where(sql.ref('body'), 'is not', null).execute()
  await index('inbox', 'age', ['received_at'])

  await table('installations', ['platform', 'id'])
    .$call(texts('platform', 'id', 'sealed', 'at'))
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
