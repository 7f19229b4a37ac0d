/** What Teams sends over HTTP: proved to come from Teams, written down, acknowledged, and handed on once, however often it comes. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CloudAdapter, type Activity as Wire } from 'botbuilder'
import { AuthenticationError, type BotFrameworkAuthentication } from 'botframework-connector'
import type { Inbox } from '../chat/inbox.ts'
import { messageOf } from '../shared/errors.ts'
import { isLoopback } from '../shared/loopback.ts'
import type { Dealing } from './activities/activity-deps.ts'
import { awaitedAs, isDealtWith } from './activities/deal-with-activity.ts'
import { type Activity, readActivity } from './activity.ts'
import { createAnswerSlot, type InvokeAnswer, NOBODY_WAITS } from './invoke-answer.ts'
import { withQuietConsole } from './quiet-console.ts'
import { readBody, TooLong } from './read-body.ts'

export interface Receiver {
  handle(request: IncomingMessage, response: ServerResponse): void
  /** From now on what is received is dealt with. */
  start(deal: (dealing: Dealing) => Promise<void>): void
}

export interface ReceiverDeps {
  authentication: BotFrameworkAuthentication
  /** Nobody is asked who they are: only this machine is listened to. */
  isLocal: boolean
  inbox: Inbox
  log: { debug(facts: object, message: string): void; info(facts: object, message: string): void; error(facts: object, message: string): void }
}

interface Reply {
  status: number
  body?: unknown
  /** What follows once it is acknowledged. */
  afterwards?: () => void
}

/** Teams gives up after ten to fifteen seconds. */
const INVOKE_MS = 8_000
/** How long the answer to a press is kept for the same press sent again. */
const ANSWER_MS = 60_000
const CHANNEL = 'msteams'
const FAILED: InvokeAnswer = { kind: 'notice', text: 'Teams did not take the answer. If nothing comes within a minute, press once more.' }
const BEING_DONE: InvokeAnswer = { kind: 'notice', text: 'This is being dealt with already.' }

export function createReceiver({ authentication, isLocal, inbox, log }: ReceiverDeps): Receiver {
  const adapter = new Adapter(authentication)
  const answers = new Map<string, Promise<InvokeAnswer>>()
  let deal: ((dealing: Dealing) => Promise<void>) | undefined

  const receive = async (activity: Activity, body: unknown): Promise<Reply> => {
    const work = deal
    if (work === undefined) return { status: 503 }
    if (!isDealtWith(activity)) return { status: activity.type === 'invoke' ? 501 : 200 }
    const isNew = await inbox.receive(activity.key, body)
    const bodyOf = awaitedAs(activity)
    if (bodyOf !== undefined) return { status: 200, body: bodyOf(await (isNew ? press(activity, work) : (answers.get(activity.key) ?? BEING_DONE))) }
    // Nothing of it is shown in the answer, so nobody has to wait for it.
    const acknowledged: Reply = activity.type === 'invoke' ? { status: 200, body: {} } : { status: 200 }
    if (!isNew) return acknowledged
    return { ...acknowledged, afterwards: () => void inbox.deal(activity.key, (attempts) => work({ activity, attempts, slot: NOBODY_WAITS })) }
  }

  const press = (activity: Activity, work: (dealing: Dealing) => Promise<void>): Promise<InvokeAnswer> => {
    const slot = createAnswerSlot()
    const failed = (error: unknown): never => {
      slot.offer(FAILED)
      throw error
    }
    const answer = slot.within(
      inbox.deal(activity.key, (attempts) => work({ activity, attempts, slot }).catch(failed)),
      INVOKE_MS,
    )
    answers.set(activity.key, answer)
    setTimeout(() => answers.delete(activity.key), ANSWER_MS).unref()
    return answer
  }

  const reply = async (request: IncomingMessage): Promise<Reply> => {
    if (request.method !== 'POST') return { status: 405 }
    if (isLocal && !isFromHere(request)) return { status: 401 }
    const body = await readBody(request)
    if (body === undefined || typeof body.type !== 'string') return { status: 400, body: { error: 'an activity is a JSON object with a type' } }
    // Tokens for other channels, and other ways to sign, are none of ours.
    if (body.channelId !== CHANNEL) return { status: 401 }
    try {
      if (!(await adapter.accepts(request.headers.authorization ?? '', { ...body } as unknown as Wire, log))) return { status: 401 }
    } catch (error) {
      return { status: isUnreachable(error) ? 503 : 401 }
    }
    const activity = readActivity(body)
    if (activity === undefined || (isLocal && !isLocalUrl(activity.serviceUrl))) return { status: 400 }
    return receive(activity, body)
  }

  return {
    start(work) {
      deal = work
      inbox.start(async ({ body, attempts }) => {
        const activity = readActivity(body)
        if (activity !== undefined) await work({ activity, attempts, slot: NOBODY_WAITS })
      })
    },

    handle(request, response) {
      reply(request)
        .catch((error: unknown): Reply => {
          if (error instanceof TooLong) return { status: 413 }
          log.error({ error: messageOf(error) }, 'what Teams sent could not be taken')
          return { status: 500 }
        })
        .then(({ status, body, afterwards }) => {
          send(response, status, body)
          afterwards?.()
        })
        .catch((error: unknown) => log.error({ error: messageOf(error) }, 'what Teams sent could not be answered'))
    },
  }
}

/** botbuilder's adapter with its errors, which its own `process` turns into answers, some of them wrong. */
class Adapter extends CloudAdapter {
  /** @returns whether a turn began, which is after Teams has proved who it is @throws what authentication throws */
  async accepts(authorization: string, activity: Wire, log: Pick<ReceiverDeps['log'], 'debug'>): Promise<boolean> {
    let isTeams = false
    const turn = async () => {
      isTeams = true
    }
    const say = () => log.debug({}, 'a request without valid authentication')
    await withQuietConsole(say, () => this.processActivity(authorization, activity, turn))
    return isTeams
  }
}

/** The keys to check a signature with could not be fetched: Teams may try again. */
function isUnreachable(error: unknown): boolean {
  return error instanceof AuthenticationError ? Number(error.statusCode) >= 500 : error instanceof Error && error.name === 'FetchError'
}

/** No page in a browser, and by no name that merely leads here. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const host = URL.parse(`http://${headers.host ?? ''}`)?.hostname
  return headers.origin === undefined && host !== undefined && isLoopback(host)
}

function isLocalUrl(url: string): boolean {
  return isLoopback(URL.parse(url)?.hostname ?? '')
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return
  const close = status === 413 ? { connection: 'close' } : {}
  if (body === undefined) response.writeHead(status, close).end()
  else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...close }).end(JSON.stringify(body))
}
