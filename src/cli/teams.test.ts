import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packageApp } from '../teams/app/package-app.ts'
import { runCairn } from '../testing/run-cairn.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

const APP_ID = '11111111-2222-3333-4444-555555555555'
const SETTINGS = { MicrosoftAppId: APP_ID, MicrosoftAppPassword: 'secret' }

let temporary: TemporaryDirectory
let file: string
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
  file = join(temporary.path, 'cairn.zip')
})
afterEach(() => temporary.remove())

describe('cairn teams package', () => {
  it('writes the package of the app that is set up, and says where to', async () => {
    expect(await runCairn(['teams', 'package', '--out', file], { env: SETTINGS })).toEqual({ code: 0, out: `${file}\n`, err: '' })
    expect((await readFile(file)).equals(await packageApp(APP_ID))).toBe(true)
  })

  it('takes the app that is named, before anything is set up, and over an older package', async () => {
    await runCairn(['teams', 'package', '--out', file], { env: SETTINGS })
    const other = '99999999-2222-3333-4444-555555555555'
    const { code, out, err } = await runCairn(['teams', 'package', '--app-id', other, '--out', file, '--json'], { env: { MicrosoftAppId: APP_ID } })
    expect([code, err, JSON.parse(out)]).toEqual([0, '', { file, appId: other }])
    expect((await readFile(file)).equals(await packageApp(other))).toBe(true)
  })

  it.each([
    [[], {}, 'set MicrosoftAppId, or name it with --app-id'],
    [[], { TEAMS_LOCAL: '1' }, 'set MicrosoftAppId, or name it with --app-id'],
    [[], { MicrosoftAppId: APP_ID }, 'Teams also needs MicrosoftAppPassword'],
    [['--app-id', 'cairn"'], SETTINGS, '--app-id must be an id like 11111111-2222-3333-4444-555555555555, not "cairn""'],
  ])('%j with %j writes nothing and says what is missing', async (args, env, message) => {
    const { code, out, err } = await runCairn(['teams', 'package', '--out', file, ...args], { env })
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(message)
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  it('says so when the file can’t be written', async () => {
    await mkdir(file)
    const { code, out, err } = await runCairn(['teams', 'package', '--out', file], { env: SETTINGS })
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe(`cairn: the file ${file} can't be written (EISDIR): choose another place\n`)
  })
})
