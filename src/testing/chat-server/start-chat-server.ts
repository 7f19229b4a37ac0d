/** A strict server on loopback that speaks OpenAI's chat completions protocol, so that the real client runs in tests, evaluation and bench. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ApiError, sendError } from './api-error.ts'
import type { ChatCall, ChatScript } from './chat-script.ts'
import { type ChatRequest, readRequest } from './read-request.ts'
import { sendReply } from './send-reply.ts'

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

const REQUEST_TIMEOUT_MS = 10_000

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
      await sendReply(await script(call), read, response, gone.signal)
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
