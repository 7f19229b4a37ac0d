import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createOpenAIEmbedder } from './openai-embedder.ts'

const MODEL = 'text-embedding-test'
const KEY = 'sk-test'
const EMBEDDINGS_REQUEST = z.strictObject({
  model: z.literal(MODEL),
  input: z.union([z.string(), z.array(z.string()).min(1)]),
  encoding_format: z.literal('float'),
})

/** Speaks POST /v1/embeddings and nothing else; whatever is not in order is answered with an error, as the real one would. */
class EmbeddingsServer {
  readonly inputs: string[][] = []
  requests = 0
  /** Answers these statuses first. */
  failures: number[] = []
  key = KEY
  readonly #server: Server

  constructor() {
    this.#server = createServer(async (request, response) => {
      this.requests++
      const { status, body } = await this.#answer(request)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get baseUrl(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the server does not listen')
    return `http://127.0.0.1:${address.port}/v1`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const failed = (status: number, message: string) => ({ status, body: { error: { message, type: 'error', code: null, param: null } } })
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const status = this.failures.shift()
    if (status !== undefined) return failed(status, 'out of order')
    if (request.method !== 'POST' || request.url !== '/v1/embeddings') return failed(404, `${request.method} ${request.url} is not known`)
    if (request.headers.authorization !== `Bearer ${this.key}`) return failed(401, 'wrong key')
    if (!request.headers['content-type']?.startsWith('application/json')) return failed(415, 'not JSON')
    const parsed = EMBEDDINGS_REQUEST.safeParse(JSON.parse(text))
    if (!parsed.success) return failed(400, z.prettifyError(parsed.error))

    const input = [parsed.data.input].flat()
    this.inputs.push(input)
    const data = input.map((each, index) => ({ object: 'embedding', index, embedding: vectorOf(each) }))
    return { status: 200, body: { object: 'list', model: MODEL, data, usage: { prompt_tokens: 1, total_tokens: 1 } } }
  }
}

const vectorOf = (text: string) => [text.length, 0.5, -1]

let server: EmbeddingsServer
beforeEach(async () => {
  server = new EmbeddingsServer()
  await server.listen()
})
afterEach(() => server.close())

const create = (options: { apiKey?: string } = { apiKey: KEY }) => createOpenAIEmbedder({ model: MODEL, baseUrl: server.baseUrl, ...options })

describe('embeddings of an OpenAI-compatible server', () => {
  it('are asked for with model and key at the given address', async () => {
    expect(await create().embeddings.embedQuery('Backups')).toEqual(vectorOf('Backups'))
    expect(server.inputs).toEqual([['Backups']])
  })

  it('come for many texts in few requests, in order', async () => {
    const texts = Array.from({ length: 600 }, (_, i) => 'x'.repeat((i % 50) + 1))

    expect(await create().embeddings.embedDocuments(texts)).toEqual(texts.map(vectorOf))
    expect(server.requests).toBeLessThanOrEqual(3)
  })

  it('come also from a server that wants no key', async () => {
    server.key = 'none'

    expect(await create({}).embeddings.embedQuery('Backups')).toHaveLength(3)
  })

  it('are never mixed with those of another address or model', () => {
    const names = [
      create(),
      createOpenAIEmbedder({ model: MODEL, apiKey: KEY }),
      createOpenAIEmbedder({ model: 'other', baseUrl: server.baseUrl, apiKey: KEY }),
    ].map(({ name }) => name)

    expect(new Set(names).size).toBe(3)
    expect(names.join()).not.toContain(KEY)
  })
})

/** The client waits one to two seconds before its second attempt, twice as long before its third. */
describe('a server that fails', { timeout: 20_000 }, () => {
  it('is asked again, at most twice, and then the call rejects', async () => {
    server.failures = [500, 500, 500, 500, 500, 500, 500, 500]

    await expect(create().embeddings.embedQuery('Backups')).rejects.toThrow('out of order')
    expect(server.requests).toBe(3)
  })

  it('for a moment only costs that moment', async () => {
    server.failures = [500]

    expect(await create().embeddings.embedQuery('Backups')).toEqual(vectorOf('Backups'))
    expect(server.requests).toBe(2)
  })

  it('for want of the right key is not asked again', async () => {
    await expect(create({ apiKey: 'sk-wrong' }).embeddings.embedQuery('Backups')).rejects.toThrow('wrong key')
    expect(server.requests).toBe(1)
  })
})
