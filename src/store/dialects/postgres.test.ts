import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UserError } from '../../shared/errors.ts'
import { type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { MIGRATIONS, type Migration } from '../migrations/migrations.ts'
import { openStore, type StoreOptions } from '../open-store.ts'
import { team } from '../testing/samples.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const SECRET = 'hushhush'
const failureOf = async (databaseUrl: string, options: StoreOptions = {}): Promise<string> => {
  const error = await openStore(databaseUrl, options).then(
    async (store) => store.close().then(() => new Error('it was opened')),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UserError)
  const { message, cause } = error as Error
  expect(message).not.toContain('\n')
  expect(`${message} ${cause}`).not.toContain(SECRET)
  return message
}
const newDatabase = () => server.createDatabase(`d${randomUUID().replaceAll('-', '')}`)
const query = async (url: string, statement: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

describe('a PostgreSQL database that can not be opened', { timeout: 20_000 }, () => {
  it('is named, with what to do, and without its password', async () => {
    const at = `127.0.0.1:${server.port}`
    expect(await failureOf(`postgres://cairn:${SECRET}@${at}/cairn`)).toBe(
      `the database cairn on ${at} can't be opened: it refused the password: correct user and password in DATABASE_URL`,
    )
    expect(await failureOf(server.url('nowhere'))).toMatch(/^the database nowhere on .*it has no such database: create it/)
    expect(await failureOf(`postgresql://cairn:${SECRET}@127.0.0.1:1/cairn`)).toMatch(/no server listens there: start it/)
    expect(await failureOf(`postgres://cairn:${SECRET}@no-such-host.invalid/cairn`)).toMatch(/host/)
    expect(await failureOf(`postgres://cairn:${SECRET}@ha st:99999/cairn`)).toMatch(/^DATABASE_URL is not an address/)
  })

  it('may be no PostgreSQL at all', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n', () => socket.destroy()))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    expect(await failureOf(`postgres://cairn:${SECRET}@127.0.0.1:${port}/cairn`)).toMatch(/can't be opened/)
    await new Promise((resolve) => other.close(resolve))
  })

  it('may belong to another program, whose tables stay as they are', async () => {
    const url = await newDatabase()
    await query(url, 'create table teams (name text)')
    expect(await failureOf(url)).toMatch(/holds tables of another program: give Cairn a database of its own/)
    expect(await query(url, `select table_name from information_schema.tables where table_schema = 'public' and table_name not like 'cairn%'`)).toEqual([
      { table_name: 'teams' },
    ])
  })

  it('may have been written by a newer program', async () => {
    const url = await newDatabase()
    const addColour: Migration = async (db, { text }) => void (await db.schema.alterTable('teams').addColumn('colour', text).execute())
    const store = await openStore(url, { migrations: { ...MIGRATIONS, '9001-colour': addColour } })
    await store.close()
    expect(await failureOf(url)).toMatch(/was written by a newer version of Cairn and was left as it is/)
  })
})

describe('a PostgreSQL database', { timeout: 20_000 }, () => {
  it('may be opened first by several at once', async () => {
    const url = await newDatabase()
    const stores = await Promise.all([0, 1, 2].map(() => openStore(url)))
    await Promise.all(stores.map((store, i) => store.assessments.saveTeam('t', team(`${i}`))))
    expect(await stores[0]?.assessments.teams('t')).toHaveLength(3)
    for (const store of stores) await store.close()
  })

  it('is left as it was when a migration fails', async () => {
    const url = await newDatabase()
    const failing: Migration = async () => {
      throw new Error('no more colours')
    }
    expect(await failureOf(url, { migrations: { ...MIGRATIONS, '9001-failing': failing } })).toMatch(/no more colours/)
    expect(await query(url, `select table_name from information_schema.tables where table_name = 'teams'`)).toEqual([])
  })

  it('is used again after its connections broke', async () => {
    const url = await newDatabase()
    const notices: string[] = []
    const store = await openStore(url, { onNotice: (notice) => notices.push(notice) })
    await store.assessments.saveTeam('t', team('a'))
    await query(url, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
    await expect.poll(() => notices).not.toEqual([])
    expect(await store.assessments.teams('t')).toEqual([team('a')])
    expect(notices.join()).not.toContain('p@ss')
    await store.close()
  })

  it('acknowledges nothing before it is on disk, even if the server is set to', async () => {
    const url = await newDatabase()
    const name = new URL(url).pathname.slice(1)
    await query(url, `alter database ${name} set synchronous_commit = off`)
    expect(await query(url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'off' }])
    const store = await openStore(url)
    await query(
      url,
      `create function seen() returns trigger language plpgsql as $$ begin new.name := current_setting('synchronous_commit'); return new; end $$`,
    )
    await query(url, 'create trigger seen before insert on teams for each row execute function seen()')
    await store.assessments.saveTeam('t', team('a'))
    expect((await store.assessments.team('t', 'a'))?.name).toBe('on')
    await store.close()
  })

  it("is backed up with the server's own tool", async () => {
    const store = await openStore(await newDatabase())
    await expect(store.backup('copy.db')).rejects.toThrow(/pg_dump/)
    await expect(store.backup('copy.db')).rejects.toThrow(UserError)
    await store.close()
  })
})
