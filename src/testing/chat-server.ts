/** A strict server on loopback that speaks OpenAI's chat completions protocol, so that the real client runs in tests, evaluation and bench. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { z } from 'zod'

/** Decides what the model answers. Should it throw, the client gets a 500 and `faults` the reason. */
export type ChatScript = (call: ChatCall) => Reply | Promise<Reply>

export interface ChatCall {
  model: string
  messages: readonly ChatMessage[]
  stream: boolean
  temperature?: number
  maxTokens?: number
  /** How many calls, this one included, came with exactly these messages. */
  attempt: number
}

export interface ChatMessage {
  role: 'developer' | 'system' | 'user' | 'assistant'
  content: string
}

export interface Usage {
  input: number
  output: number
}

export type Reply =
  /** `chunkSize` in characters; without it a chunk is a word. Some servers report no usage: `'none'`. */
  | { kind: 'text'; text: string; chunkSize?: number; chunkDelayMs?: number; usage?: Usage | 'none' }
  /** What OpenAI says for this status (and `code`, such as `insufficient_quota`), unless told otherwise. */
  | { kind: 'error'; status: number; code?: string; message?: string; headers?: Record<string, string> }
  /** Without `text` not even headers are sent; with it, headers and the beginning of an answer. Lasts until the client leaves. */
  | { kind: 'stall'; text?: string }
  /** Drops the connection: before the headers, or after the beginning of an answer. */
  | { kind: 'cut'; text?: string }
  /** Status 200 with this for a body. */
  | { kind: 'garbage'; body: string; contentType?: string }
  /** Cut off by the token limit. */
  | { kind: 'length'; text: string }
  /** Cut off by the provider's content filter. */
  | { kind: 'filtered'; text: string }
  | { kind: 'refusal'; text: string }
  | { kind: 'empty' }
  /** Arrives in pieces that split its characters. */
  | { kind: 'multibyte'; text: string }
  /** Says this again and again until the client leaves. */
  | { kind: 'endless'; text: string; chunkDelayMs?: number }

export interface ReceivedCall extends ChatCall {
  headers: IncomingHttpHeaders
  /** Whether the answer was sent to its end, or the connection closed before that, on whichever side. */
  ended: Promise<'sent' | 'closed'>
}

export interface ChatServer {
  /** For `configuration.baseURL`, or `OPENAI_BASE_URL`. */
  baseUrl: string
  /** The well-formed requests, in order. */
  calls: readonly ReceivedCall[]
  /** What a client did against the protocol, and scripts that threw. A test of a well-behaved client expects none. */
  faults: readonly string[]
  close(): Promise<void>
}

export interface ChatServerOptions {
  /** The only key that is let in; without it any is. */
  apiKey?: string
}

const PATH = '/v1/chat/completions'
const MAX_BODY_BYTES = 1_000_000
const REQUEST_TIMEOUT_MS = 10_000

interface ApiError {
  status: number
  message: string
  type?: string
  param?: string | null
  code?: string | null
  headers?: Record<string, string>
}

/** What a program that only reads and writes text may send; tools, audio and the like are faults. */
const textParts = z.array(z.strictObject({ type: z.literal('text'), text: z.string() })).min(1)
const chatRequest = z
  .strictObject({
    model: z.string().min(1),
    messages: z
      .array(
        z.strictObject({
          role: z.enum(['developer', 'system', 'user', 'assistant']),
          content: z.union([z.string(), textParts.transform((parts) => parts.map(({ text }) => text).join(''))]),
          name: z.string().optional(),
        }),
      )
      .min(1),
    stream: z.boolean().nullish(),
    stream_options: z.strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() }).nullish(),
    temperature: z.number().min(0).max(2).nullish(),
    top_p: z.number().min(0).max(1).nullish(),
    max_tokens: z.int().min(1).nullish(),
    max_completion_tokens: z.int().min(1).nullish(),
    n: z.literal(1).nullish(),
    stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
    seed: z.int().nullish(),
    presence_penalty: z.number().min(-2).max(2).nullish(),
    frequency_penalty: z.number().min(-2).max(2).nullish(),
    logit_bias: z.record(z.string(), z.number()).nullish(),
    response_format: z.looseObject({ type: z.enum(['text', 'json_object', 'json_schema']) }).optional(),
    reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
    verbosity: z.enum(['low', 'medium', 'high']).nullish(),
    service_tier: z.string().nullish(),
    store: z.boolean().nullish(),
    metadata: z.record(z.string(), z.string()).nullish(),
    user: z.string().optional(),
    safety_identifier: z.string().optional(),
    prompt_cache_key: z.string().optional(),
  })
  .refine((body) => body.stream === true || !body.stream_options, { path: ['stream_options'], message: "is only allowed when 'stream' is enabled" })
  .refine((body) => !body.max_tokens || !body.max_completion_tokens, { path: ['max_tokens'], message: "can't be set beside 'max_completion_tokens'" })

type ChatRequest = z.infer<typeof chatRequest>

export async function startChatServer(script: ChatScript, { apiKey }: ChatServerOptions = {}): Promise<ChatServer> {
  const calls: ReceivedCall[] = []
  const faults: string[] = []
  const attempts = new Map<string, number>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    const ended = Promise.withResolvers<'sent' | 'closed'>()
    response.on('close', () => {
      ended.resolve(response.writableFinished ? 'sent' : 'closed')
      gone.abort()
    })
    const refused = (error: ApiError) => {
      faults.push(`${error.status} ${error.message}`)
      sendError(response, error)
    }
    try {
      const read = await readRequest(request, apiKey)
      if ('status' in read) return refused(read)
      const key = JSON.stringify(read.messages)
      const attempt = (attempts.get(key) ?? 0) + 1
      attempts.set(key, attempt)
      const call = { ...callOf(read, attempt), headers: request.headers, ended: ended.promise }
      calls.push(call)
      await send(await script(call), read, response, gone.signal)
    } catch (error) {
      // That a client leaves is no fault; some tests are about nothing else.
      if (gone.signal.aborted || request.socket.destroyed) return
      if (response.headersSent) response.destroy()
      refused({ status: 500, message: `the script failed: ${error instanceof Error ? error.message : String(error)}`, type: 'server_error' })
    }
  }

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS }, answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    faults,
    async close() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function callOf(body: ChatRequest, attempt: number): ChatCall {
  const maxTokens = body.max_completion_tokens ?? body.max_tokens
  return {
    model: body.model,
    messages: body.messages.map(({ role, content }) => ({ role, content })),
    stream: body.stream === true,
    ...(typeof body.temperature === 'number' ? { temperature: body.temperature } : {}),
    ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
    attempt,
  }
}

async function readRequest(request: IncomingMessage, apiKey: string | undefined): Promise<ChatRequest | ApiError> {
  const { method = '', url = '', headers } = request
  const body = await readBody(request)
  if (url !== PATH) return { status: 404, message: `Invalid URL (${method} ${url})` }
  if (method !== 'POST') return { status: 405, message: `Not allowed to ${method} on ${PATH}`, code: 'method_not_supported' }
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  if (token === undefined) return { status: 401, message: "You didn't provide an API key." }
  if (apiKey !== undefined && token !== apiKey) return { status: 401, message: 'Incorrect API key provided.', code: 'invalid_api_key' }
  if (body === undefined) return { status: 413, message: 'Request body too large.' }
  if (headers['content-type']?.split(';')[0] !== 'application/json') return { status: 415, message: `Unsupported content type: '${headers['content-type']}'` }
  try {
    const parsed = chatRequest.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data : invalid(parsed.error)
  } catch {
    return { status: 400, message: 'We could not parse the JSON body of your request.' }
  }
}

/** Reads to the end even what is too long, or the client would see a dropped connection instead of the 413. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes <= MAX_BODY_BYTES) pieces.push(piece)
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(pieces).toString('utf8')
}

function invalid(error: z.ZodError): ApiError {
  const issue = error.issues[0] as z.core.$ZodIssue
  if (issue.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0]].join('.')
    return { status: 400, message: `Unknown parameter: '${param}'.`, param, code: 'unknown_parameter' }
  }
  const param = issue.path.join('.')
  return { status: 400, message: `Invalid '${param}': ${issue.message}.`, param, code: issue.code === 'invalid_type' ? 'invalid_type' : 'invalid_value' }
}

/** What OpenAI itself says, by code or status; without "try again in", which a client takes for an order to wait. */
const KNOWN_ERRORS: Record<string, Omit<ApiError, 'status'>> = {
  400: { message: 'Invalid request.' },
  401: { message: 'Incorrect API key provided.', code: 'invalid_api_key' },
  404: { message: 'The model does not exist or you do not have access to it.', code: 'model_not_found' },
  429: { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
  500: { message: 'The server had an error while processing your request. Sorry about that!', type: 'server_error' },
  503: { message: 'The engine is currently overloaded, please try again later.', type: 'server_error' },
  insufficient_quota: { message: 'You exceeded your current quota, please check your plan and billing details.', type: 'insufficient_quota' },
  context_length_exceeded: { message: "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.", param: 'messages' },
}

function sendError(response: ServerResponse, { status, message, type = 'invalid_request_error', param = null, code = null, headers = {} }: ApiError): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error: { message, type, param, code } }))
}

async function send(reply: Reply, body: ChatRequest, response: ServerResponse, gone: AbortSignal): Promise<void> {
  switch (reply.kind) {
    case 'error': {
      const { status, code, message, headers } = reply
      const known = KNOWN_ERRORS[code ?? ''] ?? KNOWN_ERRORS[status] ?? { message: `Error ${status}.` }
      return sendError(response, { status, ...known, ...(code && { code }), ...(message && { message }), ...(headers && { headers }) })
    }
    case 'garbage':
      response.writeHead(200, { 'content-type': reply.contentType ?? (body.stream ? 'text/event-stream' : 'application/json') }).end(reply.body)
      return
    default:
      return body.stream === true ? sendStream(reply, body, response, gone) : sendWhole(reply, body, response, gone)
  }
}

type Spoken = Exclude<Reply, { kind: 'error' | 'garbage' }>

async function sendWhole(reply: Spoken, body: ChatRequest, response: ServerResponse, gone: AbortSignal): Promise<void> {
  if (reply.kind === 'endless') return untilGone(gone)
  const text = reply.kind === 'empty' ? '' : reply.text
  const usage = usageOf(reply, body)
  const message = { role: 'assistant', content: reply.kind === 'refusal' ? null : (text ?? ''), refusal: reply.kind === 'refusal' ? text : null }
  const completion = JSON.stringify({
    ...envelope('chat.completion', body),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(reply) }],
    ...(usage && { usage }),
  })
  if (reply.kind === 'text' && reply.chunkDelayMs !== undefined) await setTimeout(reply.chunkDelayMs, undefined, { signal: gone })
  if (reply.kind === 'stall' || reply.kind === 'cut') {
    if (text !== undefined) await write(response, completion.slice(0, completion.length / 2), gone, 'application/json')
    return reply.kind === 'cut' ? void response.destroy() : untilGone(gone)
  }
  if (reply.kind === 'multibyte') for (const piece of splitCharacters(completion)) await write(response, piece, gone, 'application/json')
  else await write(response, completion, gone, 'application/json')
  response.end()
}

async function sendStream(reply: Spoken, body: ChatRequest, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const text = reply.kind === 'empty' ? '' : reply.text
  if (text === undefined) return reply.kind === 'cut' ? void response.destroy() : untilGone(gone)
  const head = envelope('chat.completion.chunk', body)
  const wantsUsage = body.stream_options?.include_usage === true
  const event = async (choices: unknown[], usage: unknown = null) => {
    const data = `data: ${JSON.stringify({ ...head, choices, ...(wantsUsage && { usage }) })}\n\n`
    for (const piece of reply.kind === 'multibyte' ? splitCharacters(data) : [data]) await write(response, piece, gone, 'text/event-stream; charset=utf-8')
  }
  const choice = (delta: object, finish_reason: string | null = null) => [{ index: 0, delta, logprobs: null, finish_reason }]

  await event(choice({ role: 'assistant', content: '', refusal: null }))
  do {
    for (const chunk of chunksOf(text, reply.kind === 'text' ? reply.chunkSize : undefined)) {
      if ('chunkDelayMs' in reply && reply.chunkDelayMs !== undefined) await setTimeout(reply.chunkDelayMs, undefined, { signal: gone })
      await event(choice(reply.kind === 'refusal' ? { refusal: chunk } : { content: chunk }))
    }
    // Lets others have a turn, also when there is no delay.
    await setImmediate()
  } while (reply.kind === 'endless')
  if (reply.kind === 'stall') return untilGone(gone)
  if (reply.kind === 'cut') return void response.destroy()

  await event(choice({}, finishReason(reply)))
  const usage = usageOf(reply, body)
  if (wantsUsage && usage !== undefined) await event([], usage)
  await write(response, 'data: [DONE]\n\n', gone)
  response.end()
}

function envelope(object: string, { model }: ChatRequest) {
  return { id: `chatcmpl-${crypto.randomUUID()}`, object, created: Math.floor(Date.now() / 1000), model, service_tier: 'default', system_fingerprint: null }
}

function finishReason({ kind }: Spoken): string {
  if (kind === 'length') return 'length'
  return kind === 'filtered' ? 'content_filter' : 'stop'
}

/** Roughly what a tokenizer counts: four tokens to three words. */
function usageOf(reply: Spoken, { messages }: ChatRequest) {
  if (reply.kind === 'text' && reply.usage === 'none') return undefined
  const told = reply.kind === 'text' && reply.usage !== 'none' ? reply.usage : undefined
  const tokens = (text: string) => Math.ceil(((text.match(/\S+/g)?.length ?? 0) * 4) / 3)
  const input = told?.input ?? tokens(messages.map(({ content }) => content).join(' '))
  const output = told?.output ?? tokens(reply.kind === 'empty' ? '' : (reply.text ?? ''))
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  }
}

/** Never splits a character; that is what `multibyte` is for. */
function chunksOf(text: string, size: number | undefined): string[] {
  if (size === undefined) return text.match(/\s*\S+|\s+$/g) ?? []
  const characters = [...text]
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) => characters.slice(index * size, (index + 1) * size).join(''))
}

/** Cuts after the first byte of every character that has several. */
function splitCharacters(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  const cuts = [...bytes.keys()].filter((at) => (bytes[at] ?? 0) >= 0xc0).map((at) => at + 1)
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index]))
}

async function write(response: ServerResponse, data: string | Buffer, gone: AbortSignal, contentType?: string): Promise<void> {
  gone.throwIfAborted()
  if (!response.headersSent && contentType !== undefined) response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache' })
  // Not before the piece has been handed over, so that a cut comes after it and pieces stay apart.
  await new Promise<void>((resolve, reject) => {
    response.write(data, (error) => (error ? reject(error) : resolve()))
  })
}

/** Returns when the client leaves or the server closes. */
async function untilGone(gone: AbortSignal): Promise<void> {
  if (!gone.aborted) await once(gone, 'abort')
}
