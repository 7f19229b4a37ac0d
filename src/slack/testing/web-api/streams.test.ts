/** Streams and what else an agent shows, by the real web client. */
import type { WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { type SlackServer, type SlackServerOptions, startSlackServer } from '../slack-server.ts'
import { clientOf, codeOf, section } from './test-client.ts'

let server: SlackServer

afterEach(() => server.close())

async function start(options: SlackServerOptions = {}): Promise<WebClient> {
  server = await startSlackServer(options)
  return clientOf(server)
}

describe('streams', () => {
  const recipient = { recipient_team_id: 'T1', recipient_user_id: 'U1' }

  it('are written by the client’s own helper, and end with blocks', async () => {
    const client = await start()
    const { ts } = server.user('U1').mention('C1', 'go')
    const stream = client.chatStream({ channel: 'C1', thread_ts: ts, ...recipient, buffer_size: 5 })
    expect(await stream.append({ markdown_text: 'one' })).toBeNull()
    await stream.append({ markdown_text: ' two' })
    expect(server.messagesIn('C1', { thread: ts }).at(-1)).toMatchObject({ text: 'one two', streaming_state: 'in_progress' })
    expect(await codeOf(client.chat.update({ channel: 'C1', ts: stream.ts as string, text: 'x' }))).toBe('streaming_state_conflict')
    await stream.append({ markdown_text: ' three' })
    await stream.stop({ blocks: [section('end')], metadata: { event_type: 'n', event_payload: {} } })
    expect(server.messagesIn('C1', { thread: ts }).at(-1)).toMatchObject({ text: 'one two three', streaming_state: 'completed', blocks: [{ type: 'section' }] })
    await client.chat.update({ channel: 'C1', ts: stream.ts as string, text: 'whole' })
    expect(await codeOf(client.chat.appendStream({ channel: 'C1', ts: stream.ts as string, markdown_text: 'x' }))).toBe('message_not_in_streaming_state')
    expect(server.nothingWrong()).toHaveLength(2)
  })

  it.each<[string, Record<string, unknown>]>([
    ['missing_recipient_team_id', { recipient_team_id: undefined }],
    ['missing_recipient_user_id', { recipient_user_id: undefined }],
    ['msg_too_long', { markdown_text: 'x'.repeat(12_001) }],
    ['invalid_chunks', { chunks: [{ type: 'song' }] }],
    ['cannot_provide_both_markdown_text_and_chunks', { markdown_text: 'x', chunks: [{ type: 'markdown_text', text: 'y' }] }],
  ])('%s', async (code, wrong) => {
    const client = await start()
    const { ts } = server.user('U1').mention('C1', 'go')
    expect(await codeOf(client.apiCall('chat.startStream', { channel: 'C1', thread_ts: ts, ...recipient, ...wrong }))).toBe(code)
    expect(server.nothingWrong()).toHaveLength(1)
  })

  it('keep to the way they were started in', async () => {
    const client = await start()
    const { ts: thread_ts } = server.user('U1').dm('go')
    const channel = server.user('U1').dmChannel
    const { ts } = await client.chat.startStream({ channel, thread_ts, markdown_text: 'a' })
    expect(await codeOf(client.chat.appendStream({ channel, ts: ts as string, chunks: [{ type: 'markdown_text', text: 'b' }] as never }))).toBe(
      'streaming_mode_mismatch',
    )
    expect(await codeOf(client.apiCall('chat.appendStream', { channel, ts }))).toBe('markdown_text_or_chunks_required')
  })

  it('are ended by the person, or by time, which is no fault of the app', async () => {
    const client = await start({ times: { streamMs: 200 } })
    const ada = server.user('U1')
    const { ts: thread_ts } = ada.dm('go')
    const channel = ada.dmChannel
    const { ts } = await client.chat.startStream({ channel, thread_ts, markdown_text: 'a' })
    const streaming = server.dm('U1').at(-1)
    ada.stop(streaming as NonNullable<typeof streaming>)
    expect(await codeOf(client.chat.appendStream({ channel, ts: ts as string, markdown_text: 'b' }))).toBe('stopped_by_user')
    expect(await codeOf(client.chat.stopStream({ channel, ts: ts as string }))).toBe('ok')
    const second = await client.chat.startStream({ channel, thread_ts, markdown_text: 'a' })
    await new Promise((resolve) => setTimeout(resolve, 220))
    expect(await codeOf(client.chat.appendStream({ channel, ts: second.ts as string, markdown_text: 'b' }))).toBe('message_not_in_streaming_state')
    expect(await codeOf(client.chat.update({ channel, ts: second.ts as string, text: 'whole' }))).toBe('ok')
    expect(server.nothingWrong()).toEqual([])
  })
})

describe('the agent', () => {
  it('shows status and prompts, by the rules of the view that the app has', async () => {
    const client = await start()
    const ada = server.user('U1')
    const channel_id = ada.dmChannel
    const { ts: thread_ts } = ada.dm('hello')
    const prompts: [{ title: string; message: string }] = [{ title: 'What next', message: 'What comes next?' }]
    await client.assistant.threads.setSuggestedPrompts({ channel_id, title: 'Ask', prompts })
    await client.assistant.threads.setStatus({ channel_id, thread_ts, status: 'is looking', loading_messages: ['one', 'two'] })
    await client.assistant.threads.setTitle({ channel_id, thread_ts, title: 'Hello' })
    expect(server.prompts).toEqual([{ channel: channel_id, title: 'Ask', prompts }])
    await client.chat.postMessage({ channel: channel_id, thread_ts, text: 'there' })
    expect(server.statuses.map(({ status }) => status)).toEqual(['is looking', ''])
    await client.agents.sessions.setStatus({ channel_id, thread_ts, status: 'active' })
    expect(server.nothingWrong()).toEqual([])
    await client.assistant.threads.setSuggestedPrompts({ channel_id, thread_ts, prompts })
    expect(server.nothingWrong()).toEqual([expect.stringContaining('thread_ts under agent_view')])
    expect(server.prompts).toHaveLength(1)
  })

  it('wants a thread in the older panel', async () => {
    const client = await start({ agent: 'assistant_view' })
    const channel_id = server.user('U1').dmChannel
    const thread_ts = server.user('U1').openMessagesTab() as string
    const prompts: [{ title: string; message: string }] = [{ title: 'What next', message: 'What comes next?' }]
    await client.assistant.threads.setSuggestedPrompts({ channel_id, thread_ts, prompts })
    expect(server.prompts).toMatchObject([{ thread: thread_ts }])
    expect(await codeOf(client.assistant.threads.setSuggestedPrompts({ channel_id, prompts }))).toBe('missing_thread_ts')
  })
})
