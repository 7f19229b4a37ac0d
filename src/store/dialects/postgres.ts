/** PostgreSQL, for several processes on one database: the one file that knows how it differs. */
import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { codeOf, messageOf, UserError } from '../../shared/errors.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import type { ColumnTypes, Migration } from '../migrations/migrations.ts'
import type { Schema } from '../schema.ts'

const CONNECTIONS = 10
const CONNECT_LIMIT_MS = 10_000
/** `bigint` and `numeric`, which `count` and `sum` give; ours stay far below 2^53. */
const NUMBERS: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]

const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'
const TABLE_EXISTS = '42P07'

const TYPES: ColumnTypes = { text: sql`text collate "C"`, sortedByKey: (table) => table }

/** By the code of PostgreSQL or of the system: what to do about it. */
const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no server listens there: start it, or correct host and port in DATABASE_URL',
  ECONNRESET: 'the server closed the connection: look into its log',
  ENOTFOUND: 'there is no such host: correct it in DATABASE_URL',
  EAI_AGAIN: 'the name of the host could not be looked up: check the network, or correct it in DATABASE_URL',
  ETIMEDOUT: 'the host does not answer: check the network, or correct host and port in DATABASE_URL',
  '28P01': 'it refused the password: correct user and password in DATABASE_URL',
  '28000': 'it refused the user: correct user and password in DATABASE_URL',
  '3D000': 'it has no such database: create it, or correct its name in DATABASE_URL',
  '42501': 'the user may not make tables there: grant CREATE on the schema, or name another user in DATABASE_URL',
  '53300': 'it has no connection left: raise max_connections, or stop what uses them',
  [TABLE_EXISTS]: 'it holds tables of another program: give Cairn a database of its own in DATABASE_URL',
}

export interface PostgresOptions {
  readonly migrations: Readonly<Record<string, Migration>>
  onNotice(notice: string): void
}

/** @throws UserError that never holds the password */
export async function openPostgres(url: string, { migrations, onNotice }: PostgresOptions): Promise<Database> {
  const name = nameOf(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    keepAlive: true,
    application_name: 'cairn',
    types: { getTypeParser: (type, format) => (NUMBERS.includes(type) && format !== 'binary' ? Number : pg.types.getTypeParser(type, format as 'text')) },
  })
  // A connection that breaks while nobody uses it would otherwise end the process; the next use opens another.
  pool.on('error', (error) => onNotice(`${name}: a connection broke (${codeOf(error) ?? messageOf(error)})`))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool, onCreateConnection: (connection) => connection.executeQuery(DURABLE).then(() => {}) }) })
  try {
    await migrate({ db, types: TYPES, migrations, name })
  } catch (error) {
    await db.destroy()
    throw error instanceof UserError ? error : cannotOpen(name, error)
  }
  return {
    db,
    locksRows: true,
    brokenRuleOf(error) {
      const code = codeOf(error)
      if (code === UNIQUE_VIOLATION) return 'taken'
      return code === FOREIGN_KEY_VIOLATION ? 'missing' : undefined
    },
    changeSoon: (change) =>
      db.transaction().execute(async (transaction) => {
        await sql`set local synchronous_commit = off`.execute(transaction)
        return change(transaction)
      }),
    // The server's vacuum does it.
    purge: async () => {},
    backup: async () => {
      throw new UserError(`${name} is backed up with PostgreSQL's own tool: pg_dump --format=custom --file=cairn.dump "$DATABASE_URL"`)
    },
    close: () => db.destroy(),
  }
}

/** A server may be set to acknowledge a commit before it is on disk. */
const DURABLE = CompiledQuery.raw(`select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`)

function nameOf(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `the database ${decodeURIComponent(pathname.slice(1)) || '(default)'} on ${host || 'localhost'}`
  } catch {
    // The error of the parser would hold the whole address.
    throw new UserError('DATABASE_URL is not an address: write postgres://user:password@host:5432/database, with %40 for an @ in the password')
  }
}

function cannotOpen(name: string, error: unknown): UserError {
  const code = codeOf(error)
  const advice = code === undefined ? undefined : ADVICE[code]
  if (advice !== undefined) return new UserError(`${name} can't be opened: ${advice}`)
  const timedOut = /timeout/i.test(messageOf(error)) ? ADVICE.ETIMEDOUT : undefined
  return new UserError(`${name} can't be opened: ${timedOut ?? `${firstLine(messageOf(error))}; check DATABASE_URL`}`)
}

const firstLine = (text: string) => text.split('\n')[0] ?? ''
