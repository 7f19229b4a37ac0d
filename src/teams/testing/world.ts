/** What a Teams of one's own consists of: organisations, people, teams, conversations, messages. The connector, deliveries and people all work on this. */
import { EventEmitter } from 'node:events'
import type { Ids } from './ids.ts'

/** JSON as it goes over the wire. */
export type Wire = Record<string, unknown>

export interface TeamsUser {
  /** What tests call them by. */
  key: string
  /** `29:…`, of this app only. */
  id: string
  aadObjectId: string
  name: string
  email: string
  /** The organisation's id. */
  tenant: string
  locale: string
  /** IANA zone. */
  timezone: string
  guest: boolean
}

export interface Tenant {
  key: string
  id: string
  name: string
  /** By key. */
  users: Map<string, TeamsUser>
  /** Where the connector of this organisation is; ends with a slash. */
  serviceUrl: string
}

export interface Team {
  key: string
  /** Also the id of its first channel. */
  id: string
  aadGroupId: string
  name: string
  tenant: string
  members: Set<TeamsUser>
  owners: Set<TeamsUser>
  /** Ids. */
  channels: string[]
}

export interface Conversation {
  key: string
  id: string
  kind: 'personal' | 'groupChat' | 'channel'
  name: string
  tenant: string
  /** Of a channel: the team's id. */
  team?: string
  members: Set<TeamsUser>
  /** The app: `never` was there, is `installed`, was `removed`, or `blocked` by the person. */
  app: 'never' | 'installed' | 'removed' | 'blocked'
  /** The conversation is no more. */
  gone: boolean
  /** Oldest first; deleted ones are gone. */
  messages: TeamsMessage[]
  /** Of everything that was ever sent to the app here. */
  sent: Set<string>
}

export interface TeamsMessage {
  id: string
  /** The conversation's id, without thread. */
  conversation: string
  /** In channels: the message that the thread begins with, unless this is it. */
  thread?: string
  /** A person's key, or `bot`. */
  from: string
  text: string
  /** What was posted last. */
  activity: Wire
  /** What it was before it was updated, oldest first. */
  earlier: Wire[]
  at: number
  /** By person and number of the card (`viewKey`): what only they see. */
  views: Map<string, Wire>
  /** By person: what they have typed into the card, by input id. */
  typed: Map<string, Record<string, string>>
  /** By person: elements that they have shown or hidden. */
  toggled: Map<string, Map<string, boolean>>
  /** By person. */
  feedback: Map<string, { reaction: 'like' | 'dislike'; text: string }>
  stream?: Stream
}

/** What a streamed message has been so far. */
export interface Stream {
  startedAt: number
  sequence: number
  text: string
  /** What the person sees while there is no text. */
  informative: string
  state: 'streaming' | 'final' | 'stopped'
  /** Of the bucket that requests are taken from. */
  left: number
  refilledAt: number
}

export interface Attachment {
  id: string
  name: string
  type: string
  content: Buffer
}

/** Something that a well-behaved app does not do. */
export interface Fault {
  /** What the app called, or was sent. */
  where: string
  what: string
}

/** The app in Azure. */
export interface Registration {
  appId: string
  password: string
  tenantId: string
  /** `28:…` */
  botId: string
  botName: string
}

export interface Times {
  /** How long the app has to answer. */
  ackMs: number
  /** After the first, second, … attempt that failed. */
  retryDelaysMs: readonly number[]
  streamMs: number
  /** Between the parts of a stream. */
  streamPaceMs: number
  tokenMs: number
}

export interface World {
  app: Registration
  ids: Ids
  times: Times
  tenants: Map<string, Tenant>
  /** By id. */
  teams: Map<string, Team>
  /** By id. */
  conversations: Map<string, Conversation>
  /** By id. */
  attachments: Map<string, Attachment>
  /** Access tokens given to the app, and when they end. */
  tokens: Map<string, { expiresAt: number; revoked: boolean }>
  typing: { conversation: string; thread?: string; at: number }[]
  /** What pressing something showed to one person. */
  notices: { user: string; text: string; isError: boolean }[]
  faults: Fault[]
  /** Emits `change` whenever something that can be seen has changed. */
  changes: EventEmitter
  /** Sends an activity to the app that nobody waits for. */
  emit(activity: Wire): void
  /** The bot's message is on people's screens. */
  shown(message: TeamsMessage): void
}

export function changed(world: World): void {
  world.changes.emit('change')
}

export function fault(world: World, where: string, what: string): void {
  world.faults.push({ where, what })
  changed(world)
}

/** By key or id. */
export function conversationNamed({ conversations }: World, name: string): Conversation {
  const found = conversations.get(name) ?? [...conversations.values()].find(({ key }) => key === name)
  if (found === undefined) throw new Error(`there is no conversation ${name}`)
  return found
}

export function findMessage({ messages }: Conversation, id: string): TeamsMessage | undefined {
  return messages.findLast((message) => message.id === id)
}

export function addMessage(
  { id: conversation, messages }: Conversation,
  said: Pick<TeamsMessage, 'id' | 'from' | 'text' | 'activity' | 'thread'>,
): TeamsMessage {
  const empty = { earlier: [], views: new Map(), typed: new Map(), toggled: new Map(), feedback: new Map() }
  const message: TeamsMessage = { ...said, ...empty, conversation, at: Date.now() }
  messages.push(message)
  return message
}

export function userById({ tenants }: World, tenant: string, id: string): TeamsUser | undefined {
  return [...(tenants.get(tenant)?.users.values() ?? [])].find((user) => user.id === id || user.aadObjectId === id)
}

/** As conversations are called on the wire: in channels with the thread. */
export function wireConversationId({ kind, id }: Conversation, thread: string | undefined): string {
  return kind === 'channel' && thread !== undefined ? `${id};messageid=${thread}` : id
}

/** Of the person in a personal chat. */
export function personOf(conversation: Conversation): TeamsUser | undefined {
  return conversation.kind === 'personal' ? [...conversation.members][0] : undefined
}

/** Whether the app meets the person in some team or group chat, which lets it write to them. */
export function sharesPlace({ conversations }: World, user: TeamsUser): boolean {
  return [...conversations.values()].some(({ kind, app, gone, members }) => kind !== 'personal' && app === 'installed' && !gone && members.has(user))
}

export function createChanges(): EventEmitter {
  return new EventEmitter().setMaxListeners(0)
}
