/** The index of a corpus: what is on disk where it still fits, made anew where it does not. */
import { createHash } from 'node:crypto'
import { Document } from '@langchain/core/documents'
import type { Corpus } from '../corpus/passage.ts'
import type { Embedder } from '../embeddings/embedder.ts'
import { messageOf, UserError } from '../shared/errors.ts'
import { readIndex, writeIndex } from './index-files.ts'
import { readVectorFile } from './shipped-vectors.ts'
import { HnswVectorStore } from './vector-store.ts'
import { type Window, windowsOf } from './windows.ts'

export interface OpenIndexOptions {
  corpus: Corpus
  embedder: Embedder
  directory: string
  /** Ignores what is on disk and what ships: every window is embedded. */
  force?: boolean
  /** Called as windows get embedded; not at all when none needs to be. */
  onProgress?(done: number, total: number): void
  /** One sentence for the log: why an index is made anew, or could not be kept. */
  onNotice?(notice: string): void
}

export interface OpenedIndex {
  store: HnswVectorStore
  /** How many windows had to be embedded. */
  embedded: number
  /** `disk`: taken as it was; `built`: put together anew. */
  from: 'disk' | 'built'
}

/** A directory that can't be written costs a notice, not the answer: the index then lives in memory. */
export async function openIndex(options: OpenIndexOptions): Promise<OpenedIndex> {
  const { corpus, embedder, directory, force = false, onNotice } = options
  const windows = corpus.passages.flatMap(windowsOf)
  const corpusHash = hashOf(windows)

  const stored = force ? { kind: 'missing' as const } : await readIndex(directory, embedder.name, embedder.embeddings)
  if (stored.kind === 'ready' && stored.index.corpusHash === corpusHash) return { store: stored.index.store, embedded: 0, from: 'disk' }
  if (stored.kind === 'unusable') onNotice?.(`the index in ${directory} is not used: ${stored.reason}; it is made anew`)

  const known = force ? new Map<string, number[]>() : await knownVectors(stored.kind === 'ready' ? stored.index.store : undefined, embedder)
  const missing = windows.filter((window) => !known.has(window.key))
  let embedded = await embedAll(missing, embedder, options.onProgress)
  if (!sameLength([...embedded.values(), ...known.values()])) {
    onNotice?.(`${embedder.name} gives vectors of another length than before: every passage is embedded anew`)
    embedded = await embedAll(windows, embedder, options.onProgress)
  }
  const store = await assemble(windows, (key) => embedded.get(key) ?? known.get(key), embedder)
  try {
    await writeIndex(directory, embedder.name, { store, corpusHash })
  } catch (error) {
    onNotice?.(`the index can't be kept in ${directory} (${(error as Error).message}): set CAIRN_DATA_DIR to a directory that can be written`)
  }
  return { store, embedded: embedded.size, from: 'built' }
}

function sameLength(vectors: readonly number[][]): boolean {
  return vectors.every((vector) => vector.length === vectors[0]?.length)
}

/** So many texts a call: often enough to show progress, and enough to share among the embedder's threads. */
const BATCH = 256

/** Each distinct window once, in the corpus's order. */
async function embedAll(windows: readonly Window[], embedder: Embedder, onProgress?: (done: number, total: number) => void): Promise<Map<string, number[]>> {
  const texts = new Map(windows.map((window) => [window.key, window.text]))
  const vectors = new Map<string, number[]>()
  const entries = [...texts]
  for (let i = 0; i < entries.length; i += BATCH) {
    const some = entries.slice(i, i + BATCH)
    const made = await embedder.embeddings.embedDocuments(some.map(([, text]) => text)).catch((error: unknown) => {
      const hint = 'check OPENAI_BASE_URL, OPENAI_API_KEY and CAIRN_EMBEDDING_MODEL, or leave them empty to use the embedded model'
      throw new UserError(`the passages can't be embedded by ${embedder.name} (${messageOf(error)}): ${hint}`, { cause: error })
    })
    for (const [j, [key]] of some.entries()) vectors.set(key, made[j] as number[])
    onProgress?.(vectors.size, entries.length)
  }
  return vectors
}

async function knownVectors(old: HnswVectorStore | undefined, embedder: Embedder): Promise<Map<string, number[]>> {
  const known = new Map<string, number[]>()
  const shipped = await readVectorFile()
  if (shipped?.embedder === embedder.name) for (const [key, vector] of shipped.vectors) known.set(key, vector)
  for (const [position, document] of (old?.documents ?? []).entries()) known.set(document.metadata.key, (old as HnswVectorStore).vector(position))
  return known
}

async function assemble(windows: readonly Window[], vectorOf: (key: string) => number[] | undefined, embedder: Embedder): Promise<HnswVectorStore> {
  const vectors = windows.map((window) => vectorOf(window.key) as number[])
  const store = HnswVectorStore.empty(embedder.embeddings, vectors[0]?.length ?? 1)
  await store.addVectors(
    vectors,
    windows.map(({ key, passage, text }) => new Document({ pageContent: text, metadata: { key, passage } })),
  )
  return store
}

function hashOf(windows: readonly Window[]): string {
  const hash = createHash('sha256')
  for (const { key, passage } of windows) hash.update(`${passage} ${key}\n`)
  return hash.digest('hex')
}
