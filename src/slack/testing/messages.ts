/** Posting, changing and deleting messages, and the events that Slack sends of it. */
import { changed, findMessage, type SlackChannel, type SlackMessage, type Wire, type Workspace, type World, wireMessage } from './world.ts'

const CHANNEL_TYPES = { public: 'channel', private: 'group', im: 'im' } as const

export function channelType(channel: SlackChannel): string {
  return CHANNEL_TYPES[channel.kind]
}

export function post(
  world: World,
  workspace: Workspace,
  channel: SlackChannel,
  message: Omit<SlackMessage, 'type' | 'channel' | 'ts'> & { ts?: string },
): SlackMessage {
  const { bot, id: team } = workspace
  const parent = message.thread_ts === undefined ? undefined : findMessage(channel, message.thread_ts)
  const posted: SlackMessage = {
    ...message,
    type: 'message',
    channel: channel.id,
    ts: message.ts ?? world.ids.ts(),
    ...(parent === undefined ? {} : { parent_user_id: parent.user }),
  }
  channel.messages.push(posted)
  if (parent !== undefined && parent !== posted) {
    Object.assign(parent, { thread_ts: parent.ts, reply_count: (parent.reply_count ?? 0) + 1, latest_reply: posted.ts })
  }
  if (posted.user === bot.user && posted.thread_ts !== undefined) clearStatus(workspace, channel.id, posted.thread_ts)
  changed(world)
  emitPosted(world, workspace, channel, posted, team)
  return posted
}

/** A status goes away with the app's next message in its thread. */
function clearStatus(workspace: Workspace, channel: string, thread: string): void {
  const last = workspace.statuses.findLast((status) => status.channel === channel && status.thread === thread)
  if (last !== undefined && last.status !== '') workspace.statuses.push({ channel, thread, status: '' })
}

function emitPosted(world: World, workspace: Workspace, channel: SlackChannel, message: SlackMessage, team: string): void {
  if (!channel.members.has(workspace.bot.user)) return
  const event: Wire = { ...wireMessage(message), team, channel: channel.id, event_ts: message.ts }
  world.emit(team, { ...event, channel_type: channelType(channel) })
  const mentioned = message.bot_id === undefined && message.text.includes(`<@${workspace.bot.user}>`)
  if (mentioned && channel.kind !== 'im') world.emit(team, { ...event, type: 'app_mention' })
}

export function change(world: World, workspace: Workspace, channel: SlackChannel, message: SlackMessage, changes: Partial<SlackMessage>): void {
  const before = wireMessage(message)
  Object.assign(message, changes)
  changed(world)
  emitOf(world, workspace, channel, 'message_changed', { message: wireMessage(message), previous_message: before, hidden: true })
}

export function remove(world: World, workspace: Workspace, channel: SlackChannel, message: SlackMessage): void {
  channel.messages.splice(channel.messages.indexOf(message), 1)
  changed(world)
  emitOf(world, workspace, channel, 'message_deleted', { previous_message: wireMessage(message), deleted_ts: message.ts, hidden: true })
}

function emitOf(world: World, workspace: Workspace, channel: SlackChannel, subtype: string, fields: Wire): void {
  if (!channel.members.has(workspace.bot.user)) return
  const ts = world.ids.ts()
  world.emit(workspace.id, { type: 'message', subtype, channel: channel.id, channel_type: channelType(channel), ts, event_ts: ts, ...fields })
}
