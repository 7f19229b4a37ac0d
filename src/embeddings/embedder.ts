/** What turns text into vectors: LangChain's `Embeddings`, with what an index must know about them. */
import type { Embeddings } from '@langchain/core/embeddings'

export interface Embedder {
  /** Vectors of different names must never meet in one index. */
  readonly name: string
  readonly embeddings: Embeddings
  /** Ends threads and connections; calls after it fail. */
  close(): Promise<void>
}
