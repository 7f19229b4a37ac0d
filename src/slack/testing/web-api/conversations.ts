/** `conversations.*`: who is where, and what was said. */
import { z } from 'zod'
import { directMessage, findMessage, type SlackChannel, type SlackMessage, type Wire, wireMessage } from '../world.ts'
import { ApiError, type Call, channelOf, flag, type Method, method, need, page, timestamp, whole, wrong } from './method.ts'

const cursorArgs = { cursor: z.string().optional(), limit: whole.pipe(z.int().min(1).max(999)).optional() }
/** Any Unix time, with or without fraction. */
const since = z.string().regex(/^\d+(\.\d+)?$/)

function wireChannel({ workspace }: Call, { id, name, kind, members, archived, user }: SlackChannel): Wire {
  const common = { id, created: 1_700_000_000, is_archived: archived, is_org_shared: false, context_team_id: workspace.id, updated: 1_700_000_000_000 }
  if (kind === 'im') return { ...common, is_im: true, user, is_open: true, priority: 0 }
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: kind === 'private',
    is_general: false,
    is_shared: false,
    is_member: members.has(workspace.bot.user),
    creator: [...members][0] ?? '',
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  }
}

/** A conversation whose messages or members the app may see. */
function readable(call: Call, id: string, needs: 'read' | 'history'): SlackChannel {
  const channel = channelOf(call, id)
  need(call, needs, channel.kind)
  return channel
}

const open = method({
  scopes: ['im:write'],
  tier: 3,
  args: z.strictObject({ users: z.string().optional(), channel: z.string().optional(), return_im: flag.optional(), prevent_creation: flag.optional() }),
  run(call, { users, channel: id, return_im: full }) {
    const { world, workspace } = call
    if (users === undefined && id === undefined) throw wrong('users_list_not_supplied', 'neither users nor channel')
    if (users?.includes(',')) throw wrong('invalid_arguments', 'group conversations are none of this app’s business')
    if (users !== undefined && !workspace.users.has(users)) throw new ApiError('user_not_found')
    const channel = users === undefined ? channelOf(call, id as string) : directMessage(world, workspace, users)
    return { channel: full === true ? wireChannel(call, channel) : { id: channel.id } }
  },
})

const info = method({
  tier: 3,
  args: z.strictObject({ channel: z.string(), include_locale: flag.optional(), include_num_members: flag.optional() }),
  run(call, { channel: id, include_num_members: counted }) {
    const channel = readable(call, id, 'read')
    return { channel: { ...wireChannel(call, channel), ...(counted === true ? { num_members: channel.members.size } : {}) } }
  },
})

const members = method({
  tier: 4,
  args: z.strictObject({ channel: z.string(), ...cursorArgs }),
  run(call, { channel: id, cursor, limit = 100 }) {
    const channel = readable(call, id, 'read')
    const { items, next } = page([...channel.members], { cursor, limit })
    return { members: items, response_metadata: { next_cursor: next } }
  },
})

const historyArgs = {
  channel: z.string(),
  oldest: since.optional(),
  latest: since.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
  ...cursorArgs,
}

type Window = Partial<Record<'oldest' | 'latest' | 'cursor', string | undefined>> & Partial<Record<'inclusive' | 'include_all_metadata', boolean | undefined>>

function within(messages: SlackMessage[], { oldest = '0', latest, inclusive = false }: Window): SlackMessage[] {
  const [from, to] = [Number(oldest), latest === undefined ? Number.POSITIVE_INFINITY : Number(latest)]
  return messages.filter(({ ts }) => (Number(ts) > from && Number(ts) < to) || (inclusive && (Number(ts) === from || Number(ts) === to)))
}

function answer(found: SlackMessage[], window: Window & { limit: number }): Wire {
  const { items, next } = page(found, window)
  return {
    messages: items.map((message) => wireMessage(message, { withMetadata: window.include_all_metadata ?? false })),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  }
}

const history = method({
  tier: 3,
  args: z.strictObject(historyArgs),
  run(call, { limit = 100, ...args }) {
    const channel = readable(call, args.channel, 'history')
    if (!channel.members.has(call.workspace.bot.user)) throw new ApiError('not_in_channel')
    const topLevel = channel.messages.filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts || message.reply_broadcast)
    return answer(within(topLevel, args).reverse(), { ...args, limit })
  },
})

const replies = method({
  tier: 3,
  args: z.strictObject({ ...historyArgs, ts: timestamp }),
  run(call, { limit = 100, ...args }) {
    const channel = readable(call, args.channel, 'history')
    if (!channel.members.has(call.workspace.bot.user)) throw new ApiError('not_in_channel')
    const named = findMessage(channel, args.ts)
    if (named === undefined) throw new ApiError('thread_not_found')
    const thread = named.thread_ts ?? named.ts
    const parent = findMessage(channel, thread)
    const said = channel.messages.filter((message) => message.thread_ts === thread && message.ts !== thread)
    return answer([...(parent === undefined ? [] : [parent]), ...within(said, args)], { ...args, limit })
  },
})

export const conversationMethods: Record<string, Method> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
}
