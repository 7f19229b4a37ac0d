/** What Slack sends to the app, and whether the app took it in time: events again and again, what people do once. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Ids } from './ids.ts'
import type { Times, Wire } from './world.ts'

export type EnvelopeKind = 'events_api' | 'slash_commands' | 'interactive'

export interface Envelope {
  id: string
  kind: EnvelopeKind
  payload: Wire
  retry?: { num: number; reason: string }
}

export interface Ack {
  ms: number
  /** What the app answered with it. */
  response: Wire
}

/** A way to the app: sockets, or HTTP. */
export interface Transport {
  /** @throws NotTaken */
  send(envelope: Envelope): Promise<Ack>
}

/** The app did not say in time that it has it. */
export class NotTaken extends Error {
  readonly reason: string
  /** The app wants no second attempt. */
  readonly final: boolean

  constructor(reason: string, { final = false } = {}) {
    super(`the app did not respond: ${reason}`)
    this.reason = reason
    this.final = final
  }
}

export interface Delivery {
  envelope: string
  kind: EnvelopeKind
  /** Of events. */
  event?: string
  payload: Wire
  at: number
  attempts: { at: number; ackMs?: number; failed?: string }[]
}

export interface Deliveries {
  readonly sent: readonly Delivery[]
  event(payload: Wire): void
  /** @throws NotTaken */
  interaction(kind: 'slash_commands' | 'interactive', payload: Wire): Promise<Ack>
  /** Once more, with the same ids, as after a timeout. */
  redeliver(delivery: Delivery): Promise<Ack>
  /** Every nth event twice. 0: none. */
  redeliverEvery(n: number): void
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>
  close(): void
}

export function createDeliveries(transport: Transport, ids: Ids, times: Times): Deliveries {
  const sent: Delivery[] = []
  const underWay = new Set<Promise<unknown>>()
  const closing = new AbortController()
  let every = 0
  let events = 0

  function record(kind: EnvelopeKind, payload: Wire): Delivery {
    const event = kind === 'events_api' ? { event: payload.event_id as string } : {}
    const delivery: Delivery = { envelope: ids.next('envelope-').toLowerCase(), kind, payload, at: Date.now(), attempts: [], ...event }
    sent.push(delivery)
    return delivery
  }

  async function attempt(delivery: Delivery, retry?: Envelope['retry']): Promise<Ack> {
    const made: Delivery['attempts'][number] = { at: Date.now() }
    delivery.attempts.push(made)
    try {
      const ack = await transport.send({ id: delivery.envelope, kind: delivery.kind, payload: delivery.payload, ...(retry === undefined ? {} : { retry }) })
      made.ackMs = ack.ms
      return ack
    } catch (error) {
      made.failed = error instanceof NotTaken ? error.reason : String(error)
      throw error
    }
  }

  async function persist(delivery: Delivery): Promise<void> {
    let reason = ''
    for (const [num, delay] of [0, ...times.retryDelaysMs].entries()) {
      try {
        if (delay > 0) await wait(delay, undefined, { signal: closing.signal })
        if (closing.signal.aborted) return
        await attempt(delivery, num === 0 ? undefined : { num, reason })
        return
      } catch (error) {
        if (!(error instanceof NotTaken) || error.final) return
        reason = error.reason
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
    event(payload) {
      const delivery = record('events_api', payload)
      const twice = every > 0 && ++events % every === 0
      void track(persist(delivery).then(async () => (twice ? void (await attempt(delivery, { num: 1, reason: 'timeout' }).catch(() => {})) : undefined)))
    },
    interaction: (kind, payload) => track(attempt(record(kind, payload))),
    redeliver: (delivery) => track(attempt(delivery, { num: delivery.attempts.length, reason: 'timeout' })),
    redeliverEvery(n) {
      every = n
      events = 0
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled([...underWay])
    },
    close: () => closing.abort(),
  }
}
