import { request as httpRequest } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { ChatOpenAI } from '@langchain/openai'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChatScript, Reply } from './chat-script.ts'
import { type ChatServer, type ChatServerOptions, startChatServer } from './start-chat-server.ts'

let server: ChatServer
afterEach(() => server.close())

async function serve(answer: Reply | ChatScript, options?: ChatServerOptions): Promise<ChatServer> {
  server = await startChatServer(typeof answer === 'function' ? answer : () => answer, options)
  return server
}

type Fields = NonNullable<ConstructorParameters<typeof ChatOpenAI>[0]>
/** The SDK would print broken events to the console. */
const model = (fields: Partial<Fields> = {}) =>
  new ChatOpenAI({ model: 'test-model', apiKey: 'key', maxRetries: 0, timeout: 2000, configuration: { baseURL: server.baseUrl, logLevel: 'off' }, ...fields })

const whole = (options: { signal?: AbortSignal } = {}, fields: Partial<Fields> = {}) => model(fields).invoke('Hello there', options)

/** What a caller saw of a stream, also when it broke off. */
async function streamed(options: { signal?: AbortSignal } = {}, fields: Partial<Fields> = {}) {
  const pieces: string[] = []
  const seen = { pieces, text: () => pieces.join(''), finish: undefined as string | undefined, usage: undefined as unknown, error: undefined as unknown }
  try {
    for await (const chunk of await model(fields).stream('Hello there', options)) {
      if (chunk.text !== '') pieces.push(chunk.text)
      seen.finish ??= chunk.response_metadata.finish_reason as string | undefined
      seen.usage ??= chunk.usage_metadata
    }
  } catch (error) {
    seen.error = error
  }
  return seen
}

/** What of an error a caller can go by. */
function reported(error: unknown) {
  const { name, message, status, code, cause, lc_error_code, retryAfterMs, rateLimitType, rateLimitReason } = error as Record<string, unknown>
  return { class: (error as Error).constructor.name, name, message, status, code, cause, lc_error_code, retryAfterMs, rateLimitType, rateLimitReason }
}

const failure = (fields: Partial<Fields> = {}): Promise<unknown> =>
  whole({}, fields).then(
    () => expect.unreachable('the call succeeded'),
    (error) => reported(error),
  )

describe('an answer', () => {
  const SAID = 'Grüße, one  two\nthree 👩‍🚀 日本 done \n'

  it('comes whole, with its usage and the reason it ended', async () => {
    await serve({ kind: 'text', text: SAID })
    const message = await whole()
    expect(message.text).toBe(SAID)
    expect(message.response_metadata).toMatchObject({ finish_reason: 'stop', model_name: 'test-model' })
    expect(message.usage_metadata).toMatchObject({ input_tokens: 3, output_tokens: 10, total_tokens: 13 })
    expect(server.faults).toEqual([])
  })

  it.each([
    ['word by word', { kind: 'text', text: SAID }],
    ['in chunks of three characters', { kind: 'text', text: SAID, chunkSize: 3 }],
    ['in pieces that split its characters', { kind: 'multibyte', text: SAID }],
  ] as const)('is streamed %s', async (_name, reply) => {
    await serve(reply)
    const seen = await streamed()
    expect(seen.text()).toBe(SAID)
    expect(seen.pieces.length).toBeGreaterThan(5)
    expect(seen).toMatchObject({ finish: 'stop', error: undefined, usage: { input_tokens: 3, output_tokens: 10, total_tokens: 13 } })
    expect(server.faults).toEqual([])
  })

  it('comes whole in pieces that split its characters', async () => {
    await serve({ kind: 'multibyte', text: SAID })
    expect((await whole()).text).toBe(SAID)
  })

  it('is streamed as the protocol says, to the letter', async () => {
    await serve({ kind: 'text', text: 'one two', usage: { input: 7, output: 2 } })
    const { body, headers } = await post({ model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true, stream_options: { include_usage: true } })
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8')
    const events = body.split('\n\n')
    expect(events.slice(-2)).toEqual(['data: [DONE]', ''])
    const chunks = events.slice(0, -2).map((event) => JSON.parse(event.replace(/^data: /, '')))
    expect(new Set(chunks.map(({ id, object }) => `${id} ${object}`)).size).toBe(1)
    expect(chunks[0]).toMatchObject({
      object: 'chat.completion.chunk',
      usage: null,
      choices: [{ delta: { role: 'assistant', content: '' }, finish_reason: null }],
    })
    expect(chunks.slice(1, -2).map(({ choices }) => choices[0].delta)).toEqual([{ content: 'one' }, { content: ' two' }])
    expect(chunks.at(-2).choices).toEqual([{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }])
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 } })
  })

  it('tells its usage only when asked, and not at all where the server knows none', async () => {
    await serve({ kind: 'text', text: 'one', usage: 'none' })
    expect((await streamed()).usage).toBeUndefined()
    expect((await whole()).usage_metadata).not.toHaveProperty('total_tokens')
    expect((await post({ model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true })).body).not.toContain('usage')
  })

  it('takes its time', async () => {
    await serve({ kind: 'text', text: 'one two three', chunkDelayMs: 30 })
    const start = performance.now()
    await streamed()
    expect(performance.now() - start).toBeGreaterThan(85)
  })

  it.each([
    ['length', 'length'],
    ['filtered', 'content_filter'],
  ] as const)('that is cut off (%s) says so in its finish reason, and nowhere else', async (kind, reason) => {
    await serve({ kind, text: 'Half an' })
    expect((await whole()).response_metadata.finish_reason).toBe(reason)
    const seen = await streamed()
    expect([seen.text(), seen.finish, seen.error]).toEqual(['Half an', reason, undefined])
  })

  it.each([{ kind: 'refusal', text: 'I would rather not' }, { kind: 'empty' }] as const)('of kind $kind reaches the caller as no text', async (reply) => {
    await serve(reply)
    expect((await whole()).text).toBe('')
    expect(await streamed()).toMatchObject({ pieces: [], finish: 'stop', error: undefined })
  })
})

describe('a call', () => {
  it('is kept with what was asked, its headers and the count of its attempts', async () => {
    await serve(({ attempt }) => (attempt === 1 ? { kind: 'error', status: 503 } : { kind: 'text', text: `attempt ${attempt}` }))
    const llm = model({ temperature: 0.2, maxTokens: 50 })
    const messages = [
      ['system', 'Be brief.'],
      ['human', [{ type: 'text', text: 'Hello' }]],
    ] as [string, string][]
    await expect(llm.invoke(messages)).rejects.toMatchObject({ status: 503 })
    expect((await llm.invoke(messages)).text).toBe('attempt 2')
    await expect(llm.invoke('Something else')).rejects.toMatchObject({ status: 503 })
    expect(server.calls).toHaveLength(3)
    expect(server.calls[1]).toMatchObject({
      model: 'test-model',
      stream: false,
      temperature: 0.2,
      maxTokens: 50,
      attempt: 2,
      headers: { authorization: 'Bearer key' },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
    })
    expect(await server.calls[1]?.ended).toBe('sent')
  })

  it('fails with a fault when the script does', async () => {
    await serve(() => {
      throw new Error('no line for this')
    })
    expect(await failure()).toMatchObject({ status: 500 })
    expect(server.faults).toEqual(['500 the script failed: no line for this'])
  })
})

describe('an error', () => {
  it.each([
    [{ status: 400 }, { class: 'BadRequestError', status: 400 }],
    [
      { status: 400, code: 'context_length_exceeded' },
      { name: 'ContextOverflowError', cause: { status: 400 } },
    ],
    [{ status: 401 }, { class: 'AuthenticationError', status: 401, code: 'invalid_api_key', lc_error_code: 'MODEL_AUTHENTICATION' }],
    [{ status: 403 }, { class: 'PermissionDeniedError', status: 403 }],
    [{ status: 404 }, { class: 'NotFoundError', status: 404, code: 'model_not_found', lc_error_code: 'MODEL_NOT_FOUND' }],
    [{ status: 429 }, { class: 'RateLimitError', name: 'RateLimitCapacityError', status: 429, lc_error_code: 'MODEL_RATE_LIMIT' }],
    [
      { status: 429, headers: { 'retry-after': '120' } },
      { name: 'RateLimitCapacityError', retryAfterMs: 120_000, rateLimitReason: 'retry_after_too_large' },
    ],
    [
      { status: 429, code: 'insufficient_quota' },
      { name: 'InsufficientQuotaError', status: 429, rateLimitType: 'stop', lc_error_code: 'MODEL_RATE_LIMIT' },
    ],
  ])('%j is reported at once and not tried again', async (error, expected) => {
    await serve({ kind: 'error', ...error })
    expect(await failure({ maxRetries: 2 })).toMatchObject(expected)
    expect(reported((await streamed({}, { maxRetries: 2 })).error)).toMatchObject(expected)
    expect(server.calls).toHaveLength(2)
    expect(server.faults).toEqual([])
  })

  it('that may pass is tried again after a second or two', async () => {
    const passing: [Reply, object][] = [
      [
        { kind: 'error', status: 500 },
        { class: 'InternalServerError', status: 500 },
      ],
      [
        { kind: 'error', status: 503, message: 'Asleep.' },
        { class: 'InternalServerError', status: 503, message: '503 Asleep.' },
      ],
      [
        { kind: 'error', status: 429, headers: { 'retry-after': '1' } },
        { class: 'RateLimitError', name: 'Error', retryAfterMs: 1000 },
      ],
      [{ kind: 'cut' }, { class: 'APIConnectionError', message: 'Connection error.' }],
      [{ kind: 'stall' }, { class: 'Error', name: 'TimeoutError', message: 'Request timed out.' }],
    ]
    await serve(({ messages }) => (passing[Number(messages[0]?.content)] as (typeof passing)[number])[0])
    const start = performance.now()
    const errors = await Promise.all(
      passing.map((_, index) =>
        model({ maxRetries: 1, timeout: 200 })
          .invoke(String(index))
          .catch((error) => ({ ...reported(error), tookMs: performance.now() - start })),
      ),
    )
    for (const [index, [, expected]] of passing.entries()) expect(errors[index]).toMatchObject({ ...expected, tookMs: expect.toSatisfy((ms) => ms > 950) })
    expect(server.calls.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    expect(server.faults).toEqual([])
  })
})

describe('a broken answer', () => {
  it('that stops half way through a stream is no timeout of the client’s: only a signal ends it, and closes the connection', async () => {
    await serve({ kind: 'stall', text: 'some words' })
    const seen = await streamed({ signal: AbortSignal.timeout(400) }, { timeout: 100 })
    expect(seen.text()).toBe('some words')
    expect(seen.error).toMatchObject({ name: 'TimeoutError', message: 'The operation was aborted due to timeout' })
    expect(await server.calls[0]?.ended).toBe('closed')
    expect(server.faults).toEqual([])
  })

  it('that stops half way through a whole answer runs into the timeout', async () => {
    await serve({ kind: 'stall', text: 'some words' })
    expect(await failure({ timeout: 100 })).toMatchObject({ name: 'TimeoutError', message: 'Request timed out.' })
  })

  it('whose connection drops in the middle is reported, and a stream is not tried again', async () => {
    await serve({ kind: 'cut', text: 'some words' })
    const seen = await streamed({}, { maxRetries: 2 })
    expect(seen.text()).toBe('some words')
    expect(seen.error).toMatchObject({ name: 'TypeError', message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } })
    expect(server.calls).toHaveLength(1)
    expect(await failure()).toMatchObject({ name: 'TypeError', message: 'terminated' })
  })

  it.each(['<html>Sign in</html>', '{}', '{"choices":[]}', '{"error":{"message":"no"}}'])('%s ends a stream without text, reason or error', async (body) => {
    await serve({ kind: 'garbage', body, contentType: 'text/html' })
    expect(await streamed()).toMatchObject({ pieces: [], finish: undefined, error: undefined })
    expect(await failure()).toMatchObject({ name: 'TypeError' })
  })

  it('that is no JSON is a syntax error', async () => {
    await serve({ kind: 'garbage', body: 'data: {"id":\n\n' })
    expect((await streamed()).error).toMatchObject({ name: 'SyntaxError' })
    expect(await failure()).toMatchObject({ name: 'SyntaxError' })
  })

  it('that lacks its end is told from a good one only by the missing finish reason', async () => {
    await serve({ kind: 'garbage', body: 'data: {"choices":[{"index":0,"delta":{"content":"half an"}}]}\n\n' })
    const seen = await streamed()
    expect([seen.text(), seen.finish, seen.error]).toEqual(['half an', undefined, undefined])
  })
})

describe('a client that leaves', () => {
  it('ends an answer that would never end', async () => {
    await serve({ kind: 'endless', text: 'on and on, ', chunkDelayMs: 5 })
    const seen = await streamed({ signal: AbortSignal.timeout(200) })
    expect(seen.text()).toMatch(/^on and on, on and on, /)
    expect(seen.error).toMatchObject({ name: 'TimeoutError' })
    for await (const chunk of await model().stream('Hello')) if (chunk.text !== '') break
    expect(await Promise.all(server.calls.map(({ ended }) => ended))).toEqual(['closed', 'closed'])
    expect(server.faults).toEqual([])
  })

  it('between two attempts is served no third, but a whole answer’s caller learns of it only after the pause', async () => {
    await serve({ kind: 'error', status: 429, headers: { 'retry-after': '1' } })
    const start = performance.now()
    const tookMs = (call: Promise<unknown>) =>
      call.then(
        () => performance.now() - start,
        () => performance.now() - start,
      )
    const signal = AbortSignal.timeout(200)
    const [stream, invoke] = await Promise.all([tookMs(streamed({ signal }, { maxRetries: 2 })), tookMs(whole({ signal }, { maxRetries: 2 }))])
    expect(stream).toBeLessThan(900)
    expect(invoke).toBeGreaterThan(990)
    expect(server.calls).toHaveLength(2)
  })

  it('is not waited for when the server closes', async () => {
    await serve({ kind: 'stall', text: 'some words' })
    const seen = streamed()
    await expect.poll(() => server.calls.length).toBe(1)
    await server.close()
    expect((await seen).error).toMatchObject({ message: 'terminated' })
    await serve({ kind: 'empty' })
  })
})

describe('against the protocol', () => {
  const GOOD = { model: 'm', messages: [{ role: 'user', content: 'x' }] }

  it.each([
    ['a field it does not know', { ...GOOD, maxTokens: 3 }, 400, 'unknown_parameter', 'maxTokens'],
    ['a field unknown in a message', { ...GOOD, messages: [{ role: 'user', content: 'x', text: 'y' }] }, 400, 'unknown_parameter', 'messages.0.text'],
    ['a number as text', { ...GOOD, temperature: '0' }, 400, 'invalid_type', 'temperature'],
    ['a number out of range', { ...GOOD, temperature: 3 }, 400, 'invalid_value', 'temperature'],
    ['no model', { messages: GOOD.messages }, 400, 'invalid_type', 'model'],
    ['no messages', { model: 'm', messages: [] }, 400, 'invalid_value', 'messages'],
    ['an unknown role', { model: 'm', messages: [{ role: 'human', content: 'x' }] }, 400, 'invalid_value', 'messages.0.role'],
    ['stream options without a stream', { ...GOOD, stream_options: { include_usage: true } }, 400, 'invalid_value', 'stream_options'],
    ['two limits', { ...GOOD, max_tokens: 1, max_completion_tokens: 1 }, 400, 'invalid_value', 'max_tokens'],
    ['no JSON', '{"model":', 400, null, null],
    ['more than a megabyte', { ...GOOD, messages: [{ role: 'user', content: 'x'.repeat(1_000_000) }] }, 413, null, null],
  ])('%s is refused as OpenAI does it, and noted', async (_name, body, status, code, param) => {
    await serve({ kind: 'text', text: 'x' })
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toEqual({ error: { message: expect.any(String), type: 'invalid_request_error', code, param } })
    expect(server.faults).toEqual([expect.stringMatching(`^${status} `)])
    expect(server.calls).toEqual([])
  })

  it.each([
    ['no key', { headers: { authorization: '' } }, 401],
    ['an empty key', { headers: { authorization: 'Bearer ' } }, 401],
    ['another key', { headers: { authorization: 'Bearer other' } }, 401],
    ['another path', { path: '/completions' }, 404],
    ['another method', { method: 'PUT' }, 405],
    ['another content type', { headers: { 'content-type': 'text/plain' } }, 415],
  ])('%s is refused and noted', async (_name, options, status) => {
    await serve({ kind: 'text', text: 'x' }, { apiKey: 'key' })
    expect((await post(GOOD, options)).status).toBe(status)
    expect(server.faults).toEqual([expect.stringMatching(`^${status} `)])
    expect((await post(GOOD)).status).toBe(200)
  })

  it('is reported to the client as its own error', async () => {
    await serve({ kind: 'text', text: 'x' })
    expect(await failure({ modelKwargs: { foo: 1 } })).toMatchObject({ status: 400, code: 'unknown_parameter' })
    expect(await failure({ configuration: { baseURL: `${server.baseUrl}/x` } })).toMatchObject({ status: 404, lc_error_code: 'MODEL_NOT_FOUND' })
    await expect(model().invoke('x'.repeat(1_000_000))).rejects.toMatchObject({ status: 413 })
    expect(server.faults).toHaveLength(3)
  })
})

interface Posted {
  status: number | undefined
  headers: Record<string, unknown>
  body: string
}

/** A request of no client in particular. */
function post(body: unknown, { path = '/chat/completions', method = 'POST', headers = {} } = {}): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${server.baseUrl}${path}`,
      { method, headers: { authorization: 'Bearer key', 'content-type': 'application/json', ...headers } },
      (response) => void readText(response).then((received) => resolve({ status: response.statusCode, headers: response.headers, body: received }), reject),
    )
    request.on('error', reject)
    request.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}
