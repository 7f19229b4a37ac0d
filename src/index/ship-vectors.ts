/** Writes the vectors that ship with the built-in corpus: `npm run vectors`, after a change to corpus/. */
import { loadCorpus } from '../corpus/load-corpus.ts'
import { createEmbeddedEmbedder } from '../embeddings/embedded-embeddings.ts'
import { readVectorFile, SHIPPED_VECTORS, writeVectorFile } from './shipped-vectors.ts'
import { windowsOf } from './windows.ts'

const { corpus } = await loadCorpus()
const windows = corpus.passages.flatMap(windowsOf)
const embedder = createEmbeddedEmbedder()
const old = await readVectorFile()
const kept = old?.embedder === embedder.name ? old.vectors : new Map<string, number[]>()

const missing = windows.filter((window) => !kept.has(window.key))
const made = await embedder.embeddings.embedDocuments(missing.map((window) => window.text))
await embedder.close()

const fresh = new Map(missing.map((window, i) => [window.key, made[i] as number[]]))
const vectors = new Map(windows.map(({ key }) => [key, fresh.get(key) ?? (kept.get(key) as number[])]))
await writeVectorFile(SHIPPED_VECTORS, { embedder: embedder.name, dimensions: [...vectors.values()][0]?.length ?? 0, vectors })
process.stdout.write(`${vectors.size} vectors, ${fresh.size} of them new, in ${SHIPPED_VECTORS}\n`)
