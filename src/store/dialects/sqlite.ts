/** SQLite in one file, for one machine: the one file that knows how it differs. */
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import BetterSqlite3 from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteAdapter, SqliteDialect, SqliteDriver, sql, type TransactionSettings } from 'kysely'
import { codeOf, messageOf, UserError } from '../../shared/errors.ts'
import { makeDirectory } from '../../shared/make-directory.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import type { ColumnTypes, Migration } from '../migrations/migrations.ts'
import type { Schema } from '../schema.ts'
import { APPLICATION_ID, damaged, inspectSqliteFile, isDamage } from './sqlite-file.ts'

export const MEMORY = ':memory:'

/** Others hold the lock for milliseconds, but for a migration or a clean-up of the file. */
const LOCK_LIMIT_MS = 30_000
const LOCK_RETRY_MS = 5
/** For the rare statement that meets a lock outside a transaction; it holds up the event loop. */
const BUSY_TIMEOUT_MS = 5_000
/** 4 MB, copied in a few milliseconds. */
const BACKUP_PAGES_AT_ONCE = 1_000

const TYPES: ColumnTypes = { text: 'text', sortedByKey: (table) => table.modifyEnd(sql`without rowid`) }

export interface SqliteOptions {
  readonly migrations: Readonly<Record<string, Migration>>
  now(): Date
  mustExist: boolean
  onNotice(notice: string): void
}

/** @throws UserError when the file can't be made or is not ours to open; then it is as it was */
export async function openSqlite(path: string, { migrations, now, mustExist, onNotice }: SqliteOptions): Promise<Database> {
  const name = path === MEMORY ? 'the database in memory' : `the database ${path}`
  const file = path === MEMORY ? undefined : await openFile(path, Object.keys(migrations).length, mustExist)
  const connection = file ?? new BetterSqlite3(MEMORY)
  const db = new Kysely<Schema>({ dialect: new ImmediateSqliteDialect(connection) })
  try {
    await whileLocked(name, () => setUp(connection, path))
    const changed = await whileLocked(name, async () => {
      let copy: string | undefined
      try {
        return await migrate({
          db,
          types: TYPES,
          migrations,
          name,
          async beforeChange(migration) {
            if (path === MEMORY) return
            const target = `${path}.before-${migration}-${now().toISOString().slice(0, 19).replaceAll(':', '-')}Z`
            await copyDatabase(path, target)
            copy = target
            onNotice(`${path} gets a newer schema; a copy of it as it was is ${copy}`)
          },
          // Also stands in the head of the file, once the log is written back: an older program sees it there without opening the database.
          afterEach: async (transaction, count) => void (await sql`pragma user_version = ${sql.lit(count)}`.execute(transaction)),
        })
      } catch (error) {
        // Nothing was changed, so the copy says nothing new.
        if (copy !== undefined) await rm(copy, { force: true })
        throw error
      }
    })
    connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
    if (changed) connection.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    await db.destroy()
    throw error instanceof UserError ? error : isDamage(error) ? damaged(path, messageOf(error)) : error
  }
  return {
    db,
    locksRows: false,
    brokenRuleOf(error) {
      const code = codeOf(error)
      if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE') return 'taken'
      return code === 'SQLITE_CONSTRAINT_FOREIGNKEY' ? 'missing' : undefined
    },
    changeSoon: (change) =>
      // Nobody else uses the connection meanwhile.
      db.connection().execute(async (own) => {
        connection.pragma('synchronous = NORMAL')
        try {
          return await own.transaction().execute(change)
        } finally {
          connection.pragma('synchronous = FULL')
        }
      }),
    purge: async () => {
      if (path !== MEMORY) await rewriteFile(path)
    },
    backup: (target) => (path === MEMORY ? backUp(target, (partial) => connection.backup(partial)) : copyDatabase(path, target)),
    async close() {
      connection.pragma('busy_timeout = 0')
      // Refreshes what the query planner knows; not worth waiting for.
      await sql`pragma optimize`.execute(db).catch(() => {})
      await db.destroy()
    },
  }
}

async function openFile(path: string, newest: number, mustExist: boolean): Promise<BetterSqlite3.Database> {
  try {
    const exists = await inspectSqliteFile(path, newest)
    if (!exists && mustExist)
      throw new UserError(`there is no database ${path} yet: start in the directory where Cairn runs, or set DATABASE_URL as it is set there`)
    await makeDirectory(dirname(path))
    // What people have answered is nobody else's business; SQLite gives the files beside it the same mode.
    await (await open(path, 'a', 0o600)).close()
    return new BetterSqlite3(path, { timeout: 0 })
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      `the database ${path} can't be opened (${codeOf(error) ?? messageOf(error)}): set DATABASE_URL to sqlite:FILE with a file that can be written`,
      {
        cause: error,
      },
    )
  }
}

async function setUp(connection: BetterSqlite3.Database, path: string): Promise<void> {
  // The very first write: whoever looks at the head of the file sees that it is ours from the beginning.
  if (connection.pragma('application_id', { simple: true }) !== APPLICATION_ID) connection.pragma(`application_id = ${APPLICATION_ID}`)
  const mode = connection.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal' && path !== MEMORY) {
    throw new UserError(`the database ${path} lies where SQLite can't share it between processes (journal mode ${mode}): move it to a local disk`)
  }
  // An answer is acknowledged when it is on disk, not when it is in some cache.
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  // What is deleted is overwritten.
  connection.pragma('secure_delete = ON')
}

/** The library would wait for a lock without letting anything else run, and two stores of one process would wait for each other. */
async function whileLocked<T>(name: string, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LOCK_LIMIT_MS
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (codeOf(error)?.startsWith('SQLITE_BUSY') !== true) throw error
      if (Date.now() > deadline)
        throw new UserError(`${name} has been locked by another process for ${LOCK_LIMIT_MS / 1000} s: stop that one, then try again`, { cause: error })
      await sleep(LOCK_RETRY_MS)
    }
  }
}

/**
 * A transaction takes the write lock at its beginning, because one that reads first and then writes fails at once if
 * somebody else has written in between; one that only reads takes none. Tables can change inside a transaction.
 */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: BetterSqlite3.Database

  constructor(database: BetterSqlite3.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#database)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: BetterSqlite3.Database

  constructor(database: BetterSqlite3.Database) {
    super({ database })
    this.#database = database
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    if (settings?.accessMode === 'read only') {
      await connection.executeQuery(CompiledQuery.raw('begin'))
      return
    }
    const busyTimeout = this.#database.pragma('busy_timeout', { simple: true })
    this.#database.pragma('busy_timeout = 0')
    try {
      await whileLocked(`the database ${this.#database.name}`, () => connection.executeQuery(CompiledQuery.raw('begin immediate')))
    } finally {
      this.#database.pragma(`busy_timeout = ${busyTimeout}`)
    }
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** A connection of its own, held at one moment: others may write as much as they like. */
function copyDatabase(path: string, target: string): Promise<void> {
  return backUp(target, async (partial) => {
    const source = new BetterSqlite3(path, { readonly: true, timeout: BUSY_TIMEOUT_MS })
    try {
      source.exec('begin')
      source.prepare('select count(*) from sqlite_master').get()
      await source.backup(partial, { progress: () => BACKUP_PAGES_AT_ONCE })
    } finally {
      source.close()
    }
  })
}

/** The name is taken at once and the content is complete when it appears under it; only the owner may read it. */
async function backUp(target: string, copyTo: (partial: string) => Promise<unknown>): Promise<void> {
  const partial = `${target}.partial`
  try {
    await makeDirectory(dirname(target))
    await (await open(target, 'wx', 0o600)).close()
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new UserError(`${target} exists already: name another file, none is overwritten`)
    throw new UserError(`${target} can't be written (${codeOf(error) ?? messageOf(error)}): name another file`, { cause: error })
  }
  try {
    await (await open(partial, 'w', 0o600)).close()
    await copyTo(partial)
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true })
    await rm(target, { force: true })
    throw new UserError(`the copy ${target} could not be made (${messageOf(error)})`, { cause: error })
  }
}

async function rewriteFile(path: string): Promise<void> {
  const worker = new Worker(new URL('./rewrite-worker.ts', import.meta.url), { workerData: { path } })
  try {
    await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`the thread ended with code ${code}`)))
    })
  } catch (error) {
    throw new UserError(`it is deleted, but its traces could not be cleaned from ${path} (${messageOf(error)}): delete it once more to try again`, {
      cause: error,
    })
  }
}
