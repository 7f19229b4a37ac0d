/**
 * Writes a database file anew, without what was deleted: overwriting alone leaves copies where rows had been moved between pages.
 * It takes seconds on a large file, so it has a thread of its own.
 */
import { parentPort, workerData } from 'node:worker_threads'
import BetterSqlite3 from 'better-sqlite3'

const LOCK_LIMIT_MS = 30_000

const { path } = workerData as { path: string }
const connection = new BetterSqlite3(path, { timeout: LOCK_LIMIT_MS })
try {
  connection.pragma('secure_delete = ON')
  connection.exec('vacuum')
  const [result] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  if (result?.busy !== 0) throw new Error('another process is reading it')
} finally {
  connection.close()
}
parentPort?.postMessage('done')
