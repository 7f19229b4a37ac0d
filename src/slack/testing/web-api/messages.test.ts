/** Messages, conversations, people and files by the real web client, rightly and wrongly. */
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

describe('messages', () => {
  it('are posted, answered in threads, changed, linked to and deleted', async () => {
    const client = await start()
    const metadata = { event_type: 'cairn', event_payload: { key: 'k1' } }
    const { ts, message } = await client.chat.postMessage({ channel: 'C1', text: 'one', blocks: [section('*one*')], metadata, unfurl_links: false })
    expect(message).toMatchObject({ text: 'one', user: 'UBOT1', bot_id: 'B1', metadata, blocks: [{ type: 'section', block_id: expect.any(String) }] })
    const { ts: reply } = await client.chat.postMessage({ channel: 'C1', text: 'two', thread_ts: ts as string })
    expect(server.messagesIn('C1', { thread: ts as string }).map(({ text }) => text)).toEqual(['one', 'two'])
    expect(server.messagesIn('C1')).toMatchObject([{ ts, reply_count: 1, thread_ts: ts }])
    expect(Number(reply)).toBeGreaterThan(Number(ts))
    await client.chat.update({ channel: 'C1', ts: ts as string, text: 'changed' })
    expect(server.messagesIn('C1')[0]).toMatchObject({ text: 'changed', metadata, edited: { user: 'UBOT1' } })
    expect(server.messagesIn('C1')[0]).not.toHaveProperty('blocks')
    const { permalink } = await client.chat.getPermalink({ channel: 'C1', message_ts: reply as string })
    expect(permalink).toBe(`https://t1.slack.com/archives/C1/p${reply?.replace('.', '')}?thread_ts=${ts}&cid=C1`)
    await client.chat.delete({ channel: 'C1', ts: reply as string })
    expect(await codeOf(client.chat.getPermalink({ channel: 'C1', message_ts: reply as string }))).toBe('message_not_found')
    expect(server.nothingWrong()).toEqual([])
  })

  it('open the direct message, and are shown to one person', async () => {
    const client = await start()
    const { channel } = await client.chat.postMessage({ channel: 'U2', text: 'hello' })
    expect((await client.conversations.open({ users: 'U2', return_im: true })).channel).toMatchObject({ id: channel, is_im: true, user: 'U2' })
    expect(server.dm('U2').map(({ text }) => text)).toEqual(['hello'])
    const { message_ts } = await client.chat.postEphemeral({ channel: 'C1', user: 'U2', text: 'secret' })
    expect(server.ephemeralFor('U2')).toEqual([{ channel: 'C1', user: 'U2', ts: message_ts, text: 'secret' }])
    expect(server.messagesIn('C1')).toEqual([])
    expect(await codeOf(client.chat.update({ channel: 'C1', ts: message_ts as string, text: 'x' }))).toBe('message_not_found')
    expect(await codeOf(client.chat.postEphemeral({ channel: 'C4', user: 'U3', text: 'x' }))).toBe('user_not_in_channel')
    expect(server.nothingWrong()).toEqual([])
  })

  it('fail as life has it, which is no fault', async () => {
    const client = await start()
    server.archive('C2')
    expect(await codeOf(client.chat.postMessage({ channel: 'C3', text: 'x' }))).toBe('not_in_channel')
    expect(await codeOf(client.chat.postMessage({ channel: 'C99', text: 'x' }))).toBe('channel_not_found')
    expect(await codeOf(client.chat.postMessage({ channel: 'C2', text: 'x' }))).toBe('is_archived')
    expect(await codeOf(client.chat.postMessage({ channel: 'U77', text: 'x' }))).toBe('channel_not_found')
    expect(await codeOf(client.chat.postMessage({ channel: 'C1', text: 'x', thread_ts: '1700000000.000001' }))).toBe('thread_not_found')
    expect(server.nothingWrong()).toEqual([])
  })

  it.each<[string, string, (client: WebClient) => Promise<unknown>]>([
    ['no_text', 'nothing', (client) => client.chat.postMessage({ channel: 'C1', text: '' })],
    ['msg_too_long', 'too much', (client) => client.chat.postMessage({ channel: 'C1', text: 'x'.repeat(4_001) })],
    ['markdown_text_conflict', 'two texts', (client) => client.apiCall('chat.postMessage', { channel: 'C1', text: 'x', markdown_text: 'y' })],
    ['invalid_blocks', 'a block too long', (client) => client.chat.postMessage({ channel: 'C1', text: 'x', blocks: [section('x'.repeat(3_001))] })],
    ['invalid_metadata_schema', 'odd metadata', (client) => client.apiCall('chat.postMessage', { channel: 'C1', text: 'x', metadata: { key: 'k' } })],
    ['invalid_arguments', 'an argument that is none', (client) => client.apiCall('chat.postMessage', { channel: 'C1', text: 'x', colour: 'red' })],
    ['invalid_arguments', 'no channel', (client) => client.apiCall('chat.postMessage', { text: 'x' })],
    ['channel_not_found', 'a name for an id', (client) => client.chat.postMessage({ channel: '#payments', text: 'x' })],
    ['unknown_method', 'a method that is none', (client) => client.apiCall('chat.whisper', { channel: 'C1' })],
    [
      'invalid_blocks',
      'a picture that was not uploaded',
      (client) => client.chat.postMessage({ channel: 'C1', text: 'x', blocks: [{ type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }] }),
    ],
  ])('%s for %s is a fault', async (code, _what, call) => {
    const client = await start()
    expect(await codeOf(call(client))).toBe(code)
    expect(server.nothingWrong()).toEqual([expect.stringContaining(code)])
  })

  it('of somebody else are not changed', async () => {
    const client = await start()
    const { ts } = server.user('U1').say('C1', 'mine')
    expect(await codeOf(client.chat.update({ channel: 'C1', ts, text: 'x' }))).toBe('cant_update_message')
    expect(await codeOf(client.chat.delete({ channel: 'C1', ts }))).toBe('cant_delete_message')
    expect(server.nothingWrong()).toHaveLength(2)
  })
})

describe('reading', () => {
  it('goes page by page, with metadata where it is asked for', async () => {
    const client = await start()
    for (const text of ['one', 'two', 'three']) await client.chat.postMessage({ channel: 'C1', text, metadata: { event_type: 'n', event_payload: { text } } })
    const first = await client.conversations.history({ channel: 'C1', limit: 2 })
    expect(first).toMatchObject({ has_more: true, messages: [{ text: 'three' }, { text: 'two' }] })
    expect(first.messages?.[0]).not.toHaveProperty('metadata')
    const cursor = first.response_metadata?.next_cursor as string
    const rest = await client.conversations.history({ channel: 'C1', limit: 2, cursor, include_all_metadata: true })
    expect(rest).toMatchObject({ has_more: false, messages: [{ text: 'one', metadata: { event_payload: { text: 'one' } } }] })
    const [one] = server.messagesIn('C1')
    await client.chat.postMessage({ channel: 'C1', text: 'reply', thread_ts: one?.ts as string })
    const thread = await client.conversations.replies({ channel: 'C1', ts: one?.ts as string })
    expect(thread.messages?.map(({ text }) => text)).toEqual(['one', 'reply'])
    const since = await client.conversations.history({ channel: 'C1', oldest: String(Date.now() / 1000 + 60) })
    expect(since.messages).toEqual([])
  })

  it('knows people, channels, members, the team and the bot', async () => {
    const users = Array.from({ length: 7 }, (_, index) => ({ id: `U${index + 1}`, name: `N${index + 1}`, tz: 'Asia/Kolkata', isAdmin: index === 0 }))
    const client = await start({ workspaces: [{ id: 'T1', users, channels: [{ id: 'C1', name: 'all' }] }] })
    expect((await client.users.info({ user: 'U1' })).user).toMatchObject({
      tz: 'Asia/Kolkata',
      tz_offset: 19_800,
      is_admin: true,
      is_bot: false,
      profile: { real_name: 'N1' },
    })
    expect((await client.users.info({ user: server.botUser() })).user).toMatchObject({ is_bot: true })
    expect(await codeOf(client.users.info({ user: 'U99' }))).toBe('user_not_found')
    expect((await client.conversations.info({ channel: 'C1', include_num_members: true })).channel).toMatchObject({
      name: 'all',
      is_member: true,
      num_members: 8,
    })
    const members: string[] = []
    for await (const page of client.paginate('conversations.members', { channel: 'C1', limit: 3 }))
      members.push(...(page as unknown as { members: string[] }).members)
    expect(members).toEqual([...users.map(({ id }) => id), server.botUser()])
    expect(await client.auth.test()).toMatchObject({ team_id: 'T1', user_id: 'UBOT1', bot_id: 'B1', url: 'https://t1.slack.com/' })
    expect((await client.team.info()).team).toMatchObject({ id: 'T1', domain: 't1' })
    expect((await client.bots.info({ bot: 'B1' })).bot).toMatchObject({ app_id: server.appId, user_id: 'UBOT1' })
    const { ts } = server.user('U1').say('C1', 'hm')
    await client.reactions.add({ channel: 'C1', timestamp: ts, name: 'eyes' })
    expect(await codeOf(client.reactions.add({ channel: 'C1', timestamp: ts, name: 'eyes' }))).toBe('already_reacted')
    expect(server.nothingWrong()).toEqual([])
  })
})

describe('files', () => {
  it('are uploaded with what they show, and can then stand in blocks', async () => {
    const client = await start()
    const file = Buffer.from('PNG and \r\n\r\n more')
    await client.filesUploadV2({ channel_id: 'C1', file, filename: 'radar.png', title: 'Radar', alt_text: 'Five sections', initial_comment: 'See' })
    expect(server.messagesIn('C1')).toMatchObject([
      { subtype: 'file_share', text: 'See', files: [{ name: 'radar.png', title: 'Radar', alt_txt: 'Five sections' }] },
    ])
    expect(server.files).toMatchObject([{ completed: true, content: file }])
    const id = server.files[0]?.id as string
    await client.chat.postMessage({ channel: 'C1', text: 'x', blocks: [{ type: 'image', alt_text: 'x', slack_file: { id } }] })
    expect(server.nothingWrong()).toEqual([])
    expect(await codeOf(client.files.getUploadURLExternal({ filename: 'a.png', length: 5, alt_text: 'x'.repeat(1_001) }))).toBe('alt_txt_too_large')
    expect(await codeOf(client.files.completeUploadExternal({ files: [{ id: 'F99' }] }))).toBe('file_not_found')
  })
})
