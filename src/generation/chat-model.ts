/** What generation needs of a chat model: a prompt in, text out as it comes, and what it cost. */

export interface Prompt {
  system: string
  user: string
}

export interface Tokens {
  input: number
  output: number
}

export interface ChatModel {
  /** As people know it, for example "gpt-5-mini". */
  readonly name: string
  /**
   * The text, piece by piece. `onEnd` is told once, also when the stream breaks off.
   * @throws ChatModelError, or the reason of the signal
   */
  stream(prompt: Prompt, options: { signal: AbortSignal; onEnd(end: StreamEnd): void }): AsyncIterable<string>
}

export interface StreamEnd {
  /** What the server does not tell is estimated. */
  tokens: Tokens
  /** False where the model was cut off, for length or by a filter: its last sentence may be half of one. */
  isWhole: boolean
}

/** `refused`: key, quota or request; trying again soon won't help. */
export type ChatModelTrouble = 'time-out' | 'refused' | 'unreachable' | 'unreadable'

export class ChatModelError extends Error {
  override readonly name = 'ChatModelError'
  readonly trouble: ChatModelTrouble

  constructor(trouble: ChatModelTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.trouble = trouble
  }
}

/** About four characters a token: for budgets where a server doesn't count. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
