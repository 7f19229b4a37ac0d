import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { team } from '../store/testing/samples.ts'
import { runCairn } from '../testing/run-cairn.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

let temporary: TemporaryDirectory
let env: { CAIRN_DATA_DIR: string }
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
  env = { CAIRN_DATA_DIR: join(temporary.path, 'data') }
})
afterEach(() => temporary.remove())

const backup = (...args: string[]) => runCairn(['backup', ...args], { env })

describe('cairn backup', () => {
  it('copies the database of a running Cairn and says where to', async () => {
    const running = await openStore(`sqlite:${join(env.CAIRN_DATA_DIR, 'cairn.db')}`)
    await running.assessments.saveTeam('local', team('a'))
    const { code, out, err } = await backup()
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/\/data\/backups\/cairn-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db\n$/)
    await running.close()

    const copy = await openStore(`sqlite:${out.trim()}`)
    expect(await copy.assessments.teams('local')).toEqual([team('a')])
    await copy.close()
  })

  it('copies to the file that is named, and never over one', async () => {
    await (await openStore(`sqlite:${join(env.CAIRN_DATA_DIR, 'cairn.db')}`)).close()
    const file = join(temporary.path, 'copy.db')
    const first = await backup(file, '--json')
    expect([first.code, first.err, JSON.parse(first.out)]).toEqual([0, '', { file }])
    expect((await stat(file)).size).toBeGreaterThan(0)
    const before = await readFile(file)
    const { code, out, err } = await backup(file)
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe(`cairn: ${file} exists already: name another file, none is overwritten\n`)
    expect(await readFile(file)).toEqual(before)
  })

  it('says so when there is nothing to copy, and makes nothing', async () => {
    const { code, out, err } = await backup()
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/there is no database .*cairn\.db yet: start in the directory where Cairn runs/)
    await expect(stat(env.CAIRN_DATA_DIR)).rejects.toThrow('ENOENT')
  })

  it('does not copy what is not a database of Cairn', async () => {
    const diary = join(temporary.path, 'diary.db')
    await writeFile(diary, 'Dear diary')
    const { code, out, err } = await runCairn(['backup'], { env: { ...env, DATABASE_URL: `sqlite:${diary}` } })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/diary\.db is not a database of Cairn and was left as it is/)
    expect(await readFile(diary, 'utf8')).toBe('Dear diary')
  })
})
