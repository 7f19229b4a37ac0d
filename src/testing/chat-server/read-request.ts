/** Reads a request as strictly as the protocol is written: whatever else a client sends is its fault. */
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { ApiError } from './api-error.ts'

const PATH = '/v1/chat/completions'
const MAX_BODY_BYTES = 1_000_000

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

export type ChatRequest = z.infer<typeof chatRequest>

/** Or how it is refused. */
export async function readRequest(request: IncomingMessage, apiKey: string | undefined): Promise<ChatRequest | ApiError> {
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
