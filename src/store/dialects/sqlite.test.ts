import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, copyFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../shared/errors.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts'
import { MIGRATIONS, type Migration } from '../migrations/migrations.ts'
import { openDatabase, openStore, type StoreOptions } from '../open-store.ts'
import { answer, asked, minute, newTenant, OPEN, received, run, team } from '../testing/samples.ts'

const TESTING = join(import.meta.dirname, '..', 'testing')

let temporary: TemporaryDirectory
let path: string
let url: string
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
  path = join(temporary.path, 'deep', 'cairn.db')
  url = `sqlite:${path}`
})
afterEach(() => temporary.remove())

const failureOf = async (databaseUrl: string, options: StoreOptions = {}): Promise<string> => {
  const error = await openStore(databaseUrl, options).then(
    async (store) => store.close().then(() => new Error('it was opened')),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UserError)
  const { message } = error as Error
  expect(message).not.toContain('\n')
  return message
}

/** Every file of the directory, byte for byte. */
const files = async () => {
  const names = (await readdir(join(temporary.path, 'deep'))).sort()
  return Promise.all(names.map(async (name) => [name, (await readFile(join(temporary.path, 'deep', name))).toString('base64')]))
}

const addColour: Migration = async (db, { text }) => {
  await db.schema.alterTable('teams').addColumn('colour', text).execute()
}
const NEXT = { ...MIGRATIONS, '9001-colour': addColour }

/** A store with one team in it, closed again. */
const makeDatabase = async (options: StoreOptions = {}) => {
  const store = await openStore(url, options)
  await store.assessments.saveTeam('t', team('a'))
  await store.close()
}

describe('a SQLite database', () => {
  it('is made with its directory, and is one file when it is closed', async () => {
    await makeDatabase()
    expect(await readdir(join(temporary.path, 'deep'))).toEqual(['cairn.db'])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const store = await openStore(`sqlite://${path}`)
    expect(await store.assessments.teams('t')).toEqual([team('a')])
    await store.close()
    await store.close()
  })

  it('writes an answer to the disk before it says so, checks references and overwrites what is deleted', async () => {
    const { db, close } = await openDatabase(url)
    const settings = async (name: string) => Object.values((await db.executeQuery({ sql: `pragma ${name}`, parameters: [] } as never)).rows[0] as object)[0]
    expect(await settings('journal_mode')).toBe('wal')
    expect(await settings('synchronous')).toBe(2)
    expect(await settings('foreign_keys')).toBe(1)
    expect(await settings('secure_delete')).toBe(1)
    expect(await settings('busy_timeout')).toBe(5000)
    await close()
  })

  it('waits for the disk again after what need not wait, also when that failed', async () => {
    const { db, changeSoon, close } = await openDatabase(url)
    const synchronous = async () => Object.values((await sql`pragma synchronous`.execute(db)).rows[0] as object)[0]
    const during = await changeSoon(async (transaction) => Object.values((await sql`pragma synchronous`.execute(transaction)).rows[0] as object)[0])
    expect([during, await synchronous()]).toEqual([1, 2])
    await expect(changeSoon(async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await synchronous()).toBe(2)
    await close()
  })

  it('can be in memory', async () => {
    const store = await openStore('sqlite::memory:')
    await store.assessments.saveTeam('t', team('a'))
    await store.assessments.deleteTeam('t', 'b')
    await store.backup(join(temporary.path, 'copy.db'))
    await store.close()
    const copy = await openStore(`sqlite:${join(temporary.path, 'copy.db')}`)
    expect(await copy.assessments.teams('t')).toEqual([team('a')])
    await copy.close()
  })

  it.each([
    'mysql://root:hush@host/db',
    'cairn.db',
    'sqlite:',
    '',
    'sqlite://host/file.db',
  ])('is not opened by the address %j, which is not shown', async (address) => {
    const message = await failureOf(address)
    expect(message).toMatch(/DATABASE_URL.*sqlite:FILE/)
    expect(message).not.toContain('hush')
  })

  it('says so when the file can not be made', async () => {
    await writeFile(join(temporary.path, 'file'), '')
    expect(await failureOf(`sqlite:${join(temporary.path, 'file', 'cairn.db')}`)).toMatch(/can't be opened \(ENOTDIR\): set DATABASE_URL/)
    await mkdir(join(temporary.path, 'directory.db'))
    expect(await failureOf(`sqlite:${join(temporary.path, 'directory.db')}`)).toMatch(/can't be opened \(EISDIR\)/)
  })
})

describe('several processes on one SQLite file', { timeout: 60_000 }, () => {
  it('may all be the first', async () => {
    const names = ['a', 'b', 'c', 'd']
    await Promise.all(names.map((name) => promisify(execFile)(process.execPath, [join(TESTING, 'open-and-save.ts'), url, 't', name])))
    const store = await openStore(url)
    expect((await store.assessments.teams('t')).map(({ id }) => id)).toEqual(names)
    await store.close()
  })

  it('may be stores of one process', async () => {
    const stores = await Promise.all([0, 1, 2].map(() => openStore(url)))
    await Promise.all(stores.flatMap((store, i) => [1, 2, 3].map((n) => store.assessments.saveTeam('t', team(`${i}${n}`)))))
    expect(await stores[0]?.assessments.teams('t')).toHaveLength(9)
    for (const store of stores) await store.close()
  })

  it('wait for each other without holding up anything else', async () => {
    const store = await openStore(url)
    const other = new BetterSqlite3(path)
    other.exec('begin immediate')
    const saved = store.assessments.saveTeam('t', team('a')).then(() => 'saved')
    expect(await Promise.race([saved, sleep(300).then(() => 'still waiting')])).toBe('still waiting')
    other.exec('rollback')
    other.close()
    expect(await saved).toBe('saved')
    await store.close()
  })

  it('lose no acknowledged answer when one of them is killed', async () => {
    const store = await openStore(url)
    const tenant = await newTenant(store)
    for (let n = 1; n <= 4; n++) {
      const id = `run ${n}`
      await store.assessments.createRun(tenant, run(id, { version: 0 }))
      const child = spawn(process.execPath, [join(TESTING, 'record-until-killed.ts'), url, tenant, id], { stdio: ['ignore', 'pipe', 'inherit'] })
      let printed = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text
      })
      while (printed.split('\n').length < 5 * n) await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'close')

      const acknowledged = printed
        .slice(0, printed.lastIndexOf('\n'))
        .split('\n')
        .map((version) => `q${version}`)
      const stored = (await store.assessments.answerHistory(tenant, id)).map(({ question }) => question)
      expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged)
      // One more may have been stored without having been acknowledged.
      expect(stored.length - acknowledged.length).toBeLessThanOrEqual(1)
      const version = (await store.assessments.run(tenant, id))?.version as number
      expect(version).toBe(stored.length)
      expect(await store.assessments.recordAnswer(tenant, answer(id, 'resumed'), { key: 'resumed', version, change: OPEN })).toMatchObject({ repeated: false })
    }
    await store.close()
  })
})

describe('a file that is not to be opened', () => {
  it.each([
    ['a text', 'Dear diary, today I wrote a maturity model. '.repeat(9)],
    ['a short file', 'x'],
  ])('stays as it is when it is %s', async (_, content) => {
    await mkdir(join(temporary.path, 'deep'))
    await writeFile(path, content)
    const before = await files()
    expect(await failureOf(url)).toMatch(/is not a database of Cairn and was left as it is: set DATABASE_URL/)
    expect(await files()).toEqual(before)
  })

  it("stays as it is when it is another program's database", async () => {
    await mkdir(join(temporary.path, 'deep'))
    const other = new BetterSqlite3(path)
    other.exec('create table teams (name text)')
    other.close()
    const before = await files()
    expect(await failureOf(url)).toMatch(/is not a database of Cairn/)
    expect(await files()).toEqual(before)
  })

  it('stays as it is when a newer program wrote it', async () => {
    await makeDatabase({ migrations: NEXT })
    const before = await files()
    expect(before).toHaveLength(1)
    expect(await failureOf(url)).toMatch(/was written by a newer version of Cairn and was left as it is: update/)
    expect(await files()).toEqual(before)
  })

  it('stays as it is, with its log, when a newer program has crashed', async () => {
    const store = await openStore(url, { migrations: NEXT })
    await store.assessments.saveTeam('t', team('a'))
    const crashed = join(temporary.path, 'deep', 'crashed.db')
    for (const suffix of ['', '-wal', '-shm']) await copyFile(`${path}${suffix}`, `${crashed}${suffix}`)
    await store.close()
    const log = await readFile(`${crashed}-wal`)
    const content = await readFile(crashed)
    expect(log.length).toBeGreaterThan(0)
    expect(await failureOf(`sqlite:${crashed}`)).toMatch(/newer version/)
    expect(await readFile(`${crashed}-wal`)).toEqual(log)
    expect(await readFile(crashed)).toEqual(content)
  })

  it('stays as it is when its end is missing', async () => {
    await makeDatabase()
    await truncate(path, (await stat(path)).size - 8192)
    const before = await files()
    expect(await failureOf(url)).toMatch(/is damaged \(.+\) and was left as it is: .*cairn backup/)
    expect(await files()).toEqual(before)
  })

  it('stays as it is when something was written over its middle, also beside a log', async () => {
    await makeDatabase()
    const content = await readFile(path)
    for (let page = 1; page < content.length / 4096; page++) content.fill(0xa5, page * 4096, page * 4096 + 200)
    await writeFile(path, content)
    const before = await files()
    expect(await failureOf(url)).toMatch(/is damaged/)
    expect(await files()).toEqual(before)

    await writeFile(`${path}-wal`, 'not a log at all')
    expect(await failureOf(url)).toMatch(/is damaged/)
    expect(await readFile(path)).toEqual(content)
    expect(await readFile(`${path}-wal`, 'utf8')).toBe('not a log at all')
  })

  it('is no crashed database: that one goes on where it stopped', async () => {
    const store = await openStore(url)
    await store.assessments.saveTeam('t', team('a'))
    const crashed = join(temporary.path, 'crashed.db')
    for (const suffix of ['', '-wal']) await copyFile(`${path}${suffix}`, `${crashed}${suffix}`)
    await store.close()
    const again = await openStore(`sqlite:${crashed}`)
    expect(await again.assessments.teams('t')).toEqual([team('a')])
    await again.close()
  })
})

describe('a newer schema', () => {
  const now = () => new Date('2026-11-21T10:15:00Z')
  const copy = () => `${path}.before-9001-colour-2026-11-21T10-15-00Z`

  it('comes after a copy of the database as it was', async () => {
    await makeDatabase()
    const notices: string[] = []
    const store = await openStore(url, { migrations: NEXT, now, onNotice: (notice) => notices.push(notice) })
    expect(await store.assessments.teams('t')).toEqual([team('a')])
    await store.close()
    expect(notices).toEqual([expect.stringContaining(copy())])

    const old = await openStore(`sqlite:${copy()}`)
    expect(await old.assessments.teams('t')).toEqual([team('a')])
    await old.close()
    const known = await openStore(url, { migrations: NEXT, onNotice: (notice) => notices.push(notice) })
    await known.close()
    expect(notices).toHaveLength(1)
  })

  it('does not come when the copy can not be made', async () => {
    await makeDatabase()
    await writeFile(copy(), 'mine')
    expect(await failureOf(url, { migrations: NEXT, now })).toMatch(/exists already/)
    expect(await readFile(copy(), 'utf8')).toBe('mine')
    const store = await openStore(url)
    expect(await store.assessments.teams('t')).toEqual([team('a')])
    await store.close()
  })

  it('is not half there when a migration fails, and the copy goes', async () => {
    await makeDatabase()
    const failing: Migration = async () => {
      throw new Error('no more colours')
    }
    await expect(openStore(url, { migrations: { ...MIGRATIONS, '9001-colour': addColour, '9002-failing': failing }, now })).rejects.toThrow('no more colours')
    await expect(access(copy())).rejects.toThrow('ENOENT')
    const store = await openStore(url)
    expect(await store.assessments.teams('t')).toEqual([team('a')])
    await store.close()
  })
})

describe('a copy of a SQLite database', () => {
  it('is of one moment while others write', async () => {
    const store = await openStore(url)
    const other = await openStore(url)
    const copies = ['first', 'second'].map((name) => join(temporary.path, 'copies', `${name}.db`))
    let writing = true
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        // SQLite answers at once: nothing else in this process would ever get its turn.
        await sleep(1)
        // A team and its member come in one transaction.
        await other.importTeam('t', {
          format: 'cairn-team',
          version: 1,
          team: team(`${n}`),
          persons: [{ id: `${n}`, name: 'x' }],
          members: [`${n}`],
          rounds: [],
          runs: [],
          targets: [],
          actions: [],
        })
      }
    })()
    await sleep(50)
    for (const copy of copies) await store.backup(copy)
    writing = false
    await writer
    for (const copy of copies) {
      expect((await stat(copy)).mode & 0o777).toBe(0o600)
      const opened = await openStore(`sqlite:${copy}`)
      const teams = await opened.assessments.teams('t')
      expect(teams.length).toBeGreaterThan(0)
      for (const { id } of teams) expect(await opened.assessments.members('t', id)).toHaveLength(1)
      await opened.close()
    }
    await store.close()
    await other.close()
  })

  it('never overwrites a file, nor leaves half of one', async () => {
    const store = await openStore(url)
    const taken = join(temporary.path, 'taken')
    await writeFile(taken, 'mine')
    for (const target of [taken, path]) await expect(store.backup(target)).rejects.toThrow(/exists already: name another file/)
    expect(await readFile(taken, 'utf8')).toBe('mine')
    await expect(store.backup(join(taken, 'copy.db'))).rejects.toThrow(UserError)
    expect(await readdir(temporary.path)).toEqual(['deep', 'taken'])
    await store.close()
  })
})

describe('deletion from a SQLite database', () => {
  it('leaves no trace in its files', { timeout: 60_000 }, async () => {
    const store = await openStore(url)
    const { assessments, chat } = store
    const tenant = await newTenant(store)
    // Many of them in turn, so that rows are moved between pages: what is overwritten where it was deleted is still where it was before.
    const ids = Array.from({ length: 400 }, (_, i) => `${i}-${crypto.randomUUID()}`)
    await assessments.savePerson(tenant, { id: 'goner-id', name: 'GONER-NAME' })
    await assessments.addMember(tenant, 'platform', 'goner-id')
    for (const [i, id] of ids.entries()) {
      const person = i % 4 === 0 ? 'goner-id' : 'ben'
      await assessments.createRun(tenant, run(id, { person }))
      const said = person === 'ben' ? 'stays'.repeat(i % 60) : `GONER-SAID ${'x'.repeat(i % 300)}`
      await assessments.recordAnswer(tenant, answer(id, 'q', { said }), { key: 'k', version: 1, change: OPEN })
      await chat.saveAsked(tenant, asked(id, { person, question: said, thread: `${i % 7}` }))
      await chat.saveVote(tenant, { answer: ids[0] as string, person, vote: 'up', comment: said, at: minute(1) })
    }
    await chat.saveSetting(tenant, 'person', 'goner-id', 'mute', 'GONER-SETTING')
    const traces = async () => {
      const contents = await Promise.all((await readdir(join(temporary.path, 'deep'))).map((name) => readFile(join(temporary.path, 'deep', name), 'latin1')))
      return contents.join('').match(/goner/gi)?.length ?? 0
    }
    expect(await traces()).toBeGreaterThan(200)
    await assessments.deletePerson(tenant, 'goner-id')
    expect(await traces()).toBe(0)
    expect(await assessments.runsOf(tenant, 'ben')).toHaveLength(300)
    expect(await chat.askedSince(tenant, minute(0))).toHaveLength(300)
    await store.close()
    expect(await traces()).toBe(0)
    await rm(path)
  })

  it('of what was received leaves the key alone once it is dealt with', async () => {
    const { inbox, close } = await openStore(url)
    await inbox.receive(received('slack', 'key'), 'process', minute(1))
    await inbox.settle('slack', 'key')
    await close()
    const file = new BetterSqlite3(path)
    expect(file.prepare('select key, body, taken_by from inbox').all()).toEqual([{ key: 'key', body: null, taken_by: null }])
    file.close()
  })
})
