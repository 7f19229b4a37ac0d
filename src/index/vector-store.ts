/** Vectors of windows in an HNSW graph, as a LangChain vector store. */
import { open } from 'node:fs/promises'
import type { Document } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { VectorStore } from '@langchain/core/vectorstores'
import hnswlib from 'hnswlib-node'

export interface WindowMetadata {
  /** The window's key. */
  key: string
  /** Id of the passage the window was cut from. */
  passage: string
}
export type WindowDocument = Document<WindowMetadata>

export const SPACE = 'cosine'

/** Recall stays at 1.0 into the thousands of windows; the library's own default of 10 misses neighbours. */
const SEARCH_BREADTH = 200
const GRAPH = { m: 16, efConstruction: 200, randomSeed: 100 }

export class HnswVectorStore extends VectorStore {
  declare FilterType: (document: WindowDocument) => boolean
  readonly dimensions: number
  readonly #graph: hnswlib.HierarchicalNSW
  /** A vector's label in the graph is its document's position here. */
  readonly #documents: WindowDocument[]

  private constructor(embeddings: EmbeddingsInterface, dimensions: number, graph: hnswlib.HierarchicalNSW, documents: WindowDocument[]) {
    super(embeddings, {})
    this.dimensions = dimensions
    this.#graph = graph
    this.#documents = documents
  }

  static empty(embeddings: EmbeddingsInterface, dimensions: number): HnswVectorStore {
    const graph = new hnswlib.HierarchicalNSW(SPACE, dimensions)
    graph.initIndex({ maxElements: 1024, ...GRAPH })
    graph.setEf(SEARCH_BREADTH)
    return new HnswVectorStore(embeddings, dimensions, graph, [])
  }

  /**
   * Opens a graph that `writeGraph` wrote. The file does not tell its space: the caller's manifest does.
   * @throws Error when the file is cut off, foreign, or holds vectors of another length or number than expected
   */
  static async readGraph(path: string, embeddings: EmbeddingsInterface, dimensions: number, documents: WindowDocument[]): Promise<HnswVectorStore> {
    // The library takes any length, and then reads beyond its memory.
    const found = await dimensionsOf(path)
    if (found !== dimensions) throw new Error(`the graph holds vectors of ${found} dimensions, ${dimensions} expected`)
    const graph = new hnswlib.HierarchicalNSW(SPACE, dimensions)
    await graph.readIndex(path)
    graph.setEf(SEARCH_BREADTH)
    if (graph.getCurrentCount() !== documents.length) throw new Error(`the graph holds ${graph.getCurrentCount()} vectors, ${documents.length} expected`)
    return new HnswVectorStore(embeddings, dimensions, graph, documents)
  }

  get documents(): readonly WindowDocument[] {
    return this.#documents
  }

  override _vectorstoreType(): string {
    return 'hnswlib-node'
  }

  override async addDocuments(documents: WindowDocument[]): Promise<void> {
    await this.addVectors(await this.embeddings.embedDocuments(documents.map((document) => document.pageContent)), documents)
  }

  /** @throws RangeError on a vector of another length or with a value that is not a number */
  override async addVectors(vectors: number[][], documents: WindowDocument[]): Promise<void> {
    // The library takes NaN without a word, and then every search is wrong: all are looked at before one is added.
    for (const vector of vectors) {
      if (vector.length !== this.dimensions) throw new RangeError(`a vector of ${vector.length} dimensions in an index of ${this.dimensions}`)
      if (!vector.every(Number.isFinite)) throw new RangeError('a vector holds a value that is not a number')
    }
    const needed = this.#documents.length + vectors.length
    if (needed > this.#graph.getMaxElements()) this.#graph.resizeIndex(Math.max(needed, this.#graph.getMaxElements() * 2))
    for (const [i, vector] of vectors.entries()) {
      this.#graph.addPoint(vector, this.#documents.length)
      this.#documents.push(documents[i] as WindowDocument)
    }
  }

  /** Nearest first, with the cosine similarity (-1 to 1) as score. */
  override async similaritySearchVectorWithScore(query: number[], k: number, filter?: this['FilterType']): Promise<[WindowDocument, number][]> {
    const count = Math.min(k, this.#documents.length)
    if (count === 0) return []
    // A filter that throws inside the library ends the process, so labels are filtered by a table made beforehand.
    const allowed = filter === undefined ? undefined : this.#documents.map(filter)
    const found = this.#graph.searchKnn(query, count, allowed && ((label) => allowed[label] === true))
    return found.neighbors.map((label, i) => [this.#documents[label] as WindowDocument, 1 - (found.distances[i] as number)])
  }

  vector(position: number): number[] {
    return this.#graph.getPoint(position)
  }

  /** The directory must exist: into a missing one the library writes nothing and says nothing. */
  async writeGraph(path: string): Promise<void> {
    await this.#graph.writeIndex(path)
  }
}

/** The head of the file says where in an element the vector begins and where, right after it, the label. */
async function dimensionsOf(path: string): Promise<number> {
  await using file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(48), 0, 48, 0)
  return Number(buffer.readBigUInt64LE(32) - buffer.readBigUInt64LE(40)) / Float32Array.BYTES_PER_ELEMENT
}
