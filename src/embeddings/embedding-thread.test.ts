import { afterEach, beforeEach, expect, it } from 'vitest'
import { EmbeddingThread } from './embedding-thread.ts'

let thread: EmbeddingThread
beforeEach(() => {
  thread = new EmbeddingThread()
})
afterEach(() => thread.close())

it('starts when it is first needed, and gives each of several open calls its own answer', async () => {
  const texts = ['Backups run every night.', 'Alarms wake somebody.', 'Backups run every night.']
  const [first, second, third] = await Promise.all(texts.map((text) => thread.embed(text)))

  expect(first).toHaveLength(512)
  expect(first).toEqual(third)
  expect(first).not.toEqual(second)
})

it('rejects what was open when its worker dies, and starts another for the next call', async () => {
  const worker = thread.start()
  const open = Promise.allSettled([thread.embed('Backups run every night.'), thread.embed('Alarms wake somebody.')])
  await worker.terminate()

  expect(await open).toEqual(
    [1, 2].map(() => ({ status: 'rejected', reason: expect.objectContaining({ message: expect.stringContaining('the embedding thread ended') }) })),
  )
  expect(await thread.embed('Backups run every night.')).toHaveLength(512)
})

it('also starts another when its worker died idle', async () => {
  const worker = thread.start()
  await thread.embed('Backups run every night.')
  await worker.terminate()

  expect(await thread.embed('Backups run every night.')).toHaveLength(512)
})

it('starts none once it is closed', async () => {
  await thread.close()

  await expect(thread.embed('Backups run every night.')).rejects.toThrow('the embedder was closed')
})
