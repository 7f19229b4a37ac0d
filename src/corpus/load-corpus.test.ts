import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../shared/errors.ts'
import { BROKEN_LINE, brokenTeamModel, teamModel } from '../testing/team-model.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { loadCorpus } from './load-corpus.ts'

const BUILT_IN = ['cncf', 'fairwinds', 'indellient', 'kmm', 'plural']

let directory: TemporaryDirectory
beforeEach(async () => {
  directory = await createTemporaryDirectory()
})
afterEach(() => directory.remove())

const write = async (name: string, content: string) => {
  const path = join(directory.path, name)
  await writeFile(path, content)
  return path
}
const load = async () => {
  const { corpus, problems } = await loadCorpus(directory.path)
  return { corpus, problems, models: corpus.models.map((model) => model.id) }
}

describe('the corpus', () => {
  it('finds models, passages and sections by id', async () => {
    const { corpus } = await loadCorpus()

    expect(corpus.models.map((model) => model.id).toSorted()).toEqual(BUILT_IN)
    expect(corpus.passage('kmm/security/2')?.heading).toBe('Level 2: Network policies')
    expect(corpus.section('kmm', 'security').map((passage) => passage.level)).toEqual([1, 2, 3, 4, 5])
    expect(corpus.model('nobody')).toBeUndefined()
    expect(corpus.passage('kmm/security/6')).toBeUndefined()
    expect(corpus.section('kmm', 'nothing')).toEqual([])
  })

  it('joins the files of the CNCF model to one, its sections grouped by dimension', async () => {
    const cncf = (await loadCorpus()).corpus.model('cncf')

    expect(cncf?.levels).toEqual(['Build', 'Operate', 'Scale', 'Improve', 'Adapt'].map((name, i) => ({ number: i + 1, name })))
    expect(cncf?.sections.find((section) => section.id === 'people/culture')).toMatchObject({ title: 'Culture', dimension: 'People', levels: [1, 2, 3, 4, 5] })
    expect(cncf?.sections.find((section) => section.id === 'prologue/survey')).toMatchObject({ dimension: 'Prologue', levels: [] })
    expect(cncf?.sections.find((section) => section.id === 'technology/overview')?.aliases).toContain('overall')
  })
})

describe('a team’s directory', () => {
  it('adds its models to the built-in ones', async () => {
    await write('acme.md', teamModel())

    const { corpus, problems, models } = await load()

    expect(problems).toEqual([])
    expect(models.toSorted()).toEqual(['acme', ...BUILT_IN])
    expect(corpus.model('acme')).toMatchObject({
      title: 'Zeppelin Playbook',
      shortTitle: 'Zeppelin Playbook',
      author: 'Platform team',
      version: '1',
      shape: 'continuous',
      levels: [{ number: 1 }, { number: 2 }],
    })
    expect(corpus.model('acme')?.sections).toEqual([{ id: 'on-call', title: 'On call', aliases: [], levels: [1, 2] }])
    expect(corpus.passage('acme/on-call/2')).toMatchObject({
      heading: 'Level 2: A rota',
      url: 'https://example.org/playbook',
      file: join(directory.path, 'acme.md'),
    })
  })

  it('may hold files in folders, a README, and things that are no models', async () => {
    await mkdir(join(directory.path, 'platform'))
    await write('platform/acme.md', teamModel())
    await write('README.md', 'How we keep our models.')
    await write('notes.txt', 'Not a model.')

    expect(await load()).toMatchObject({ problems: [], models: expect.arrayContaining(['acme']) })
  })

  it('has a broken file left out and reported, while the others are served', async () => {
    await write('acme.md', teamModel())
    const broken = await write('broken.md', brokenTeamModel())

    const { problems, models } = await load()

    expect(models.toSorted()).toEqual(['acme', ...BUILT_IN])
    expect(problems).toEqual([{ file: broken, line: BROKEN_LINE, reason: '"Rung seven" is not a level: write "### Level 1: …"' }])
  })

  it.each([
    ['front matter that is no YAML', teamModel().replace('title: ', 'title: [')],
    ['an anchor that is not there', teamModel().replace('title: Zeppelin', 'title: *zeppelin')],
    ['no front matter', 'Just some notes.'],
    ['nothing in it', ''],
  ])('is served without a file that has %s', async (_, content) => {
    const broken = await write('broken.md', content)
    await write('acme.md', teamModel())

    const { problems, models } = await load()

    expect(models.toSorted()).toEqual(['acme', ...BUILT_IN])
    expect(problems.map((problem) => problem.file)).toEqual([broken])
  })

  it('is served without a file that can’t be read', async () => {
    await write('acme.md', teamModel())
    await symlink(join(directory.path, 'gone'), join(directory.path, 'dangling.md'))
    await mkdir(join(directory.path, 'folder.md'))

    const { problems, models } = await load()

    expect(models).toContain('acme')
    expect(problems).toEqual([
      { file: join(directory.path, 'dangling.md'), line: 1, reason: expect.stringContaining("can't be read: ENOENT") },
      { file: join(directory.path, 'folder.md'), line: 1, reason: expect.stringContaining("can't be read: EISDIR") },
    ])
  })

  it('may be a mounted ConfigMap, whose files lead into a hidden folder, or hold an editor’s lock file', async () => {
    await mkdir(join(directory.path, '..2026_11_21'))
    await write('..2026_11_21/acme.md', teamModel())
    await symlink('..2026_11_21', join(directory.path, '..data'))
    await symlink('..data/acme.md', join(directory.path, 'acme.md'))
    await symlink('ann@laptop.123', join(directory.path, '.#acme.md'))

    expect(await load()).toMatchObject({ problems: [], models: expect.arrayContaining(['acme']) })
  })

  it('can’t take the id of a built-in model', async () => {
    const file = await write('kmm.md', teamModel({ id: 'kmm' }))

    const { corpus, problems } = await load()

    expect(problems).toEqual([{ file, line: 1, reason: 'the id "kmm" belongs to a built-in model: choose another' }])
    expect(corpus.model('kmm')?.title).toBe('Kubernetes Maturity Model')
    expect(corpus.passage('kmm/on-call/1')).toBeUndefined()
  })

  it('may part one model into several files; of a passage that stands in two, the first counts', async () => {
    const first = await write('a.md', teamModel())
    const second = await write('b.md', `${teamModel()}\n## Backups\n\n### Level 1: None\n\nNobody makes backups.\n`)

    const { corpus, problems } = await load()

    expect(corpus.model('acme')?.sections.map((section) => section.id)).toEqual(['on-call', 'backups'])
    expect(corpus.passage('acme/on-call/1')?.file).toBe(first)
    expect(problems.map(({ file, reason }) => [file, reason])).toEqual([
      [second, expect.stringMatching(/^duplicate id acme\/on-call\/1, first at .*a\.md:15$/)],
      [second, expect.stringMatching(/^duplicate id acme\/on-call\/2, first at .*a\.md:\d+$/)],
    ])
  })

  it('names sections of a dimension with several words by the names that people use', async () => {
    const head = 'dimension: Ways of Working\nsectionAliases:\n  on-call: [pager duty]\n'
    await write('acme.md', teamModel().replace('levels: 2\n', `levels: 2\n${head}`))

    const { corpus, problems } = await load()

    expect(problems).toEqual([])
    expect(corpus.model('acme')?.sections).toEqual([
      { id: 'ways-of-working/on-call', title: 'On call', dimension: 'Ways of Working', aliases: ['pager duty'], levels: [1, 2] },
    ])
  })

  it('that does not exist is told to the user, with what to do', async () => {
    const missing = join(directory.path, 'gone')

    await expect(loadCorpus(missing)).rejects.toThrow(
      new UserError(`the directory of model files ${missing} does not exist: create it or set CAIRN_MODELS_DIR to one that exists`),
    )
    await expect(loadCorpus(missing)).rejects.toBeInstanceOf(UserError)
  })

  it('that is a file is told to the user', async () => {
    const file = await write('acme.md', teamModel())

    await expect(loadCorpus(file)).rejects.toThrow(/the directory of model files .*acme\.md can't be read \(ENOTDIR/)
  })
})

it('refuses to start with a built-in corpus that is broken, and says where', async () => {
  await write('broken.md', brokenTeamModel())

  const loading = loadCorpus(undefined, directory.path)

  await expect(loading).rejects.toBeInstanceOf(UserError)
  await expect(loading).rejects.toThrow(`the built-in corpus is broken: ${join(directory.path, 'broken.md')}:${BROKEN_LINE}: "Rung seven" is not a level`)
})
