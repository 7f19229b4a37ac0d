// @ts-check
/** Sends a question and reads the answer line by line as the server writes it. */
import { ApiError, errorOf } from './api.js'

/** @typedef {import('../ask-route.ts').AskLine} AskLine */
/** @typedef {{ question: string, history: string[], model?: string }} Ask */

const BROKEN_OFF = 'The answer broke off before its end. Try again.'

/**
 * @param {Ask} ask
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<Exclude<AskLine, { type: 'error' }>>} ends after `done`; throws ApiError with a message to show
 */
export async function* streamAnswer(ask, signal) {
  const response = await fetch('/api/ask', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(ask), signal })
  if (!response.ok) throw await errorOf(response)
  for await (const text of linesOf(response)) {
    const line = /** @type {AskLine} */ (JSON.parse(text))
    if (line.type === 'error') throw new ApiError(line.message)
    yield line
    if (line.type === 'done') return
  }
  throw new ApiError(BROKEN_OFF)
}

/** @param {Response} response */
async function* linesOf(response) {
  if (response.body === null) return
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let open = ''
  for (;;) {
    const { done, value } = await reader.read()
    open += decoder.decode(value, { stream: !done })
    const lines = open.split('\n')
    open = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
    if (done) return
  }
}
