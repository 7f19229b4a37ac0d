/** `chat.startStream`, `appendStream`, `stopStream`: a message that is shown while it is written. */
import { z } from 'zod'
import { change, post } from '../messages.ts'
import { findMessage, type SlackChannel, type SlackMessage, type StreamState, type Wire, type World, wireMessage } from '../world.ts'
import { botMessage } from './chat.ts'
import { authorArgs, authorOf, checkBlocks, metadataArg, metadataOf, withBlockIds } from './content.ts'
import { ApiError, type Call, json, type Method, method, parentOf, timestamp, wireArray, wireObject, writableChannel, wrong } from './method.ts'

const LONGEST_TEXT = 12_000
const MOST_BLOCKS = 50
const scopes = ['chat:write']

const chunkSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown_text'), text: z.string() }),
  z.strictObject({ type: z.literal('plan_update'), title: z.string() }),
  z.strictObject({
    type: z.literal('task_update'),
    id: z.string(),
    title: z.string(),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
    details: z.string().optional(),
    output: z.string().optional(),
    sources: z.array(wireObject).optional(),
  }),
  z.strictObject({ type: z.literal('blocks'), blocks: z.array(wireObject) }),
])

const written = { markdown_text: z.string().optional(), chunks: json(z.array(z.unknown())).optional() }

interface Written {
  mode: StreamState['mode']
  text: string
  blocks: Wire[]
}

function read(call: Call, { markdown_text: markdown, chunks: given }: { markdown_text?: string | undefined; chunks?: unknown[] | undefined }): Written {
  if (markdown !== undefined && given !== undefined) throw wrong('cannot_provide_both_markdown_text_and_chunks', 'markdown_text stands beside chunks')
  const chunks = z.array(chunkSchema).safeParse(given ?? [])
  if (!chunks.success) throw wrong('invalid_chunks', z.prettifyError(chunks.error))
  const text = markdown ?? chunks.data.map((chunk) => (chunk.type === 'markdown_text' ? chunk.text : '')).join('')
  if (text.length > LONGEST_TEXT) throw wrong('msg_too_long', `${text.length} characters in one call, the most is ${LONGEST_TEXT}`)
  const blocks = chunks.data.flatMap((chunk) => (chunk.type === 'blocks' ? chunk.blocks : []))
  if (blocks.length > 0) checkBlocks(call, { text: 'stream', blocks })
  const mode = markdown !== undefined ? 'markdown_text' : chunks.data.length > 0 ? 'chunks' : undefined
  return { mode, text, blocks: withBlockIds(call, blocks) }
}

const keyOf = (channel: string, ts: string) => `${channel}/${ts}`

/** Slack ends a stream some minutes after its start, whatever is still written. */
export function streamOf(world: World, call: Pick<Call, 'workspace'>, message: SlackMessage): StreamState | undefined {
  const state = call.workspace.streams.get(keyOf(message.channel, message.ts))
  if (state === undefined || state.stopped !== undefined || Date.now() < state.startedAt + world.times.streamMs) return state
  state.stopped = 'time'
  message.streaming_state = 'errored'
  return state
}

/** The person's Stop: Slack takes no more, and the app says that it has ended. */
export function stopByUser(world: World, call: Pick<Call, 'workspace'>, message: SlackMessage): void {
  const state = streamOf(world, call, message)
  if (state === undefined || state.stopped !== undefined) return
  state.stopped = 'user'
  message.streaming_state = 'completed'
}

const startStream = method({
  scopes,
  tier: 2,
  args: z.strictObject({
    channel: z.string(),
    thread_ts: timestamp,
    recipient_team_id: z.string().optional(),
    recipient_user_id: z.string().optional(),
    task_display_mode: z.enum(['timeline', 'plan', 'dense']).optional(),
    ...authorArgs,
    ...written,
  }),
  run(call, args) {
    const { world, workspace } = call
    const channel = writableChannel(call, args.channel)
    if (channel.kind !== 'im') {
      if (args.recipient_team_id === undefined) throw wrong('missing_recipient_team_id', 'streams outside direct messages need a recipient_team_id')
      if (args.recipient_user_id === undefined) throw wrong('missing_recipient_user_id', 'streams outside direct messages need a recipient_user_id')
    }
    if (args.recipient_team_id !== undefined && args.recipient_team_id !== workspace.id) throw wrong('team_not_found', `no team ${args.recipient_team_id}`)
    if (args.recipient_user_id !== undefined && !workspace.users.has(args.recipient_user_id)) throw wrong('user_not_found', `no user ${args.recipient_user_id}`)
    parentOf(channel, args.thread_ts)
    const { mode, text, blocks } = read(call, args)
    const ts = world.ids.ts()
    workspace.streams.set(keyOf(channel.id, ts), { startedAt: Date.now(), text, blocks, ...(mode === undefined ? {} : { mode }) })
    const author = { ...botMessage(call), ...authorOf(call, args) }
    post(world, workspace, channel, { ...author, ts, text, thread_ts: args.thread_ts, streaming_state: 'in_progress', ...shown(blocks) })
    return { channel: channel.id, ts }
  },
})

function shown(blocks: Wire[]): { blocks?: Wire[] } {
  return blocks.length === 0 ? {} : { blocks }
}

/** @throws ApiError when it is no stream any more */
function running(call: Call, id: string, ts: string): { channel: SlackChannel; message: SlackMessage; state: StreamState } {
  const channel = writableChannel(call, id)
  const message = findMessage(channel, ts)
  if (message === undefined) throw new ApiError('message_not_found')
  if (message.user !== call.workspace.bot.user) throw wrong('message_not_owned_by_app', `message ${ts} is not the app's own`)
  const state = streamOf(call.world, call, message)
  if (state === undefined) throw wrong('message_not_in_streaming_state', `message ${ts} is not a stream`)
  if (state.stopped === 'app') throw wrong('message_not_in_streaming_state', `the app stopped the stream ${ts} before`)
  if (state.stopped === 'time') throw new ApiError('message_not_in_streaming_state')
  return { channel, message, state }
}

function add(state: StreamState, { mode, text, blocks }: Written): void {
  if (mode !== undefined && state.mode !== undefined && mode !== state.mode) {
    throw wrong('streaming_mode_mismatch', `the stream was started with ${state.mode} and goes on with ${mode}`)
  }
  if (state.blocks.length + blocks.length > MOST_BLOCKS) throw wrong('msg_blocks_too_many', `more than ${MOST_BLOCKS} blocks in the chunks of one stream`)
  if (mode !== undefined) state.mode ??= mode
  state.text += text
  state.blocks.push(...blocks)
}

const appendStream = method({
  scopes,
  tier: 4,
  args: z.strictObject({ channel: z.string(), ts: timestamp, ...written }),
  run(call, args) {
    const { channel, message, state } = running(call, args.channel, args.ts)
    if (state.stopped === 'user') throw new ApiError('stopped_by_user')
    const more = read(call, args)
    if (more.mode === undefined) throw wrong('markdown_text_or_chunks_required', 'neither markdown_text nor chunks')
    add(state, more)
    change(call.world, call.workspace, channel, message, { text: state.text, ...shown(state.blocks) })
    return { channel: channel.id, ts: message.ts }
  },
})

const stopStream = method({
  scopes,
  tier: 2,
  args: z.strictObject({
    channel: z.string(),
    ts: timestamp,
    ...written,
    blocks: wireArray.optional(),
    ...metadataArg,
    session_status: z.enum(['active', 'processing', 'closed']).optional(),
  }),
  run(call, args) {
    const { channel, message, state } = running(call, args.channel, args.ts)
    const metadata = metadataOf(args.metadata)
    if (args.blocks?.length) checkBlocks(call, { text: 'stream', blocks: args.blocks })
    add(state, read(call, args))
    state.stopped = 'app'
    change(call.world, call.workspace, channel, message, {
      text: state.text,
      ...shown([...state.blocks, ...withBlockIds(call, args.blocks ?? [])]),
      streaming_state: 'completed',
      ...(metadata === undefined ? {} : { metadata }),
    })
    return { channel: channel.id, ts: message.ts, message: wireMessage(message, { withMetadata: true }) }
  },
})

export const streamMethods: Record<string, Method> = {
  'chat.startStream': startStream,
  'chat.appendStream': appendStream,
  'chat.stopStream': stopStream,
}
