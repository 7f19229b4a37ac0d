import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../shared/errors.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { EXPANSIONS, loadExpansions, loadOutOfScope, OUT_OF_SCOPE } from './expansions.ts'
import { loadCorpus } from './load-corpus.ts'

let directory: TemporaryDirectory
beforeEach(async () => {
  directory = await createTemporaryDirectory()
})
afterEach(() => directory.remove())

const write = (name: string, content: string) => writeFile(join(directory.path, name), content)

describe('the expansions that ship', () => {
  it('all belong to a passage, and a passage without level has no self-descriptions', async () => {
    const [expansions, { corpus }] = await Promise.all([loadExpansions(EXPANSIONS), loadCorpus()])

    expect([...expansions.keys()].filter((id) => corpus.passage(id) === undefined)).toEqual([])
    expect([...expansions].filter(([id, { says }]) => corpus.passage(id)?.level === null && says.length > 0)).toEqual([])
  })

  it('cover every passage', async () => {
    const [expansions, { corpus }] = await Promise.all([loadExpansions(EXPANSIONS), loadCorpus()])

    expect(corpus.passages.filter(({ id }) => !expansions.has(id)).map(({ id }) => id)).toEqual([])
  })

  it('come with questions that are out of scope', async () => {
    expect((await loadOutOfScope(OUT_OF_SCOPE)).size).toBeGreaterThan(0)
  })
})

it('reads the lines of each passage, trimmed, from one file or from several', async () => {
  await write('a.json', '{"m/s/1": {"asks": [" who? "], "says": ["we do"]}, "m/s": {"asks": ["what?"]}}')
  await write('b.json', '{"m/s/1": {"asks": ["why?"]}}')
  await write('notes.txt', 'not read')

  expect(Object.fromEntries(await loadExpansions(directory.path))).toEqual({
    'm/s/1': { asks: ['who?', 'why?'], says: ['we do'] },
    'm/s': { asks: ['what?'], says: [] },
  })
})

it('finds no expansions where there is no directory', async () => {
  expect(await loadExpansions(join(directory.path, 'gone'))).toEqual(new Map())
})

it.each([
  ['is no JSON', '{"m/s/1": '],
  ['holds a list instead of passages', '[]'],
  ['has a key that is none', '{"m/s/1": {"ask": ["why?"]}}'],
  ['has a line that is no text', '{"m/s/1": {"asks": [1]}}'],
  ['has an empty line', '{"m/s/1": {"asks": [" "]}}'],
])('names the file that %s', async (_, content) => {
  await write('good.json', '{}')
  await write('odd.json', content)

  const loading = loadExpansions(directory.path)

  await expect(loading).rejects.toBeInstanceOf(UserError)
  await expect(loading).rejects.toThrow(/odd\.json is not in form: ./)
})

it('names the file of questions out of scope that is not in form', async () => {
  await write('out.json', '{"cooking": "how do I boil an egg?"}')

  await expect(loadOutOfScope(join(directory.path, 'out.json'))).rejects.toThrow(/out\.json is not in form: ./)
})
