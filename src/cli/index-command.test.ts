import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { runCairn } from '../testing/run-cairn.ts'
import { teamModel } from '../testing/team-model.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

const printed = z.strictObject({
  passages: z.int().positive(),
  windows: z.int().positive(),
  embedded: z.int().nonnegative(),
  from: z.enum(['disk', 'built']),
  seconds: z.number().nonnegative(),
})

let temporary: TemporaryDirectory
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
})
afterEach(() => temporary.remove())

const index = (args: readonly string[], env: Record<string, string> = {}) =>
  runCairn(['index', ...args], { env: { CAIRN_DATA_DIR: join(temporary.path, 'deep', 'data'), ...env } })

describe('cairn index', { timeout: 30_000 }, () => {
  it('builds the index once, and again only what is new', async () => {
    const first = await index(['--json'])
    expect([first.code, first.err]).toEqual([0, ''])
    const built = printed.parse(JSON.parse(first.out))
    expect(built).toMatchObject({ embedded: 0, from: 'built' })

    expect(printed.parse(JSON.parse((await index(['--json'])).out))).toEqual({ ...built, from: 'disk', seconds: expect.any(Number) })

    const models = join(temporary.path, 'models')
    await mkdir(models)
    await writeFile(join(models, 'acme.md'), teamModel())
    const grown = printed.parse(JSON.parse((await index(['--json'], { CAIRN_MODELS_DIR: models })).out))
    expect(grown).toMatchObject({ passages: built.passages + 2, from: 'built' })
    expect(grown.embedded).toBe(grown.windows - built.windows)
  })

  it('tells people what it did', async () => {
    expect((await index([])).out).toMatch(/^\d+ passages in \d+ windows, 0 embedded, index written \([\d.]+ s\)\n$/)
  })

  it('fails when the index cannot be written', async () => {
    const file = join(temporary.path, 'file')
    await writeFile(file, '')
    const { code, out, err } = await index(['--json'], { CAIRN_DATA_DIR: file })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^cairn: the data directory .* can't be written \(\w+\): set CAIRN_DATA_DIR to one that can\n$/)
  })
})
