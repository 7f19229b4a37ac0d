/** Embeddings of any server that speaks OpenAI's protocol. */
import { OpenAIEmbeddings } from '@langchain/openai'
import type { Embedder } from './embedder.ts'

export interface OpenAIEmbedderOptions {
  apiKey?: string
  baseUrl?: string
  model: string
}

/** A question waits for its embedding: past this, search goes on without vectors. */
const TIMEOUT_MS = 10_000

export function createOpenAIEmbedder({ apiKey, baseUrl, model }: OpenAIEmbedderOptions): Embedder {
  const embeddings = new OpenAIEmbeddings({
    model,
    // A local server often wants no key, but the client insists on one.
    apiKey: apiKey ?? 'none',
    timeout: TIMEOUT_MS,
    maxRetries: 2,
    encodingFormat: 'float',
    // The address counts only in here; beside the other fields it would be ignored without a word.
    ...(baseUrl === undefined ? {} : { configuration: { baseURL: baseUrl } }),
  })
  return { name: `openai:${baseUrl ?? 'api'}:${model}`, embeddings, close: async () => {} }
}
