/** `POST /api/ask`: one question in, the answer out line by line as it comes into being. */
import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Answer, type AnswerEvent, type Asker, type AskRequest, type Assistant, askRequest } from '../answers/answer.ts'
import { turnsOf } from '../answers/turns-of.ts'
import type { Corpus } from '../corpus/passage.ts'
import { UserError } from '../shared/errors.ts'
import { explainFailure } from './failures.ts'

/** A line of the response. `turns` go before the questions that follow; `error` ends an answer that failed after it had begun. */
export type AskLine = Exclude<AnswerEvent, { type: 'done' }> | { type: 'done'; answer: Answer; turns: string[] } | { type: 'error'; message: string }

/** Room for a question of 4,000 characters and a few earlier turns. */
const BODY_LIMIT_BYTES = 64 * 1024

export interface AskRouteDeps {
  assistant: () => Assistant
  corpus: () => Corpus
  asker(request: FastifyRequest): Promise<Asker>
}

export function registerAskRoute(scope: FastifyInstance, { assistant, corpus, asker }: AskRouteDeps): void {
  scope.post('/api/ask', { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
    const asked = readAsk(request.body, corpus())
    const { tenant } = await asker(request)
    const lines = new PassThrough()
    const begun = Promise.withResolvers<void>()
    // Nobody reads on: a chat model need not write on.
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    let hasBegun = false
    const send = (line: AskLine) => {
      hasBegun = true
      begun.resolve()
      if (lines.writable) lines.write(`${JSON.stringify(line)}\n`)
    }

    const finished = assistant()
      .ask(
        asked,
        (event) => {
          if (event.type !== 'done') send(event)
        },
        { tenant, signal: gone.signal },
      )
      .then((answer) => send({ type: 'done', answer, turns: turnsOf(asked.question, answer, corpus()) }))
      .catch((error: unknown) => {
        if (!gone.signal.aborted) throw error
      })
    finished
      .catch((error: unknown) => {
        if (hasBegun) send({ type: 'error', message: explainFailure(error, request) })
      })
      .finally(() => lines.end())

    // Until the first line is there, a failure is still an ordinary error response.
    await Promise.race([begun.promise, finished])
    // Proxies such as nginx would otherwise hold the lines back until the answer is complete.
    return reply.type('application/x-ndjson; charset=utf-8').header('x-accel-buffering', 'no').send(lines)
  })
}

/** @throws UserError when the body has another form or names a model that isn't there */
function readAsk(body: unknown, corpus: Corpus): AskRequest {
  const parsed = askRequest.safeParse(body)
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'body'
    throw new UserError(`The ${where} is missing or has the wrong form: send {"question": "…", "history"?: ["…"], "model"?: "…"}.`)
  }
  const { model } = parsed.data
  if (model !== undefined && corpus.model(model) === undefined) {
    throw new UserError(`There is no model "${model}": choose one of ${corpus.models.map(({ id }) => id).join(', ')}.`)
  }
  return parsed.data
}
