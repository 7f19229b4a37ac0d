/** `chat.*`, but for streams. */
import { z } from 'zod'
import { change, post, remove } from '../messages.ts'
import { changed, directMessage, findMessage, type SlackChannel, type SlackMessage, type Wire, wireMessage } from '../world.ts'
import { authorArgs, authorOf, contentArgs, contentOf, metadataArg, metadataOf } from './content.ts'
import { ApiError, type Call, channelOf, flag, type Method, method, parentOf, timestamp, writableChannel, wrong } from './method.ts'

const scopes = ['chat:write']

export function botMessage({ workspace }: Call): Pick<SlackMessage, 'user' | 'bot_id'> {
  return { user: workspace.bot.user, bot_id: workspace.bot.id }
}

/** Whoever writes to a person's id writes in the direct message with them. */
function addressed(call: Call, id: string): SlackChannel {
  if (!/^[UW]/.test(id)) return writableChannel(call, id)
  const user = call.workspace.users.get(id)
  if (user === undefined || user.isBot) throw new ApiError('channel_not_found')
  return directMessage(call.world, call.workspace, id)
}

function ownMessage(call: Call, channel: SlackChannel, ts: string, code: string): SlackMessage {
  const message = findMessage(channel, ts)
  if (message === undefined) throw new ApiError('message_not_found')
  if (message.user !== call.workspace.bot.user) throw wrong(code, `message ${ts} is not the app's own`)
  return message
}

const postMessage = method({
  scopes,
  tier: 'special',
  args: z.strictObject({
    channel: z.string(),
    ...contentArgs,
    ...authorArgs,
    ...metadataArg,
    thread_ts: timestamp.optional(),
    reply_broadcast: flag.optional(),
    unfurl_links: flag.optional(),
    unfurl_media: flag.optional(),
    mrkdwn: flag.optional(),
  }),
  run(call, args) {
    const channel = addressed(call, args.channel)
    const content = contentOf(call, args)
    const metadata = metadataOf(args.metadata)
    if (args.thread_ts !== undefined) parentOf(channel, args.thread_ts)
    const message = post(call.world, call.workspace, channel, {
      ...botMessage(call),
      ...content,
      ...authorOf(call, args),
      ...(args.thread_ts === undefined ? {} : { thread_ts: args.thread_ts }),
      ...(args.reply_broadcast === true ? { reply_broadcast: true } : {}),
      ...(metadata === undefined ? {} : { metadata }),
    })
    return { channel: channel.id, ts: message.ts, message: wireMessage(message, { withMetadata: true }) }
  },
})

const postEphemeral = method({
  scopes,
  tier: 4,
  args: z.strictObject({ channel: z.string(), user: z.string(), ...contentArgs, ...authorArgs, ...metadataArg, thread_ts: timestamp.optional() }),
  run(call, args) {
    const { world, workspace } = call
    const channel = writableChannel(call, args.channel)
    if (!channel.members.has(args.user)) throw new ApiError('user_not_in_channel')
    authorOf(call, args)
    if (args.thread_ts !== undefined) parentOf(channel, args.thread_ts)
    const thread = args.thread_ts === undefined ? {} : { thread_ts: args.thread_ts }
    const message = { channel: channel.id, user: args.user, ts: world.ids.ts(), ...contentOf(call, args), ...thread }
    workspace.ephemerals.push(message)
    changed(world)
    return { message_ts: message.ts }
  },
})

const update = method({
  scopes,
  tier: 3,
  args: z.strictObject({ channel: z.string(), ts: timestamp, ...contentArgs, ...metadataArg, reply_broadcast: flag.optional() }),
  run(call, args) {
    const channel = channelOf(call, args.channel)
    const message = ownMessage(call, channel, args.ts, 'cant_update_message')
    if (message.streaming_state === 'in_progress') throw wrong('streaming_state_conflict', `message ${args.ts} is still a stream`)
    const content = contentOf(call, args)
    const metadata = metadataOf(args.metadata)
    // Text without blocks takes the place of blocks.
    if (content.blocks === undefined && content.text !== '') delete message.blocks
    if (args.metadata !== undefined && metadata === undefined) delete message.metadata
    const edited = content.blocks === undefined ? { edited: { user: message.user, ts: call.world.ids.ts() } } : {}
    change(call.world, call.workspace, channel, message, { ...content, ...edited, ...(metadata === undefined ? {} : { metadata }) })
    return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(message, { withMetadata: true }) }
  },
})

const deleteMessage = method({
  scopes,
  tier: 3,
  args: z.strictObject({ channel: z.string(), ts: timestamp }),
  run(call, { channel: id, ts }) {
    const channel = channelOf(call, id)
    remove(call.world, call.workspace, channel, ownMessage(call, channel, ts, 'cant_delete_message'))
    return { channel: channel.id, ts }
  },
})

const getPermalink = method({
  tier: 'special',
  args: z.strictObject({ channel: z.string(), message_ts: timestamp }),
  run(call, { channel: id, message_ts: ts }): Wire {
    const channel = channelOf(call, id)
    const message = findMessage(channel, ts)
    if (message === undefined) throw new ApiError('message_not_found')
    const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`
    const permalink = `https://${call.workspace.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${thread}`
    return { channel: channel.id, permalink }
  },
})

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.getPermalink': getPermalink,
}
