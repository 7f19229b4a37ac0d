import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { addImports } from './add-imports.ts'
import { type ImportDeps, type ImportResult, importDocuments } from './import-documents.ts'
import { readImports } from './import-store.ts'
import { parseInWorker } from './parse-in-worker.ts'
import { removeDocuments } from './remove-documents.ts'

const GARDEN = '# Garden Rules\n\nRules for the garden.\n\n## Water\n\nWater the beds at dawn.\n'

let temporary: TemporaryDirectory
let directory: string
let deps: ImportDeps
let clock = new Date('2026-11-21T08:00:00Z')
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
  directory = join(temporary.path, 'data', 'imports')
  clock = new Date('2026-11-21T08:00:00Z')
  deps = { directory, reserved: new Set(['kmm', 'kubernetes-maturity-model']), now: () => clock }
})
afterEach(() => temporary.remove())

async function write(name: string, content: string): Promise<string> {
  const path = join(temporary.path, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, content)
  return path
}

const documentsOf = (result: ImportResult | undefined) => (result !== undefined && 'documents' in result ? result.documents : [])
const filesIn = async () => (await readdir(directory).catch(() => [])).sort()

describe('importing', { timeout: 30_000 }, () => {
  it('keeps a document as one file that says nothing of where it lay', async () => {
    const path = await write('garden.md', GARDEN)
    const [result] = await importDocuments([path], deps)
    expect(result).toEqual({ source: path, documents: [{ id: 'garden-rules', title: 'Garden Rules', address: 'garden.md', passages: 2, status: 'imported' }] })
    expect(await filesIn()).toEqual(['garden-rules.json'])
    const kept = await readFile(join(directory, 'garden-rules.json'), 'utf8')
    expect(kept).not.toContain(temporary.path)
    expect(JSON.parse(kept)).toMatchObject({
      address: 'garden.md',
      importedAt: '2026-11-21T08:00:00.000Z',
      sections: [{ id: 'introduction' }, { id: 'water' }],
    })
  })

  it('tells an unchanged document from one that was updated, and keeps its id', async () => {
    const path = await write('garden.md', GARDEN)
    await importDocuments([path], deps)
    clock = new Date('2026-11-22T08:00:00Z')
    expect(documentsOf((await importDocuments([path], deps))[0])[0]?.status).toBe('unchanged')
    expect((await readImports(directory)).documents[0]?.importedAt).toContain('11-21')
    await writeFile(path, GARDEN.replace('Garden Rules', 'New Rules'))
    expect(documentsOf((await importDocuments([path], deps))[0])[0]).toMatchObject({ id: 'garden-rules', title: 'New Rules', status: 'updated' })
    expect(await filesIn()).toEqual(['garden-rules.json'])
    expect((await readImports(directory)).documents[0]?.importedAt).toContain('11-22')
  })

  it('keeps files of the same name apart, but knows a copy', async () => {
    const [one, other, copy] = [
      await write('a/README.md', GARDEN),
      await write('b/README.md', GARDEN.replace('dawn', 'dusk')),
      await write('c/README.md', GARDEN),
    ]
    const results = await importDocuments([one, other, copy], deps)
    expect(results.map((result) => documentsOf(result).map(({ id, status }) => [id, status]))).toEqual([
      [['garden-rules', 'imported']],
      [['garden-rules-2', 'imported']],
      [['garden-rules', 'unchanged']],
    ])
    expect(await removeDocuments(['README.md'], directory)).toEqual([
      { given: 'README.md', error: 'README.md is the name of 2 imported files: give the id, one of garden-rules, garden-rules-2' },
    ])
    expect(await removeDocuments([other], directory)).toMatchObject([{ removed: [{ id: 'garden-rules-2' }] }])
    expect(await removeDocuments(['README.md'], directory)).toMatchObject([{ removed: [{ id: 'garden-rules' }] }])
  })

  it('never takes the id of a model', async () => {
    const path = await write('model.md', '# KMM\n\nThis text would like to be the KMM.\n')
    expect(documentsOf((await importDocuments([path], deps))[0])[0]?.id).toBe('kmm-2')
  })

  it('moves a document to another id when a model came to its own', async () => {
    const path = await write('garden.md', GARDEN)
    await importDocuments([path], deps)
    const [result] = await importDocuments([path], { ...deps, reserved: new Set(['garden-rules']) })
    expect(documentsOf(result)).toMatchObject([{ id: 'garden-rules-2', status: 'updated' }])
    expect(await filesIn()).toEqual(['garden-rules-2.json'])
  })

  it('imports what it can and says of the others what to do, leaving nothing half done', async () => {
    const huge = await write('huge.txt', '')
    await truncate(huge, 200 * 1024 * 1024)
    const [good, empty, json] = [await write('good.md', GARDEN), await write('empty.md', ''), await write('a.json', '[1]')]
    const missing = join(temporary.path, 'missing.md')
    const results = await importDocuments([huge, missing, temporary.path, empty, json, '/dev/zero', 'javascript:alert(1)', 'file:///etc/passwd', good], deps)
    expect(results.map((result) => ('error' in result ? result.error : 'imported'))).toEqual([
      `${huge} has 200 MB: at most 20 MB are read, so split it`,
      `${missing} does not exist: check the path`,
      `${temporary.path} is a directory: name the files in it`,
      `${empty} is empty: there is nothing to import`,
      `${json} is JSON, not a document: import the page or the file that people read`,
      '/dev/zero is no ordinary file: copy its content into one and import that',
      'javascript:alert(1) does not exist: check the path',
      'file:///etc/passwd leads to a file: address: only http and https are fetched',
      'imported',
    ])
    expect(await filesIn()).toEqual(['garden-rules.json'])
  })

  it('leaves the former version in place when a new one can not be read', async () => {
    const path = await write('garden.md', GARDEN)
    await importDocuments([path], deps)
    const before = await readFile(join(directory, 'garden-rules.json'), 'utf8')
    await writeFile(path, Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))
    expect(await importDocuments([path], deps)).toMatchObject([{ error: expect.stringContaining('damaged ZIP') }])
    expect(await filesIn()).toEqual(['garden-rules.json'])
    expect(await readFile(join(directory, 'garden-rules.json'), 'utf8')).toBe(before)
  })

  it('fails at once when the directory can not be used', async () => {
    await write('data/imports', 'a file is in its place')
    const path = await write('garden.md', GARDEN)
    await expect(importDocuments([path], deps)).rejects.toThrow(/^the imported documents in .*imports can't be read \(ENOTDIR\)/)
  })
})

describe('the thread that reads', { timeout: 30_000 }, () => {
  const slow = { bytes: Buffer.from(`# Long\n\n${'word and '.repeat(100_000)}`), name: 'long.md' }

  it('is ended when it takes too long', async () => {
    await expect(parseInWorker(slow, { limitMs: 1 })).rejects.toThrow('takes longer than 0.001 s to read')
  })

  it('is ended when it needs too much memory, and takes nothing else with it', async () => {
    const bytes = Buffer.from(`<!doctype html><body>${'<p>x</p>'.repeat(300_000)}`)
    await expect(parseInWorker({ bytes, name: 'big.html' }, { heapMb: 48 })).rejects.toThrow('needs more than 48 MB of memory')
    expect(await parseInWorker({ bytes: Buffer.from(GARDEN), name: 'garden.md' })).toHaveLength(1)
  })
})

describe('the corpus with imports', { timeout: 30_000 }, () => {
  it('has their passages beside those of the models, but no model more', async () => {
    await importDocuments([await write('garden.md', GARDEN)], deps)
    const loaded = await loadCorpus()
    const { corpus, problems } = await addImports(loaded, directory)
    expect(problems).toEqual([])
    expect(corpus.models).toEqual(loaded.corpus.models)
    expect(corpus.documents.map(({ id, kind, levels }) => [id, kind, levels])).toEqual([['garden-rules', 'document', []]])
    expect(corpus.passages.slice(0, loaded.corpus.passages.length)).toEqual(loaded.corpus.passages)
    expect(corpus.passage('garden-rules/water')).toMatchObject({
      level: null,
      title: 'Garden Rules › Water',
      heading: 'Water',
      url: 'file:garden.md',
      indicator: null,
      text: 'Water the beds at dawn.',
    })
  })

  it('leaves out a file that is none, and one whose id a model has, and says so', async () => {
    await importDocuments([await write('garden.md', GARDEN)], deps)
    const stored = await readFile(join(directory, 'garden-rules.json'), 'utf8')
    await writeFile(join(directory, 'kmm.json'), stored.replace('"garden-rules"', '"kmm"'))
    await writeFile(join(directory, 'broken.json'), '{')
    await writeFile(join(directory, 'other.json'), '{"id": "other"}')
    const loaded = await loadCorpus()
    const { corpus, problems } = await addImports(loaded, directory)
    expect(corpus.documents.map(({ id }) => id)).toEqual(['garden-rules'])
    expect(corpus.model('kmm')).toEqual(loaded.corpus.model('kmm'))
    expect(corpus.section('kmm', 'security')).toEqual(loaded.corpus.section('kmm', 'security'))
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("can't be read"),
      expect.stringContaining('is no imported document'),
      'the id "kmm" belongs to a model now: import garden.md again',
    ])
  })
})
