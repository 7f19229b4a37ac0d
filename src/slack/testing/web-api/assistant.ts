/** `assistant.threads.*` and `agents.sessions.*`: what the agent shows beside its messages. */
import { z } from 'zod'
import { changed, fault } from '../world.ts'
import { authorArgs, authorOf } from './content.ts'
import { ApiError, channelOf, json, type Method, method, parentOf, timestamp, wrong } from './method.ts'

const setStatus = method({
  scopes: ['chat:write', 'assistant:write'],
  tier: 'special',
  args: z.strictObject({
    channel_id: z.string(),
    thread_ts: timestamp,
    status: z.string(),
    loading_messages: json(z.array(z.string()).max(10)).optional(),
    ...authorArgs,
  }),
  run(call, { channel_id: id, thread_ts: thread, status, loading_messages: loadingMessages, ...author }) {
    const channel = channelOf(call, id)
    if (!channel.members.has(call.workspace.bot.user)) throw new ApiError('channel_not_found')
    authorOf(call, author)
    parentOf(channel, thread)
    call.workspace.statuses.push({ channel: id, thread, status, ...(loadingMessages === undefined ? {} : { loadingMessages }) })
    changed(call.world)
    return {}
  },
})

const prompt = z.strictObject({ title: z.string().min(1), message: z.string().min(1) })

const setSuggestedPrompts = method({
  scopes: ['assistant:write'],
  tier: 4,
  args: z.strictObject({ channel_id: z.string(), thread_ts: timestamp.optional(), title: z.string().optional(), prompts: json(z.array(prompt).min(1).max(4)) }),
  run(call, { channel_id: id, thread_ts: thread, title, prompts }) {
    const { world, workspace, method: where } = call
    const channel = channelOf(call, id)
    if (channel.kind !== 'im') throw wrong('channel_not_found', 'prompts are for direct messages')
    if (world.app.agent === 'none') throw wrong('not_agent_app', 'the app is no agent')
    // Slack says ok and shows nothing.
    if (world.app.agent === 'agent_view' && thread !== undefined) {
      fault(world, where, 'thread_ts under agent_view: nothing is shown')
      return {}
    }
    if (world.app.agent === 'assistant_view' && thread === undefined) throw wrong('missing_thread_ts', 'prompts of the assistant panel need its thread')
    if (thread !== undefined) parentOf(channel, thread)
    workspace.prompts.push({ channel: id, prompts, ...(thread === undefined ? {} : { thread }), ...(title === undefined ? {} : { title }) })
    changed(world)
    return {}
  },
})

const setTitle = method({
  scopes: ['assistant:write'],
  tier: 4,
  args: z.strictObject({ channel_id: z.string(), thread_ts: timestamp, title: z.string().min(1) }),
  run(call, { channel_id: id, thread_ts: thread, title }) {
    parentOf(channelOf(call, id), thread)
    call.workspace.titles.push({ channel: id, thread, title })
    changed(call.world)
    return {}
  },
})

/** After the person's Stop the app says that it has stopped. */
const setSessionStatus = method({
  scopes: ['chat:write', 'assistant:write'],
  tier: 4,
  args: z.strictObject({
    channel_id: z.string(),
    status: z.enum(['active', 'processing', 'closed']),
    thread_ts: timestamp.optional(),
    title: z.string().optional(),
    initiator_user_id: z.string().optional(),
    ...authorArgs,
  }),
  run(call, { channel_id: id, thread_ts: thread, status }) {
    const channel = channelOf(call, id)
    if (thread !== undefined) parentOf(channel, thread)
    if (status !== 'processing' && thread !== undefined) call.workspace.statuses.push({ channel: id, thread, status: '' })
    changed(call.world)
    return {}
  },
})

export const assistantMethods: Record<string, Method> = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setTitle': setTitle,
  'agents.sessions.setStatus': setSessionStatus,
}
