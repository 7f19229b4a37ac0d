/** An open database as the repositories see it: what differs by dialect is behind this, in `dialects/`. */
import type { Kysely, Transaction } from 'kysely'
import { StaleRecordError } from '../assessments/assessment-store.ts'
import type { Schema } from './schema.ts'

export interface Database {
  readonly db: Kysely<Schema>
  /** Whether two transactions can write at once, so that a row that is read to be changed has to be locked. */
  readonly locksRows: boolean
  /** Whether a failed statement met a key that is taken, or named a record that does not exist. */
  brokenRuleOf(error: unknown): 'taken' | 'missing' | undefined
  /** A transaction that is on disk a moment after it returns: the end of the process loses nothing of it, a power cut may. */
  changeSoon<T>(change: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>
  /** After a deletion: removes its traces from the file. */
  purge(): Promise<void>
  /** @throws UserError when the dialect has its own tool for it, or the file exists */
  backup(path: string): Promise<void>
  close(): Promise<void>
}

/**
 * All writing goes through here: one transaction that holds the one write lock of SQLite, so it must not wait for anything but the database.
 * @throws StaleRecordError when a key is taken, or what a record belongs to is no longer there
 */
export async function write<T>(database: Database, change: (transaction: Transaction<Schema>) => Promise<T>): Promise<T> {
  return obeying(database, () => database.db.transaction().execute(change))
}

/**
 * For what would only be done again if a power cut lost it, and is written often: it costs a fraction of `write`, which waits for the disk.
 * @throws StaleRecordError as `write` does
 */
export async function writeSoon<T>(database: Database, change: (transaction: Transaction<Schema>) => Promise<T>): Promise<T> {
  return obeying(database, () => database.changeSoon(change))
}

async function obeying<T>({ brokenRuleOf }: Database, change: () => Promise<T>): Promise<T> {
  try {
    return await change()
  } catch (error) {
    const rule = brokenRuleOf(error)
    if (rule === undefined) throw error
    throw new StaleRecordError(rule === 'taken' ? 'there is such a record already' : 'what the record belongs to is not there', { cause: error })
  }
}

/** PostgreSQL's text can't hold this character, and nobody means it. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '')
}
