/** What a Slack of one's own consists of: workspaces, people, channels, messages, dialogs, files. Methods, deliveries and people all work on this. */
import { EventEmitter } from 'node:events'
import type { AppSettings } from './app-settings.ts'
import type { Ids } from './ids.ts'

/** JSON as it goes over the wire. */
export type Wire = Record<string, unknown>

export interface SlackUser {
  id: string
  name: string
  realName: string
  /** IANA zone. */
  tz: string
  isAdmin: boolean
  isBot: boolean
}

export interface SlackChannel {
  id: string
  name: string
  kind: 'public' | 'private' | 'im'
  members: Set<string>
  /** Oldest first; deleted ones are gone. */
  messages: SlackMessage[]
  archived: boolean
  /** Of a direct message: the person. */
  user?: string
}

/** As Slack sends it, and its channel. */
export interface SlackMessage {
  type: 'message'
  subtype?: string
  channel: string
  ts: string
  user: string
  text: string
  bot_id?: string
  thread_ts?: string
  parent_user_id?: string
  /** Of a message that has replies. */
  reply_count?: number
  latest_reply?: string
  blocks?: Wire[]
  attachments?: Wire[]
  metadata?: { event_type: string; event_payload: Wire }
  edited?: { user: string; ts: string }
  files?: Wire[]
  reactions?: { name: string; users: string[]; count: number }[]
  streaming_state?: 'in_progress' | 'completed' | 'errored'
  username?: string
  client_msg_id?: string
  reply_broadcast?: boolean
}

/** Shown to one person; not in any history. */
export interface EphemeralMessage {
  channel: string
  ts: string
  user: string
  text: string
  blocks?: Wire[]
  thread_ts?: string
}

/** A modal or a Home tab, as Slack sends it. */
export interface SlackView {
  id: string
  type: 'modal' | 'home'
  user: string
  team_id: string
  hash: string
  blocks: Wire[]
  callback_id: string
  private_metadata: string
  external_id: string
  title?: Wire
  submit?: Wire | null
  close?: Wire | null
  root_view_id: string
  previous_view_id: string | null
  clear_on_close: boolean
  notify_on_close: boolean
  submit_disabled?: boolean
}

export interface SlackFile {
  id: string
  team: string
  filename: string
  length: number
  altText?: string
  title?: string
  content?: Buffer
  /** By `files.completeUploadExternal`. */
  completed: boolean
  channel?: string
}

/** What a stream was started with must be kept to. */
export interface StreamState {
  mode?: 'markdown_text' | 'chunks'
  startedAt: number
  text: string
  blocks: Wire[]
  stopped?: 'app' | 'user' | 'time'
}

export interface Workspace {
  id: string
  name: string
  domain: string
  bot: { user: string; id: string }
  users: Map<string, SlackUser>
  channels: Map<string, SlackChannel>
  ephemerals: EphemeralMessage[]
  /** Of each person, the lowest first. */
  modals: Map<string, SlackView[]>
  homes: Map<string, SlackView>
  files: Map<string, SlackFile>
  /** By channel and ts. */
  streams: Map<string, StreamState>
  statuses: AgentStatus[]
  prompts: AgentPrompts[]
  titles: { channel: string; thread: string; title: string }[]
}

export interface AgentStatus {
  channel: string
  thread: string
  status: string
  loadingMessages?: string[]
}

export interface AgentPrompts {
  channel: string
  thread?: string
  title?: string
  prompts: { title: string; message: string }[]
}

export interface Token {
  token: string
  kind: 'bot' | 'app'
  team?: string
  scopes: ReadonlySet<string>
  revoked: boolean
  expiresAt?: number
  refreshToken?: string
}

/** Something that a well-behaved app does not do. */
export interface Fault {
  /** A Web API method, `response_url`, or a way of delivery. */
  where: string
  what: string
}

export interface Trigger {
  team: string
  user: string
  expiresAt: number
  exchanged: boolean
  /** The view in which the person pressed something: what `views.push` pushes onto. */
  view?: string
}

export interface Times {
  triggerMs: number
  ackMs: number
  /** After the first, second and third attempt that failed. */
  retryDelaysMs: readonly number[]
  responseUrlMs: number
  streamMs: number
}

export interface World {
  app: AppSettings
  ids: Ids
  times: Times
  workspaces: Map<string, Workspace>
  tokens: Map<string, Token>
  triggers: Map<string, Trigger>
  faults: Fault[]
  /** Scopes that something was done with. */
  usedScopes: Set<string>
  /** Emits `change` whenever something that can be seen has changed. */
  changes: EventEmitter
  /** Sends an event to the app, if it subscribed to it. */
  emit(team: string, event: Wire): void
}

export function workspaceOf(world: World, team: string): Workspace {
  const workspace = world.workspaces.get(team)
  if (workspace === undefined) throw new Error(`there is no workspace ${team}`)
  return workspace
}

export function changed(world: World): void {
  world.changes.emit('change')
}

export function fault(world: World, where: string, what: string): void {
  world.faults.push({ where, what })
  changed(world)
}

/** The direct message between the app and the person, opened when it isn't yet. */
export function directMessage(world: World, workspace: Workspace, user: string): SlackChannel {
  const id = `D${user.slice(1)}X${workspace.id.slice(1)}`
  const open = workspace.channels.get(id)
  if (open !== undefined) return open
  const channel: SlackChannel = { id, name: '', kind: 'im', members: new Set([user, workspace.bot.user]), messages: [], archived: false, user }
  workspace.channels.set(id, channel)
  changed(world)
  return channel
}

export function findMessage(channel: SlackChannel, ts: string): SlackMessage | undefined {
  return channel.messages.findLast((message) => message.ts === ts)
}

/** Of history and threads: what was posted, without what only some calls ask for. */
export function wireMessage({ channel: _channel, metadata, ...message }: SlackMessage, { withMetadata = false } = {}): Wire {
  return { ...message, ...(withMetadata && metadata !== undefined ? { metadata } : {}) }
}

export function createChanges(): EventEmitter {
  return new EventEmitter().setMaxListeners(0)
}
