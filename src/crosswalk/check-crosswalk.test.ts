import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseModelFile } from '../corpus/parse-model-file.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { checkCrosswalk } from './check-crosswalk.ts'
import { loadCrosswalk } from './load-crosswalk.ts'

const model = (id: string) =>
  parseModelFile(
    `---\nid: ${id}\ntitle: ${id}\npublisher: P\nversion: 1\nurl: https://example.org\nlicense: L\nlevels: 2\n---\n## S\n### Level 1\nBackups run at times.\n### Level 2\nBackups run daily.\n`,
    `${id}.md`,
  ).passages
const passages = [...model('a'), ...model('b')]

const because = (about: string) => `Both passages speak of backups, here about ${about}.`
const pair = (a: string, b: string, reason = because(`${a} and ${b}`), strength = 'good') => ({ a, b, strength, reason })
const WHOLE = [pair('a/s/1', 'b/s/1'), pair('a/s/2', 'b/s/2')]

let directory: TemporaryDirectory
beforeEach(async () => {
  directory = await createTemporaryDirectory()
})
afterEach(() => directory.remove())

async function check(correspondences: unknown[], none: unknown[] = []): Promise<string[]> {
  await writeFile(join(directory.path, 'a-b.json'), JSON.stringify({ correspondences, none }, null, 1))
  return (await checkCrosswalk(directory.path, passages)).map(({ reason }) => reason)
}

describe('checkCrosswalk', () => {
  it('has nothing to say about a whole mapping', async () => {
    expect(await check(WHOLE)).toEqual([])
  })

  it('misses a passage that has neither an entry nor a stated gap, in both directions', async () => {
    expect(await check(WHOLE.slice(0, 1))).toEqual([
      'a/s/2 has nothing in b: add what corresponds, or say under "none" why nothing does',
      'b/s/2 has nothing in a: add what corresponds, or say under "none" why nothing does',
    ])
  })

  it('accepts a stated gap, of one passage or of a section', async () => {
    const one = { of: ['a/s/2'], in: 'b', reason: because('a gap in b') }
    expect(await check(WHOLE.slice(0, 1), [one, { of: ['b/s/2'], in: 'a', reason: because('a gap in a') }])).toEqual([])
    expect(
      await check(
        [],
        [
          { of: ['a/s'], in: 'b', reason: because('b') },
          { of: ['b/s'], in: 'a', reason: because('a') },
        ],
      ),
    ).toEqual([])
  })

  it('finds a gap that an entry contradicts', async () => {
    expect(await check(WHOLE, [{ of: ['a/s/1'], in: 'b', reason: because('nothing') }])).toEqual([
      "a/s/1 corresponds to something in b, so it can't be without",
    ])
  })

  it('finds ids of nothing', async () => {
    const gap = { of: ['a/t'], in: 'c', reason: because('nothing') }
    expect(await check([...WHOLE, pair('a/s/1', 'b/s/3')], [gap])).toEqual([
      'there is no level passage b/s/3',
      'there is no section or level passage a/t',
      'there is no model c',
    ])
  })

  it('finds a model that is mapped to itself, and a pair that stands twice the other way round', async () => {
    expect(await check([...WHOLE, pair('a/s/1', 'a/s/2'), pair('b/s/1', 'a/s/1')])).toEqual([
      'a/s/1 and a/s/2 belong to the same model',
      'a/s/1 and b/s/1 are paired twice',
    ])
  })

  it('finds a reason that says nothing, too much, or the same as another', async () => {
    expect(await check([pair('a/s/1', 'b/s/1', 'Alike.'), pair('a/s/2', 'b/s/2', 'x'.repeat(281))])).toEqual([
      'the reason has 6 characters: write 30 to 280',
      'the reason has 281 characters: write 30 to 280',
    ])
    expect(await check([pair('a/s/1', 'b/s/1', because('it')), pair('a/s/2', 'b/s/2', because('it'))])).toEqual([`the reason stands twice: "${because('it')}"`])
  })

  it('finds levels that cross, whichever side an entry begins with', async () => {
    expect(await check([pair('a/s/1', 'b/s/2'), pair('b/s/1', 'a/s/2')])).toEqual(['a/s and b/s cross: level 1 with 2, but level 2 with 1'])
  })

  it('tells file and line', async () => {
    await writeFile(join(directory.path, 'a-b.json'), JSON.stringify({ correspondences: [...WHOLE, pair('a/s/1', 'a/s/2')], none: [] }, null, 1))
    const [problem] = await checkCrosswalk(directory.path, passages)
    expect(problem?.file).toMatch(/a-b\.json$/)
    expect(problem?.line).toBe(19)
  })
})

describe('loadCrosswalk', () => {
  it.each([
    ['no JSON', '{'],
    ['an unknown strength', JSON.stringify({ correspondences: [pair('a/s/1', 'b/s/1', because('it'), 'sure')], none: [] })],
    ['an id without a level', JSON.stringify({ correspondences: [pair('a/s', 'b/s/1')], none: [] })],
    ['a key that nobody knows', JSON.stringify({ correspondences: [{ ...pair('a/s/1', 'b/s/1'), note: '' }], none: [] })],
  ])('names the file that holds %s, in one line', async (_, content) => {
    await writeFile(join(directory.path, 'broken.json'), content)
    await expect(loadCrosswalk(directory.path)).rejects.toThrow(/^\S*broken\.json is not in form: .+$/)
  })

  it('names the directory that it could not read', async () => {
    await expect(loadCrosswalk(join(directory.path, 'none'))).rejects.toThrow(/can't be read/)
  })

  it('reads JSON files alone', async () => {
    await mkdir(join(directory.path, 'sub'))
    await writeFile(join(directory.path, 'README.md'), '# About')
    expect(await loadCrosswalk(directory.path)).toEqual({ correspondences: [], none: [] })
  })
})
