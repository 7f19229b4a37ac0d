/** A server on loopback that speaks OpenAI's embeddings protocol and can be told to wait before it answers. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface EmbeddingServer {
  /** For `OPENAI_BASE_URL`. */
  url: string
  /** Requests with a text that holds `phrase` wait until the returned function is called; `reached` resolves with the first of them. */
  hold(phrase: string): { reached: Promise<void>; release(): void }
  close(): Promise<void>
}

export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  let held: { phrase: string; reached: PromiseWithResolvers<void>; released: PromiseWithResolvers<void> } | undefined
  const server = createServer(async (request, response) => {
    const { input } = JSON.parse(await text(request)) as { input: string | string[] }
    const inputs = [input].flat()
    if (held !== undefined && inputs.some((each) => each.includes(held?.phrase ?? ''))) {
      held.reached.resolve()
      await held.released.promise
    }
    const data = inputs.map((each, index) => ({ object: 'embedding', index, embedding: vectorOf(each) }))
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ object: 'list', model: 'fake', data, usage: { prompt_tokens: 0, total_tokens: 0 } }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    hold(phrase) {
      const mine = { phrase, reached: Promise.withResolvers<void>(), released: Promise.withResolvers<void>() }
      held = mine
      return { reached: mine.reached.promise, release: () => mine.released.resolve() }
    },
    async close() {
      held?.released.resolve()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function vectorOf(words: string): number[] {
  return [...createHash('sha256').update(words).digest().subarray(0, 8)].map((byte) => byte - 127.5)
}
