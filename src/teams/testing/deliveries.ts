/** What Teams sends to the app, with a token of the channel, and whether the app took it in time: activities again and again, invokes once. */
import { setTimeout as wait } from 'node:timers/promises'
import { jsonObject } from '../../testing/http-bodies.ts'
import { authorizationOf, type TokenKind } from './channel-tokens.ts'
import { fault, type Wire, type World } from './world.ts'

/** The app did not say in time that it has it. */
export class NotTaken extends Error {
  readonly reason: string
  /** Of an answer. */
  readonly status: number | undefined

  constructor(reason: string, status?: number) {
    super(`the app did not respond: ${reason}${status === undefined ? '' : ` ${status}`}`)
    this.reason = reason
    this.status = status
  }
}

export interface Taken {
  ms: number
  status: number
  /** JSON, or nothing. */
  body: Wire | undefined
  text: string
}

export interface Delivery {
  /** The activity's. */
  id: string
  activity: Wire
  at: number
  attempts: { at: number; ackMs?: number; failed?: string }[]
}

export interface Deliveries {
  readonly sent: readonly Delivery[]
  /** Until it is taken, or for as often as Teams tries. */
  event(activity: Wire): void
  /** Once. @throws NotTaken */
  invoke(activity: Wire): Promise<Taken>
  /** Once more, the same, as after a time-out. */
  redeliver(delivery: Delivery): Promise<Taken>
  /** Every nth event twice. 0: none. */
  redeliverEvery(n: number): void
  /** A request of one's own, which may be wrong. */
  post(body: unknown, options?: { token?: TokenKind; headers?: Record<string, string> }): Promise<Response>
  setMessagingEndpoint(url: string): void
  /** Keeps `settled` waiting. */
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>
  close(): void
}

const NOWHERE = 'where is the app? setMessagingEndpoint(…) says it'

export function createDeliveries(world: World, initialEndpoint: string | undefined): Deliveries {
  const sent: Delivery[] = []
  const underWay = new Set<Promise<unknown>>()
  const closing = new AbortController()
  let endpoint = initialEndpoint
  let every = 0
  let events = 0

  async function post(body: unknown, { token = 'right', headers = {} }: { token?: TokenKind; headers?: Record<string, string> } = {}): Promise<Response> {
    if (endpoint === undefined) throw new Error(NOWHERE)
    const serviceUrl = String((body as Wire | null)?.serviceUrl ?? '')
    const authorization = authorizationOf(token, { appId: world.app.appId, serviceUrl })
    return fetch(endpoint, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
        ...(authorization === undefined ? {} : { authorization }),
        ...headers,
      },
      signal: AbortSignal.any([AbortSignal.timeout(world.times.ackMs), closing.signal]),
    })
  }

  async function send(activity: Wire): Promise<Taken> {
    if (endpoint === undefined) throw new Error(NOWHERE)
    const at = performance.now()
    let response: Response
    let text: string
    try {
      response = await post(activity)
      text = await response.text()
    } catch (error) {
      throw new NotTaken((error as Error).name === 'TimeoutError' ? 'timeout' : 'connection_failed')
    }
    if (!response.ok) throw new NotTaken('http_error', response.status)
    return { ms: performance.now() - at, status: response.status, body: jsonObject(text), text }
  }

  function record(activity: Wire): Delivery {
    const delivery: Delivery = { id: String(activity.id), activity, at: Date.now(), attempts: [] }
    sent.push(delivery)
    return delivery
  }

  async function attempt(delivery: Delivery): Promise<Taken> {
    const made: Delivery['attempts'][number] = { at: Date.now() }
    delivery.attempts.push(made)
    try {
      const taken = await send(delivery.activity)
      made.ackMs = taken.ms
      return taken
    } catch (error) {
      made.failed = error instanceof NotTaken ? error.reason : String(error)
      throw error
    }
  }

  async function persist(delivery: Delivery): Promise<void> {
    for (const delay of [0, ...world.times.retryDelaysMs]) {
      try {
        if (delay > 0) await wait(delay, undefined, { signal: closing.signal })
        await attempt(delivery)
        return
      } catch (error) {
        if (closing.signal.aborted) return
        if (!(error instanceof NotTaken)) return fault(world, 'delivery', String(error))
      }
    }
  }

  function track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => underWay.delete(tracked))
    tracked.catch(() => {})
    underWay.add(tracked)
    return tracked
  }

  return {
    sent,
    event(activity) {
      const delivery = record(activity)
      const twice = every > 0 && ++events % every === 0
      void track(persist(delivery).then(async () => (twice ? void (await attempt(delivery).catch(() => {})) : undefined)))
    },
    invoke: (activity) => track(attempt(record(activity))),
    redeliver: (delivery) => track(attempt(delivery)),
    redeliverEvery(n) {
      every = n
      events = 0
    },
    post,
    setMessagingEndpoint(url) {
      endpoint = url
    },
    track,
    async settled() {
      while (underWay.size > 0) await Promise.allSettled([...underWay])
    },
    close: () => closing.abort(),
  }
}
