/** Brings a database to the newest schema, all missing migrations in one transaction. */
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { UserError } from '../shared/errors.ts'
import type { ColumnTypes, Migration } from './migrations/migrations.ts'
import type { Schema } from './schema.ts'

const TABLE = 'cairn_migrations'

export interface MigrationHost {
  readonly db: Kysely<Schema>
  readonly types: ColumnTypes
  readonly migrations: Readonly<Record<string, Migration>>
  /** How messages call the database. */
  readonly name: string
  /** Inside the transaction, before the first change of a database that is not new. */
  beforeChange?(migration: string): Promise<void>
  /** Inside the transaction, after each migration: how many there are now. */
  afterEach?(transaction: Kysely<Schema>, count: number): Promise<void>
}

/**
 * Several processes may do this at once.
 * @returns whether anything was changed
 * @throws UserError when the database was written by a newer program
 */
export async function migrate({ db, types, migrations, name, beforeChange, afterEach }: MigrationHost): Promise<boolean> {
  const known = Object.keys(migrations).sort()
  const done = await migrationsDone(db)
  if (done.some((migration) => !known.includes(migration))) throw newerSchema(name)
  if (done.length === known.length) return false

  const steps = known.map((migration, i) => ({
    [migration]: {
      async up(transaction: Kysely<Schema>) {
        if (i > 0 && i === done.length) await beforeChange?.(migration)
        await (migrations[migration] as Migration)(transaction, types)
        await afterEach?.(transaction, i + 1)
      },
    },
  }))
  const provider = { getMigrations: async () => Object.assign({}, ...steps) }
  const { error } = await new Migrator({ db, provider, migrationTableName: TABLE, migrationLockTableName: `${TABLE}_lock` }).migrateToLatest()
  if (error !== undefined) throw error
  return true
}

export function newerSchema(name: string): UserError {
  return new UserError(`${name} was written by a newer version of Cairn and was left as it is: update this one, or set DATABASE_URL to another database`)
}

async function migrationsDone(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === TABLE)) return []
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)} order by name`.execute(db)
  return rows.map((row) => row.name)
}
