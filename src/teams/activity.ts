/** What Teams sends, read: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Place, Who } from '../chat/exchange.ts'
import { placeOf, tenantOf } from './tenant.ts'
import type { Mention } from './typed-text.ts'

export interface Activity {
  type: string
  /** Of an invoke. */
  name: string | undefined
  id: string | undefined
  /** The same when it is sent again. */
  key: string
  who: Who
  /** Teams' own id of the person, and what else it says of them. */
  account: string
  personName: string | undefined
  timezone: string | undefined
  isFromBot: boolean
  place: Place
  serviceUrl: string
  bot: string
  /** Of a channel. */
  team: string | undefined
  text: string
  mentions: readonly Mention[]
  value: unknown
  /** The message that it answers, or whose card was used. */
  replyTo: string | undefined
  /** Of an installation: `add`, `remove`, …; of a change to a conversation: `channelDeleted`, …. */
  action: string | undefined
  eventType: string | undefined
  membersAdded: readonly string[]
  membersRemoved: readonly string[]
}

const id = z.string().min(1).max(1_000)
const account = z.object({ id })
const nothing = undefined
const timezone = z.string().max(100).refine(isTimezone).optional().catch(nothing)
const entity = z.union([
  z.object({ type: z.literal('mention'), text: z.string().catch(''), mentioned: z.object({ id, name: z.string().optional().catch(nothing) }) }),
  z.object({ type: z.literal('clientInfo'), timezone }),
  z.object({ type: z.literal('other') }),
])
const entities = z.array(entity.catch({ type: 'other' })).catch([])
const channelData = z.object({
  tenant: account.optional().catch(nothing),
  team: account.optional().catch(nothing),
  eventType: z.string().optional().catch(nothing),
})

const schema = z.object({
  type: z.string().min(1),
  name: z.string().optional().catch(nothing),
  id: id.optional().catch(nothing),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: z.object({
    id,
    name: z.string().max(500).optional().catch(nothing),
    aadObjectId: id.optional().catch(nothing),
    role: z.string().optional().catch(nothing),
  }),
  recipient: account,
  conversation: z.object({ id, conversationType: z.string().optional().catch(nothing), tenantId: id.optional().catch(nothing) }),
  channelData: channelData.catch({}).default({}),
  text: z.string().catch('').default(''),
  entities: entities.default([]),
  value: z.unknown().optional(),
  replyToId: id.optional().catch(nothing),
  action: z.string().optional().catch(nothing),
  localTimezone: timezone,
  membersAdded: z.array(account).catch([]).default([]),
  membersRemoved: z.array(account).catch([]).default([]),
})

/** Undefined for what doesn't say who did something where. */
export function readActivity(body: unknown): Activity | undefined {
  const read = schema.safeParse(body).data
  const tenant = read?.channelData.tenant?.id ?? read?.conversation.tenantId
  if (read === undefined || tenant === undefined) return undefined
  const { from, conversation, channelData: data } = read
  const place = placeOf(conversation.id, conversation.conversationType)
  return {
    type: read.type,
    name: read.name,
    id: read.id,
    key: keyOf(conversation.id, read.id, body),
    who: { tenant: tenantOf(tenant), person: from.aadObjectId ?? from.id },
    account: from.id,
    personName: from.name?.trim() || undefined,
    timezone: read.entities.find((each) => each.type === 'clientInfo')?.timezone ?? read.localTimezone,
    isFromBot: from.role === 'bot' || from.id === read.recipient.id || from.id.startsWith('28:'),
    place: withThread(place, read.replyToId ?? read.id),
    serviceUrl: read.serviceUrl,
    bot: read.recipient.id,
    team: data.team?.id,
    text: read.text,
    mentions: read.entities.flatMap((each) => (each.type === 'mention' ? [{ text: each.text, ...each.mentioned, name: each.mentioned.name }] : [])),
    value: read.value,
    replyTo: read.replyToId,
    action: read.action,
    eventType: data.eventType,
    membersAdded: read.membersAdded.map((each) => each.id),
    membersRemoved: read.membersRemoved.map((each) => each.id),
  }
}

/** In a channel everything stands in a thread, if only in the one that it begins. */
function withThread(place: Place, first: string | undefined): Place {
  return place.kind !== 'channel' || place.thread !== undefined || first === undefined || !/^\w+$/.test(first) ? place : { ...place, thread: first }
}

/** Ids are only unique within their conversation; what has none is told by all that it says. */
function keyOf(conversation: string, activity: string | undefined, body: unknown): string {
  const named = activity === undefined ? JSON.stringify(body) : `${conversation}\n${activity}`
  return createHash('sha256').update(named).digest('base64url').slice(0, 32)
}

function isTimezone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
