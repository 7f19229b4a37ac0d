/** One worker thread with the embedded model; it starts when first needed and again after it died. */
import { Worker } from 'node:worker_threads'
import type { EmbedResult, EmbedTask } from './embedding-worker.ts'

/** The model itself lies outside the heap: a small heap makes no difference to its speed and saves 50 MB. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 }

interface Waiting {
  resolve(vector: number[]): void
  reject(error: Error): void
}

export class EmbeddingThread {
  #worker: Worker | undefined
  #closed = false
  #nextId = 1
  readonly #waiting = new Map<number, Waiting>()

  /** Begins to load the model, so that the first question need not wait for it. */
  start(): Worker {
    const worker = new Worker(new URL('./embedding-worker.ts', import.meta.url), { resourceLimits: LIMITS })
    this.#worker = worker
    worker.on('message', (result: EmbedResult) => this.#settle(result))
    worker.on('error', (error) => this.#lose(worker, error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => this.#lose(worker, new Error(`the embedding thread ended with code ${code}`)))
    // An idle thread does not keep the process alive.
    worker.unref()
    return worker
  }

  embed(text: string): Promise<number[]> {
    if (this.#closed) return Promise.reject(new Error('the embedder was closed'))
    const worker = this.#worker ?? this.start()
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage({ id, text } satisfies EmbedTask)
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    const worker = this.#worker
    this.#worker = undefined
    this.#rejectAll(new Error('the embedder was closed'))
    await worker?.terminate()
  }

  #settle(result: EmbedResult): void {
    const waiting = this.#waiting.get(result.id)
    this.#waiting.delete(result.id)
    if (this.#waiting.size === 0) this.#worker?.unref()
    if ('error' in result) waiting?.reject(new Error(result.error))
    else waiting?.resolve(Array.from(result.vector))
  }

  /** A worker that dies takes its open tasks with it. */
  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#rejectAll(error)
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
