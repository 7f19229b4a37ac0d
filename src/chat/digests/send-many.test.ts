/** All of it in small; in full by `npm run soak -- --digests 10000`. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts'
import { sendMany } from './testing/send-many.ts'

let directory: TemporaryDirectory
let postgres: PostgresServer
beforeAll(async () => {
  ;[directory, postgres] = await Promise.all([createTemporaryDirectory(), startPostgres()])
}, 60_000)
afterAll(async () => {
  await postgres?.stop()
  await directory?.remove()
})

it.each([
  // More than Slack takes at once.
  ['SQLite', 640, async () => `sqlite:${join(directory.path, 'many.db')}`],
  ['PostgreSQL', 300, () => postgres.createDatabase('many')],
] as const)(
  'many digests over %s reach their %i channels once each, although a process is killed meanwhile',
  async (_, digests, database) => {
    const result = await sendMany({ databaseUrl: await database(), digests, kills: 1, seed: 17, clock: 'put forward' })
    expect(result).toMatchObject({ kills: 1, missing: 0, doubled: 0, faults: [] })
    // Whoever is told that it is too much slows down.
    expect(result.limited).toBeLessThan(digests / 10)
  },
  90_000,
)
