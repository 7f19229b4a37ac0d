/** Stands before Bolt: what Slack sends is written down, acknowledged, and handed on once, whichever way and however often it comes. */
import { createHash } from 'node:crypto'
import { type App, AuthorizationError, type Receiver, type ReceiverEvent } from '@slack/bolt'
import { DeliveryError } from '../chat/exchange.ts'
import type { Inbox } from '../chat/inbox.ts'

/** What listeners are told of an event besides what Bolt tells them. */
export interface EventFacts {
  /** The same for the same event delivered again. */
  eventKey: string
  /** How often it was tried before. */
  attempts: number
  receivedAt: string
}

export function onceOnly(inner: Receiver, inbox: Inbox, now: () => Date): Receiver {
  return {
    init(app) {
      const hand = (event: ReceiverEvent) => processEvent(app, event)
      inner.init({ processEvent: (event: ReceiverEvent) => receive(event, inbox, now, hand) } as App)
      inbox.start(async ({ key, body, attempts, receivedAt }) => {
        const facts: EventFacts = { eventKey: key, attempts, receivedAt }
        await hand({ body: body as ReceiverEvent['body'], ack: async () => {}, customProperties: { ...facts } })
      })
    },
    start: (...args) => inner.start(...args),
    async stop() {
      await inner.stop().catch(() => {})
      await inbox.stop()
    },
  }
}

async function receive(event: ReceiverEvent, inbox: Inbox, now: () => Date, hand: (event: ReceiverEvent) => Promise<void>): Promise<void> {
  const key = keyOf(event.body)
  if (!(await inbox.receive(key, withoutToken(event.body)))) return event.ack()
  const ack = once(event.ack)
  // A dialog closes with what is wrong in it, so its listener acknowledges it.
  // Where an acknowledgement gets lost, Slack sends the event again: it is known then, so it has to be dealt with now.
  if (!needsAnswer(event.body)) await ack().catch(() => {})
  const facts: EventFacts = { eventKey: key, attempts: 0, receivedAt: now().toISOString() }
  await inbox.deal(key, () => hand({ ...event, ack, customProperties: { ...event.customProperties, ...facts } }))
  // Nobody listened, or whoever did failed.
  await ack().catch(() => {})
}

function once(ack: ReceiverEvent['ack']): ReceiverEvent['ack'] {
  let isDone = false
  return async (response) => {
    if (isDone) return
    isDone = true
    await ack(response)
  }
}

/** No installation: nobody there to answer. */
async function processEvent(app: App, event: ReceiverEvent): Promise<void> {
  try {
    await app.processEvent(event)
  } catch (error) {
    if (error instanceof AuthorizationError) throw new DeliveryError('gone', error.message, { cause: error })
    throw error
  }
}

/** Events have an id; what people press or type comes with a trigger, a time or a view of its own, so that two of them are never alike. */
export function keyOf(body: ReceiverEvent['body']): string {
  if (typeof body.event_id === 'string') return `event:${body.team_id ?? body.enterprise_id ?? ''}:${body.event_id}`
  return `body:${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 32)}`
}

function needsAnswer({ type }: ReceiverEvent['body']): boolean {
  return type === 'view_submission'
}

/** Slack's old verification token says nothing any more, and does not belong into a database. */
function withoutToken({ token: _, ...body }: ReceiverEvent['body']): unknown {
  return body
}
