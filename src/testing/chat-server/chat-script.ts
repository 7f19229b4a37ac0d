/** What a scripted chat model is asked, and what it can answer. */

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
