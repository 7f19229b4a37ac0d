import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createEmbeddedEmbedder } from './embedded-embeddings.ts'
import type { Embedder } from './embedder.ts'

const BACKUPS = 'Backups run every night.'
/** From this many texts on, further threads help. */
const MANY = 64
/** Threads of their own take their time where the machine is busy. */
const SLOW_MS = 30_000

describe('the embedded embedder', { timeout: SLOW_MS }, () => {
  let embedder: Embedder
  beforeAll(() => {
    embedder = createEmbeddedEmbedder()
  })
  afterAll(() => embedder.close())
  const embed = (text: string) => embedder.embeddings.embedQuery(text)

  it('names package and version, since vectors of two models must not meet', () => {
    expect(embedder.name).toMatch(/^@energetic-ai\/model-embeddings-en@\d+\.\d+\.\d+$/)
  })

  it('gives 512 numbers', async () => {
    const vector = await embed(BACKUPS)

    expect(vector).toHaveLength(512)
    expect(vector.every(Number.isFinite)).toBe(true)
  })

  it('gives the same text the same vector, as a question and as a document', async () => {
    const again = await embedder.embeddings.embedDocuments([BACKUPS, 'Alarms wake somebody.', BACKUPS])

    expect(again[0]).toEqual(await embed(BACKUPS))
    expect(again[2]).toEqual(again[0])
    expect(again[1]).not.toEqual(again[0])
  })

  it('puts near each other what means the same', async () => {
    const [backups, same, other] = await embedder.embeddings.embedDocuments([BACKUPS, 'Each night a copy of the data is made.', 'The zoo has a new giraffe.'])

    expect(dot(backups, same)).toBeGreaterThan(dot(backups, other))
  })

  it('embeds nothing when there is nothing', async () => {
    expect(await embedder.embeddings.embedDocuments([])).toEqual([])
  })

  it('answers for a text that it can’t take, and goes on', async () => {
    // Whether such a text has a vector is up to the model; that it ends no thread and blocks no queue is up to us.
    await Promise.allSettled(['', ' ', '?!', '\u0000', '\uD800', '🚀'.repeat(300)].map(embed))

    expect(await embed('Alarms wake somebody.')).toHaveLength(512)
  })

  it('works off the main thread: meanwhile the event loop keeps turning', async () => {
    await embed('The model is loaded now.')
    const long = 'Each team deploys small changes on every workday. '.repeat(12)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const started = performance.now()
    delay.enable()
    await Promise.all(Array.from({ length: 8 }, (_, i) => embed(`${i} ${long}`)))
    delay.disable()

    const tookMs = performance.now() - started
    const longestGapMs = delay.max / 1e6
    // On the main thread it would be one gap, as long as it all takes.
    expect(longestGapMs).toBeLessThan(Math.max(tookMs / 2, 100))
  })

  it('keeps the further threads as long as one of two calls needs them', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const long = embedder.embeddings.embedDocuments(Array.from({ length: 2 * MANY }, (_, i) => `Long ${i}`))
      await embedder.embeddings.embedDocuments(Array.from({ length: MANY }, (_, i) => `Short ${i}`))
      vi.advanceTimersByTime(60_000)

      expect(await long).toHaveLength(2 * MANY)
    } finally {
      vi.useRealTimers()
    }
  })

  it('shares many texts among threads, and returns them in order', async () => {
    const texts = Array.from({ length: MANY + 6 }, (_, i) => `Text ${i}`)
    const vectors = await embedder.embeddings.embedDocuments(texts)

    expect(vectors).toHaveLength(texts.length)
    expect(vectors[0]).toEqual(await embed('Text 0'))
    expect(vectors.at(-1)).toEqual(await embed(`Text ${MANY + 5}`))
  })
})

describe('closing', () => {
  it('rejects open calls and later ones, be they questions or documents', async () => {
    const { embeddings, close } = createEmbeddedEmbedder()
    await embeddings.embedQuery('Asked before.')
    const open = Promise.allSettled([
      embeddings.embedQuery(BACKUPS),
      embeddings.embedDocuments([BACKUPS]),
      embeddings.embedDocuments(Array<string>(MANY).fill(BACKUPS)),
    ])
    await close()

    const later = Promise.allSettled([
      embeddings.embedQuery('Never asked.'),
      embeddings.embedQuery('Asked before.'),
      embeddings.embedDocuments([BACKUPS]),
      embeddings.embedDocuments(Array<string>(MANY).fill(BACKUPS)),
    ])
    const closed = { status: 'rejected', reason: new Error('the embedder was closed') }
    expect(await open).toEqual([closed, closed, closed])
    expect(await later).toEqual([closed, closed, closed, closed])
  })

  it('may come twice, and before the model is loaded', async () => {
    const { close } = createEmbeddedEmbedder()

    await Promise.all([close(), close()])
    await close()
  })
})

function dot(a: readonly number[] = [], b: readonly number[] = []): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}
