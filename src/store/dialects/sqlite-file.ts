/** Looks at a database file without opening it for writing: one that is not ours, damaged or newer must stay byte for byte as it is. */
import { open, readFile, stat } from 'node:fs/promises'
import BetterSqlite3 from 'better-sqlite3'
import { codeOf, messageOf, UserError } from '../../shared/errors.ts'
import { newerSchema } from '../migrate.ts'

/** "Cair", in the head of every file that Cairn makes. */
export const APPLICATION_ID = 0x43616972

/** Up to this size a file is checked as a whole at each start, which takes up to 0.1 s; a larger one by its head. */
const CHECKED_BYTES = 32 * 1024 * 1024

/** https://www.sqlite.org/fileformat.html, "The Database Header" */
const MAGIC = 'SQLite format 3\0'
const HEAD = { bytes: 100, pageSize: 16, writeVersion: 18, readVersion: 19, pages: 28, schemaVersion: 60, applicationId: 68 }
const ROLLBACK_JOURNAL = 1

interface Findings {
  applicationId: number
  schemaVersion: number
  damage?: string | undefined
}

/**
 * @param newest the highest schema version that this program knows
 * @returns whether there is a database: a file that is absent or empty is a new one
 * @throws UserError when it must not be opened, or the system's error
 */
export async function inspectSqliteFile(path: string, newest: number): Promise<boolean> {
  const size = await sizeOf(path)
  if (size === 0) return false
  const head = await readHead(path)
  if (head.length < HEAD.bytes || head.toString('latin1', 0, MAGIC.length) !== MAGIC) throw foreign(path)

  // What a crashed or running process has written last stands beside the file.
  const found = (await sizeOf(`${path}-wal`)) > 0 ? checkWithLog(path, size) : size > CHECKED_BYTES ? checkHead(head, size) : checkWhole(await readFile(path))
  // Somebody may have begun to write while the file was read.
  const { applicationId, schemaVersion, damage } = found.damage !== undefined && (await sizeOf(`${path}-wal`)) > 0 ? checkWithLog(path, size) : found
  if (damage !== undefined) throw damaged(path, damage)
  if (applicationId !== APPLICATION_ID) throw foreign(path)
  if (schemaVersion > newest) throw newerSchema(`the database ${path}`)
  return true
}

export function damaged(path: string, how: string): UserError {
  return new UserError(
    `the database ${path} is damaged (${how.split('\n')[0]}) and was left as it is: move it away, then put back a copy that "cairn backup" made`,
  )
}

export function isDamage(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
}

function foreign(path: string): UserError {
  return new UserError(`${path} is not a database of Cairn and was left as it is: set DATABASE_URL to another file`)
}

function checkHead(head: Buffer, size: number): Findings {
  const pageSize = head.readUInt16BE(HEAD.pageSize) === 1 ? 65_536 : head.readUInt16BE(HEAD.pageSize)
  const complete = head.readUInt32BE(HEAD.pages) * pageSize <= size
  return {
    applicationId: head.readInt32BE(HEAD.applicationId),
    schemaVersion: head.readInt32BE(HEAD.schemaVersion),
    damage: complete ? undefined : 'its end is missing',
  }
}

/** In memory, since SQLite makes files beside a database even when it only reads. */
function checkWhole(content: Buffer): Findings {
  const atHead = checkHead(content, content.length)
  if (atHead.damage !== undefined || atHead.applicationId !== APPLICATION_ID) return atHead
  // A database in memory has no write-ahead log.
  content[HEAD.writeVersion] = ROLLBACK_JOURNAL
  content[HEAD.readVersion] = ROLLBACK_JOURNAL
  return check(() => new BetterSqlite3(content), true)
}

/** A connection that only reads leaves both the file and its log as they are. */
function checkWithLog(path: string, size: number): Findings {
  return check(() => new BetterSqlite3(path, { readonly: true, fileMustExist: true }), size <= CHECKED_BYTES)
}

function check(openDatabase: () => BetterSqlite3.Database, whole: boolean): Findings {
  let database: BetterSqlite3.Database | undefined
  try {
    database = openDatabase()
    const applicationId = database.pragma('application_id', { simple: true }) as number
    const schemaVersion = database.pragma('user_version', { simple: true }) as number
    const result = whole && applicationId === APPLICATION_ID ? (database.pragma('quick_check(1)', { simple: true }) as string) : 'ok'
    return { applicationId, schemaVersion, damage: result === 'ok' ? undefined : result }
  } catch (error) {
    if (!isDamage(error)) throw error
    return { applicationId: APPLICATION_ID, schemaVersion: 0, damage: messageOf(error) }
  } finally {
    database?.close()
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0
    throw error
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD.bytes), 0, HEAD.bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
