/** A chat model of any server that speaks OpenAI's protocol, through LangChain. */
import { ContextOverflowError } from '@langchain/core/errors'
import { type AIMessageChunk, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { messageOf } from '../shared/errors.ts'
import { type ChatModel, ChatModelError, type ChatModelTrouble, estimateTokens, type Tokens } from './chat-model.ts'

export interface OpenAIChatModelOptions {
  model: string
  apiKey?: string
  baseUrl?: string
}

/** To the first byte; who calls has a time limit for the whole. */
const TIMEOUT_MS = 20_000
const RETRIES = 2
/** Some servers repeat the whole request in their message. */
const MAX_REASON = 200
/** `finish_reason` of an answer that was not finished. */
const CUT_OFF = /^(?:length|content_filter)$/

export function createOpenAIChatModel({ model, apiKey, baseUrl }: OpenAIChatModelOptions): ChatModel {
  const chat = new ChatOpenAI({
    model,
    // A local server often wants no key, but the client insists on one.
    apiKey: apiKey ?? 'none',
    timeout: TIMEOUT_MS,
    maxRetries: RETRIES,
    // The address counts only in here; beside the other fields it would be ignored without a word. The client's own log goes to the console.
    configuration: { logLevel: 'off', ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) },
  })
  return {
    name: model,
    async *stream({ system, user }, { signal, onEnd }) {
      let written = ''
      let told: Tokens | undefined
      let finish: string | undefined
      try {
        for await (const chunk of await chat.stream([new SystemMessage(system), new HumanMessage(user)], { signal })) {
          told = tokensOf(chunk) ?? told
          finish = (chunk.response_metadata.finish_reason as string | undefined) ?? finish
          if (chunk.text === '') continue
          written += chunk.text
          yield chunk.text
        }
      } catch (error) {
        if (signal.aborted) throw signal.reason
        // Who was turned away pays nothing.
        if (written === '') told ??= { input: 0, output: 0 }
        throw new ChatModelError(troubleOf(error), reasonOf(error), { cause: error })
      } finally {
        const tokens = told ?? { input: estimateTokens(system + user), output: estimateTokens(written) }
        onEnd({ tokens, isWhole: finish !== undefined && !CUT_OFF.test(finish) })
      }
      if (written.trim() === '') throw new ChatModelError('unreadable', 'the chat model sent no text')
      // The client takes a stream that breaks off in an orderly way for a whole one.
      if (finish === undefined) throw new ChatModelError('unreadable', 'the answer broke off before its end')
    },
  }
}

function tokensOf(chunk: AIMessageChunk): Tokens | undefined {
  const usage = chunk.usage_metadata as { input_tokens: number; output_tokens: number } | undefined
  return usage === undefined ? undefined : { input: usage.input_tokens, output: usage.output_tokens }
}

/** For the log: what people ask, and what they are answered, stays out of it. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'the answer was no stream of JSON'
  return (messageOf(error).split('\n')[0] ?? '').slice(0, MAX_REASON)
}

function troubleOf(error: unknown): ChatModelTrouble {
  const { status, name, code } = error as { status?: number; name?: string; code?: string }
  if (name === 'TimeoutError') return 'time-out'
  if (error instanceof ContextOverflowError) return 'refused'
  if (status === undefined) return error instanceof SyntaxError ? 'unreadable' : 'unreachable'
  if (status >= 500 || (status === 429 && code !== 'insufficient_quota') || status === 408) return 'unreachable'
  return 'refused'
}
