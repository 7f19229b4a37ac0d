/** All migrations, in the order of their numbers. One that has been released is never changed: what is wrong in it, a later one mends. */
import type { CreateTableBuilder, Kysely, RawBuilder } from 'kysely'
import { assessments } from './0001-assessments.ts'
import { chats } from './0002-chats.ts'
import { teamsConversations } from './0003-teams-conversations.ts'
import { digests } from './0004-digests.ts'
import { signIns } from './0005-sign-ins.ts'
import { dueActions } from './0006-due-actions.ts'

/** What a migration has to say differently on each dialect. */
export interface ColumnTypes {
  /** Text that compares and sorts by its bytes. */
  readonly text: 'text' | RawBuilder<unknown>
  /** Keeps the rows of a table in the order of its key, where the dialect can. */
  // biome-ignore lint/suspicious/noExplicitAny: the columns of a table that is being made have no type yet
  sortedByKey<Columns extends string>(table: CreateTableBuilder<any, Columns>): CreateTableBuilder<any, Columns>
}

/** A migration goes forward only, and does not use `schema.ts`, which describes the newest tables. */
// biome-ignore lint/suspicious/noExplicitAny: a migration works on the tables as they are before and after it
export type Migration = (db: Kysely<any>, types: ColumnTypes) => Promise<void>

/** Later features bring their own tables in migrations of their own, each key beginning with the tenant. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-assessments': assessments,
  '0002-chats': chats,
  '0003-teams-conversations': teamsConversations,
  '0004-digests': digests,
  '0005-sign-ins': signIns,
  '0006-due-actions': dueActions,
}
