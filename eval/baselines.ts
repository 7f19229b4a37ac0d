/**
 * What one would build in an afternoon, over the same text: the plain LangChain recipe (recursive splitter, vectors)
 * and BM25 with its library's defaults. A chunk stands for the passages that it overlaps.
 */
import { readFileSync } from 'node:fs'
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters'
import { Document } from 'langchain'
import MiniSearch from 'minisearch'
import type { Corpus } from '../src/corpus/passage.ts'
import type { Embedder } from '../src/embeddings/embedder.ts'
import { HnswVectorStore } from '../src/index/vector-store.ts'

export interface Baseline {
  name: string
  search(question: string): Promise<string[]>
}

const RECIPE = { chunkSize: 1000, chunkOverlap: 200 }
const CHUNKS = 20

interface Chunk {
  id: number
  text: string
  passages: string[]
}

export async function createBaselines(corpus: Corpus, embedder: Embedder): Promise<Baseline[]> {
  const chunks = await cut(corpus)
  const vectors = await embedder.embeddings.embedDocuments(chunks.map((chunk) => chunk.text))
  const store = HnswVectorStore.empty(embedder.embeddings, vectors[0]?.length ?? 1)
  await store.addVectors(
    vectors,
    chunks.map((chunk) => new Document({ pageContent: chunk.text, metadata: { key: String(chunk.id), passage: chunk.passages.join(' ') } })),
  )

  const bm25 = new MiniSearch<Chunk>({ fields: ['text'] })
  bm25.addAll(chunks)
  return [
    {
      name: 'LangChain recipe (splitter 1000/200, vectors)',
      search: async (question) =>
        distinct((await store.similaritySearchWithScore(question, CHUNKS)).flatMap(([document]) => document.metadata.passage.split(' '))),
    },
    {
      name: 'BM25 over the same chunks (MiniSearch defaults)',
      search: async (question) =>
        distinct(
          bm25
            .search(question)
            .slice(0, CHUNKS)
            .flatMap((hit) => chunks[hit.id as number]?.passages ?? []),
        ),
    },
  ]
}

async function cut(corpus: Corpus): Promise<Chunk[]> {
  const splitter = new RecursiveCharacterTextSplitter(RECIPE)
  const byFile = Map.groupBy(corpus.passages, (passage) => passage.file)
  const chunks: Chunk[] = []
  for (const [file, passages] of byFile) {
    const source = readFileSync(file, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, (head) => head.replace(/[^\n]/g, ' '))
    const lineStarts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)]
    const spans = passages.map((passage, i) => ({
      id: passage.id,
      from: lineStarts[passage.line - 1] ?? 0,
      to: lineStarts[(passages[i + 1]?.line ?? lineStarts.length) - 1] ?? source.length,
    }))
    let searchFrom = 0
    for (const text of await splitter.splitText(source)) {
      const from = source.indexOf(text, searchFrom)
      if (from < 0) continue
      searchFrom = from + 1
      const overlapped = spans.filter((span) => Math.min(span.to, from + text.length) - Math.max(span.from, from) > text.length / 5)
      chunks.push({ id: chunks.length, text, passages: overlapped.map((span) => span.id) })
    }
  }
  return chunks
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].slice(0, 10)
}
