/**
 * The index on disk: a graph and a manifest that names it. The manifest is replaced last, in one step,
 * so a crash at any moment leaves the old index whole.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Document } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import * as z from 'zod'
import { codeOf, messageOf } from '../shared/errors.ts'
import { makeDirectory } from '../shared/make-directory.ts'
import { HnswVectorStore, SPACE } from './vector-store.ts'

const MANIFEST = 'manifest.json'

const manifest = z.strictObject({
  format: z.literal(1),
  embedder: z.string(),
  dimensions: z.int().positive(),
  space: z.literal(SPACE),
  count: z.int().nonnegative(),
  corpusHash: z.string(),
  graph: z.string(),
  checksum: z.string(),
  windows: z.array(z.strictObject({ key: z.string(), passage: z.string(), text: z.string() })),
})

export interface StoredIndex {
  store: HnswVectorStore
  corpusHash: string
}

/** What is on disk, or why it can't be used; `missing` is the normal case of a first start. */
export type ReadResult = { kind: 'ready'; index: StoredIndex } | { kind: 'missing' } | { kind: 'unusable'; reason: string }

/** Reads the index of one embedder; anything that does not fit together is unusable. */
export async function readIndex(directory: string, embedderName: string, embeddings: EmbeddingsInterface): Promise<ReadResult> {
  try {
    const stored = manifest.parse(JSON.parse(await readFile(join(directory, MANIFEST), 'utf8')))
    if (stored.embedder !== embedderName) return { kind: 'unusable', reason: `it was made with ${stored.embedder}` }
    if (stored.graph !== basename(stored.graph)) return { kind: 'unusable', reason: 'its manifest names a file elsewhere' }
    if (stored.count !== stored.windows.length) return { kind: 'unusable', reason: 'its manifest contradicts itself' }
    const graph = join(directory, stored.graph)
    if ((await checksumOf(graph)) !== stored.checksum) return { kind: 'unusable', reason: 'its vectors were changed or cut off' }
    const documents = stored.windows.map(({ key, passage, text }) => new Document({ pageContent: text, metadata: { key, passage } }))
    const store = await HnswVectorStore.readGraph(graph, embeddings, stored.dimensions, documents)
    return { kind: 'ready', index: { store, corpusHash: stored.corpusHash } }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'missing' }
    if (error instanceof z.ZodError || error instanceof SyntaxError) return { kind: 'unusable', reason: 'its manifest is not one of this version' }
    return { kind: 'unusable', reason: messageOf(error) }
  }
}

/** Writes aside, reads back, then swaps the manifest. @throws the system's error when the directory can't be written */
export async function writeIndex(directory: string, embedderName: string, { store, corpusHash }: StoredIndex): Promise<void> {
  await makeDirectory(directory)
  const graphName = `vectors-${randomUUID()}.hnsw`
  const graph = join(directory, graphName)
  const aside = join(directory, `${MANIFEST}.${randomUUID()}`)
  try {
    await writeFile(graph, '')
    await store.writeGraph(graph)
    const checksum = await checksumOf(graph)
    await HnswVectorStore.readGraph(graph, store.embeddings, store.dimensions, [...store.documents])
    const content: z.infer<typeof manifest> = {
      format: 1,
      embedder: embedderName,
      dimensions: store.dimensions,
      space: SPACE,
      count: store.documents.length,
      corpusHash,
      graph: graphName,
      checksum,
      windows: store.documents.map(({ pageContent, metadata }) => ({ ...metadata, text: pageContent })),
    }
    await writeFile(aside, JSON.stringify(content), { flush: true })
    await rename(aside, join(directory, MANIFEST))
  } catch (error) {
    await Promise.all([rm(graph, { force: true }), rm(aside, { force: true })])
    throw error
  }
  await removeOthers(directory, graphName)
}

/** Graphs and half-written manifests that no manifest names any more. */
async function removeOthers(directory: string, current: string): Promise<void> {
  const names = await readdir(directory)
  const stale = names.filter((name) => name !== current && (/^vectors-.*\.hnsw$/.test(name) || name.startsWith(`${MANIFEST}.`)))
  await Promise.all(stale.map((name) => rm(join(directory, name), { force: true })))
}

async function checksumOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}
