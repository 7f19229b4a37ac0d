import { createHash } from 'node:crypto'
import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Embeddings } from '@langchain/core/embeddings'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { type Corpus, createCorpus, type Passage } from '../corpus/passage.ts'
import type { Embedder } from '../embeddings/embedder.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { type OpenIndexOptions, openIndex } from './open-index.ts'
import { readVectorFile } from './shipped-vectors.ts'
import { windowsOf } from './windows.ts'

/** Counts the words of a text in as many bins as there are dimensions, and remembers what it was given. */
class HashingEmbeddings extends Embeddings {
  readonly embedded: string[] = []
  readonly #dimensions: number

  constructor(dimensions: number) {
    super({})
    this.#dimensions = dimensions
  }

  override async embedQuery(text: string): Promise<number[]> {
    const vector = new Array<number>(this.#dimensions).fill(0)
    for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
      const bin = createHash('sha256').update(word).digest().readUInt8(0) % this.#dimensions
      vector[bin] = (vector[bin] ?? 0) + 1
    }
    return vector
  }

  override embedDocuments(texts: string[]): Promise<number[][]> {
    this.embedded.push(...texts)
    return Promise.all(texts.map((text) => this.embedQuery(text)))
  }
}

function createHashingEmbedder({ name = 'hashing@1', dimensions = 64 } = {}) {
  const embeddings = new HashingEmbeddings(dimensions)
  return { name, embeddings, close: async () => {} } satisfies Embedder
}

function createTexts(texts: Record<string, string>): Corpus {
  const passages = Object.entries(texts).map(
    ([section, text]): Passage => ({
      id: `acme/${section}`,
      model: 'acme',
      section,
      level: null,
      title: `Acme › ${section}`,
      heading: section,
      url: 'https://acme.example',
      indicator: null,
      text,
      seeAlso: [],
      file: 'acme.md',
      line: 1,
    }),
  )
  return createCorpus([], passages)
}

const TEXTS = {
  backups: 'Backups run every night.',
  alarms: 'Alarms wake whoever is on call.',
  /** Two windows, of which only the last changes with the last sentence. */
  deploys: `${'Deployments happen on every single workday of the week. '.repeat(9)}They are small.`,
}

let temporary: TemporaryDirectory
let directory: string
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
  directory = join(temporary.path, 'index')
})
afterEach(() => temporary.remove())

/** Opens the index as a process of its own would: with a new embedder. */
async function open(
  texts: Record<string, string> | Corpus,
  { embedder = createHashingEmbedder(), ...options }: Partial<OpenIndexOptions> & { embedder?: ReturnType<typeof createHashingEmbedder> } = {},
) {
  const notices: string[] = []
  const corpus = 'passages' in texts ? (texts as Corpus) : createTexts(texts as Record<string, string>)
  const opened = await openIndex({ corpus, embedder, directory, onNotice: (notice) => notices.push(notice), ...options })
  const nearest = async (question: string) => (await opened.store.similaritySearch(question, 1))[0]?.metadata.passage
  return { ...opened, texts: embedder.embeddings.embedded, notices, nearest, windows: corpus.passages.flatMap(windowsOf) }
}

describe('a first start', () => {
  it('with the built-in corpus embeds nothing, since its vectors ship', async () => {
    const { corpus } = await loadCorpus()
    const shipped = await readVectorFile()
    const onProgress = vi.fn()

    const { embedded, from, texts, notices, store, windows } = await open(corpus, {
      embedder: createHashingEmbedder({ name: shipped?.embedder ?? '', dimensions: 512 }),
      onProgress,
    })

    expect({ embedded, from, texts, notices }).toEqual({ embedded: 0, from: 'built', texts: [], notices: [] })
    expect(onProgress).not.toHaveBeenCalled()
    expect(store.documents).toHaveLength(windows.length)
  })

  it('with another corpus embeds each window once, and tells how far it is', async () => {
    const onProgress = vi.fn()

    const { embedded, from, texts, notices, nearest, windows } = await open({ ...TEXTS, copy: 'The same.' }, { onProgress })

    expect({ embedded, from, notices }).toEqual({ embedded: windows.length, from: 'built', notices: [] })
    expect(texts).toEqual(windows.map(({ text }) => text))
    expect(onProgress).toHaveBeenLastCalledWith(windows.length, windows.length)
    expect(await nearest('When do backups run?')).toBe('acme/backups')
  })

  it('embeds many windows in parts, so that progress shows', async () => {
    const progress: number[] = []

    await open(Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`s${i}`, `Text number ${i}.`])), {
      onProgress: (done, total) => progress.push(done / total),
    })

    expect(progress.length).toBeGreaterThan(1)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
  })

  it('has an index also for a corpus without passages', async () => {
    expect(await open({})).toMatchObject({ embedded: 0, from: 'built', notices: [] })
    expect(await open({})).toMatchObject({ embedded: 0, from: 'disk', notices: [] })
  })
})

describe('a later start', () => {
  beforeEach(async () => {
    await open(TEXTS)
  })

  it('takes the index from disk while nothing has changed', async () => {
    const { embedded, from, texts, nearest } = await open(TEXTS)

    expect({ embedded, from, texts }).toEqual({ embedded: 0, from: 'disk', texts: [] })
    expect(await nearest('Who is on call?')).toBe('acme/alarms')
  })

  it('embeds of a changed passage only the windows that changed', async () => {
    const { embedded, from, texts, windows } = await open({ ...TEXTS, deploys: TEXTS.deploys.replace('They are small.', 'They are large.') })

    expect(windows.filter(({ passage }) => passage === 'acme/deploys').length).toBeGreaterThan(1)
    expect({ embedded, from }).toEqual({ embedded: 1, from: 'built' })
    expect(texts).toEqual([expect.stringMatching(/They are large\.$/)])
  })

  it('embeds a new passage, and forgets one that is gone', async () => {
    const { backups: _, ...rest } = TEXTS
    const { texts, store, nearest } = await open({ ...rest, secrets: 'Secrets live in a vault.' })

    expect(texts).toEqual(['secrets. Secrets live in a vault.'])
    expect(store.documents.some(({ metadata }) => metadata.passage === 'acme/backups')).toBe(false)
    expect(await nearest('Where do secrets live?')).toBe('acme/secrets')
    expect(await open({ ...rest, secrets: 'Secrets live in a vault.' })).toMatchObject({ from: 'disk' })
  })

  it('embeds nothing when passages only change places', async () => {
    const { backups, ...rest } = TEXTS

    expect(await open({ ...rest, backups })).toMatchObject({ from: 'built', embedded: 0, texts: [] })
  })

  it('embeds all when forced to', async () => {
    const { embedded, from, texts, windows } = await open(TEXTS, { force: true })

    expect({ embedded, from }).toEqual({ embedded: windows.length, from: 'built' })
    expect(texts).toEqual(windows.map(({ text }) => text))
  })

  it('embeds all with another embedder, and says why', async () => {
    const { embedded, notices, windows } = await open(TEXTS, { embedder: createHashingEmbedder({ name: 'hashing@2', dimensions: 32 }) })

    expect(embedded).toBe(windows.length)
    expect(notices).toEqual([`the index in ${directory} is not used: it was made with hashing@1; it is made anew`])
  })

  it('embeds all when the embedder of the same name gives vectors of another length, and says why', async () => {
    const { embedded, notices, nearest, windows } = await open(
      { ...TEXTS, secrets: 'Secrets live in a vault.' },
      { embedder: createHashingEmbedder({ dimensions: 128 }) },
    )

    expect(embedded).toBe(windows.length)
    expect(notices).toEqual(['hashing@1 gives vectors of another length than before: every passage is embedded anew'])
    expect(await nearest('When do backups run?')).toBe('acme/backups')
  })

  it('makes a damaged index anew, and says why', async () => {
    const graph = (await readdir(directory)).find((name) => name.endsWith('.hnsw')) ?? ''
    await truncate(join(directory, graph), 100)

    const { from, notices } = await open(TEXTS)

    expect(from).toBe('built')
    expect(notices).toEqual([`the index in ${directory} is not used: its vectors were changed or cut off; it is made anew`])
    expect(await open(TEXTS)).toMatchObject({ from: 'disk', notices: [] })
  })
})

describe('a directory that can’t be written', () => {
  it.each([
    ['because a file is in its way', async () => writeFile(directory, 'in the way')],
    ['because a directory stands where the manifest goes', async () => mkdir(join(directory, 'manifest.json', 'x'), { recursive: true })],
  ])('costs a notice, not the index: %s', async (_, obstruct) => {
    await obstruct()

    const { from, notices, nearest } = await open(TEXTS)

    expect(from).toBe('built')
    expect(notices.at(-1)).toMatch(/^the index can't be kept in .*index \(.+\): set CAIRN_DATA_DIR to a directory that can be written$/)
    expect(await nearest('When do backups run?')).toBe('acme/backups')
  })

  it.runIf(process.platform === 'linux')('costs a notice also where the system takes no directory at all', async () => {
    const { from, notices } = await open(TEXTS, { directory: '/proc/cairn/index' })

    expect(from).toBe('built')
    expect(notices).toEqual([expect.stringContaining("the index can't be kept in /proc/cairn/index")])
  })
})

it('passes on that the embedder failed, and keeps the old index', async () => {
  await open(TEXTS)
  const failing = createHashingEmbedder()
  vi.spyOn(failing.embeddings, 'embedDocuments').mockRejectedValue(new Error('no connection'))

  await expect(open({ ...TEXTS, secrets: 'Secrets live in a vault.' }, { embedder: failing })).rejects.toThrow('no connection')
  expect(await open(TEXTS)).toMatchObject({ from: 'disk' })
})
