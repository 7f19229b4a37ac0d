/** Sends what a script answers, well formed or broken, whole or as a stream of events. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { KNOWN_ERRORS, sendError } from './api-error.ts'
import type { Reply } from './chat-script.ts'
import type { ChatRequest } from './read-request.ts'

export async function sendReply(reply: Reply, body: ChatRequest, response: ServerResponse, gone: AbortSignal): Promise<void> {
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
