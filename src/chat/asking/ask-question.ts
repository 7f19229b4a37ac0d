/** From a question in a chat to its answer there. It is written down before it is shown, so that a vote and a follow-up find it. */
import type { Answer } from '../../answers/answer.ts'
import type { Asked } from '../chat-store.ts'
import type { Exchange, Stream } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { plainReply } from '../reply.ts'
import { answerReply, stoppedReply } from './answer-reply.ts'
import { offersAfter } from './further-questions.ts'
import { offerToShare } from './share-answer.ts'
import { type Audience, askedId, conversationOf, historyOf } from './thread-memory.ts'
import { createTold, type Told } from './told.ts'

const WORKING = 'is looking it up'

/** @param standsAlone read without what was asked before @throws UserError when the question can't be read */
export async function askQuestion(
  exchange: Exchange,
  question: string,
  audience: Audience,
  deps: ChatDeps,
  { standsAlone = false }: { standsAlone?: boolean } = {},
): Promise<void> {
  const { tenant, person } = exchange.who
  const before = await deps.store.asked(tenant, askedId(exchange))
  if (before !== undefined) return show(before, audience, exchange, deps)

  await exchange.working(WORKING)
  const conversation = conversationOf(exchange, audience)
  const request = { question, history: standsAlone ? [] : await historyOf(tenant, conversation, deps) }
  const stream = audience === 'everyone' ? exchange.stream() : undefined
  const answer = stream === undefined ? await deps.assistant().ask(request, undefined, { tenant }) : await askAloud(request, stream, tenant, deps)
  if (answer === undefined) return
  const asked: Asked = {
    id: askedId(exchange),
    person,
    place: exchange.place.id,
    thread: conversation.id,
    at: deps.now().toISOString(),
    question,
    outcome: answer.outcome,
    answer,
  }
  await deps.store.saveAsked(tenant, asked)
  await show(asked, audience, exchange, deps, stream)
}

/** @returns nothing when the person said stop; what was said by then is what stays */
async function askAloud(
  request: { question: string; history: string[] },
  stream: Stream,
  tenant: string,
  { assistant }: ChatDeps,
): Promise<Answer | undefined> {
  const told = createTold(stream)
  let answer: Answer | undefined
  try {
    answer = await assistant().ask(request, (event) => told.onEvent(event), { tenant, signal: stream.stopped })
  } catch (error) {
    if (!stream.stopped.aborted) {
      if (told.parts.length > 0) await breakOff(told, stream)
      throw error
    }
  }
  if (!stream.stopped.aborted) return answer
  await stream.finish(stoppedReply(told.parts))
  return undefined
}

/** Half an answer must not stand there as if it were one. */
async function breakOff(told: Told, stream: Stream): Promise<void> {
  told.withdraw()
  await stream.finish(plainReply('This answer broke off on our side. Ask once more.'))
}

async function show(asked: Asked, audience: Audience, exchange: Exchange, deps: ChatDeps, stream?: Stream): Promise<void> {
  const offers = offersAfter(asked.answer, deps.corpus())
  if (audience === 'everyone') {
    await (stream ?? exchange.stream()).finish(answerReply(asked.answer, { id: asked.id, buttons: offers }))
    return
  }
  const share = exchange.place.kind === 'personal' || asked.outcome !== 'answered' ? [] : [offerToShare(asked.id, exchange.place)]
  await exchange.whisper(answerReply(asked.answer, { id: asked.id, buttons: [...share, ...offers] }))
}
