/** Calls of a chat model within limits: time, a circuit that opens when the server fails, and a budget a day and tenant. */
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import type { Asker } from '../answers/answer.ts'
import { WriterError } from '../answers/answer-writer.ts'
import { messageOf } from '../shared/errors.ts'
import { type ChatModel, ChatModelError, estimateTokens, type Prompt, type StreamEnd, type Tokens } from './chat-model.ts'
import type { UsageLedger } from './usage-ledger.ts'

export interface ChatBudget {
  /** Input and output together, a day (UTC) and tenant. */
  tokensPerDay: number
  /** In the currency of the prices; absent: only tokens count. */
  costPerDay: number | undefined
  /** For a million tokens. */
  inputPrice: number
  outputPrice: number
}

export interface ChatReply {
  text: string
  /** False where the model was cut off: its last sentence may be half of one. */
  isWhole: boolean
}

export interface ChatCalls {
  readonly name: string
  /**
   * `onText` gets the text as it comes.
   * @throws WriterError, or the reason of the asker's own signal
   */
  ask(prompt: Prompt, asker: Asker, options?: AskOptions): Promise<ChatReply>
}

export interface AskOptions {
  onText?(piece: string): void
  /** Less than what all calls get. */
  timeLimitMs?: number
}

export interface ChatCallsOptions {
  model: ChatModel
  ledger: UsageLedger
  budget: ChatBudget
  now?: () => Date
  timeLimitMs?: number
  /** How long a failing server is left alone. */
  pauseMs?: number
}

const TIME_LIMIT_MS = 20_000
const PAUSE_MS = 30_000
const FAILURES_TO_OPEN = 3
/** Answers are short: a model that goes on and on is stopped here. */
const MAX_CHARACTERS = 8_000
/** What an answer is expected to cost while it is being written. */
const EXPECTED_OUTPUT_TOKENS = 500

export function createChatCalls(options: ChatCallsOptions): ChatCalls {
  const { model, ledger, budget, now = () => new Date(), timeLimitMs: longest = TIME_LIMIT_MS, pauseMs = PAUSE_MS } = options
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof ChatModelError),
    { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  )
  const reserve = createReservations(ledger, budget)

  const read = async (prompt: Prompt, asker: Asker, { onText, timeLimitMs = longest }: AskOptions): Promise<ChatReply> => {
    const stop = new AbortController()
    const limit = AbortSignal.timeout(timeLimitMs)
    const signal = AbortSignal.any([stop.signal, limit, ...(asker.signal === undefined ? [] : [asker.signal])])
    let end: StreamEnd | undefined
    let text = ''
    try {
      for await (const piece of model.stream(prompt, { signal, onEnd: (told) => (end = told) })) {
        text += piece
        onText?.(piece)
        if (text.length > MAX_CHARACTERS) break
      }
    } catch (error) {
      if (limit.aborted && asker.signal?.aborted !== true) throw new ChatModelError('time-out', `no answer within ${timeLimitMs / 1000} s`, { cause: error })
      throw error
    } finally {
      stop.abort()
      if (end !== undefined) {
        const { input, output } = end.tokens
        const usage = { calls: 1, inputTokens: input, outputTokens: output, cost: costOf(end.tokens, budget) }
        await counted(ledger.add(asker.tenant, dayOf(now()), model.name, usage))
      }
    }
    return { text, isWhole: end?.isWhole ?? false }
  }

  return {
    name: model.name,
    async ask(prompt, asker, options = {}) {
      const release = await reserve(asker.tenant, dayOf(now()), prompt)
      try {
        return await circuit.execute(() => read(prompt, asker, options))
      } catch (error) {
        if (error instanceof ChatModelError) throw new WriterError(error.trouble, error.message, { cause: error })
        if (error instanceof BrokenCircuitError) throw new WriterError('unreachable', 'it failed several times in a row and is left alone for a while')
        throw error
      } finally {
        release()
      }
    },
  }
}

/** Calls under way count with what they will have cost: several at once must not all pass the same check. */
function createReservations(ledger: UsageLedger, budget: ChatBudget) {
  const underWay = new Map<string, Tokens>()
  const add = (tenant: string, { input, output }: Tokens) => {
    const before = underWay.get(tenant) ?? { input: 0, output: 0 }
    const after = { input: before.input + input, output: before.output + output }
    if (after.input > 0 || after.output > 0) underWay.set(tenant, after)
    else underWay.delete(tenant)
    return after
  }
  return async (tenant: string, day: string, prompt: Prompt): Promise<() => void> => {
    const expected = { input: estimateTokens(prompt.system + prompt.user), output: EXPECTED_OUTPUT_TOKENS }
    const open = add(tenant, expected)
    const release = () => add(tenant, { input: -expected.input, output: -expected.output })
    try {
      const used = await counted(ledger.usedOn(tenant, day))
      const tooMany = used.inputTokens + used.outputTokens + open.input + open.output > budget.tokensPerDay
      const tooDear = budget.costPerDay !== undefined && used.cost + costOf(open, budget) > budget.costPerDay
      if (tooMany || tooDear) throw new WriterError('budget', `the budget of ${tenant} for ${day} is used up`)
    } catch (error) {
      release()
      throw error
    }
    return release
  }
}

/** What can't be counted is not used. */
async function counted<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw new WriterError('uncounted', `what it costs can't be counted: ${messageOf(error)}`, { cause: error })
  }
}

function costOf({ input, output }: Tokens, { inputPrice, outputPrice }: ChatBudget): number {
  return (input * inputPrice + output * outputPrice) / 1_000_000
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
