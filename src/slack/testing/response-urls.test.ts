/** The addresses that come with what people do. */
import { WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { type SlackServer, type SlackServerOptions, startSlackServer } from './slack-server.ts'
import { connect as connectClient, type Received } from './test-clients.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(options: SlackServerOptions = {}): Promise<SlackServer> {
  const server = await startSlackServer(options)
  closing.push(() => server.close())
  return server
}

async function connect(server: SlackServer, acknowledges?: () => boolean): Promise<Received[]> {
  const client = await connectClient(server, acknowledges)
  closing.push(client.close)
  return client.received
}

describe('response addresses', () => {
  it('are good for five answers, and for half an hour', async () => {
    const server = await start()
    const received = await connect(server)
    const post = (url: unknown, body: object) =>
      fetch(String(url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then(({ status }) => status)
    await server.user('U1').command('C3', '/maturity')
    const url = received.at(-1)?.body.response_url
    const statuses: number[] = []
    for (let index = 0; index < 6; index++) statuses.push(await post(url, { text: `answer ${index}` }))
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
    expect(server.ephemeralFor('U1')).toHaveLength(5)
    expect(server.nothingWrong().splice(0)).toEqual(['response_url: the response_url was used 5 times before'])
    server.world.times.responseUrlMs = -1
    await server.user('U1').command('C3', '/maturity')
    expect(await post(received.at(-1)?.body.response_url, { text: 'late' })).toBe(404)
    expect(await post(`${url}x`, { text: 'lost' })).toBe(404)
    server.world.times.responseUrlMs = 1_000
    await server.user('U1').command('C3', '/maturity')
    expect(await post(received.at(-1)?.body.response_url, { text: 'x', replace_original: true })).toBe(400)
    expect(await post(received.at(-1)?.body.response_url, { text: '' })).toBe(400)
    expect(await post(received.at(-1)?.body.response_url, { text: 'x', channel: 'C1' })).toBe(400)
    expect(server.nothingWrong()).toHaveLength(6)
  })

  it('replace and delete what was pressed', async () => {
    const server = await start()
    const client = new WebClient(server.botToken(), { slackApiUrl: server.apiUrl })
    const received = await connect(server)
    const ada = server.user('U1')
    const blocks = [{ type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } }] }]
    const respond = async (body: object) => {
      const url = received.findLast(({ body: { type } }) => type === 'block_actions')?.body.response_url
      expect((await fetch(String(url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status).toBe(200)
    }
    await client.chat.postMessage({ channel: 'C1', text: 'visible', blocks })
    await client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'mine', blocks })
    const [visible] = server.messagesIn('C1')
    const [mine] = server.ephemeralFor('U1')
    await ada.press(mine as NonNullable<typeof mine>, 'Go')
    expect(received.at(-1)?.body).toMatchObject({ container: { is_ephemeral: true, message_ts: mine?.ts } })
    expect(received.at(-1)?.body).not.toHaveProperty('message')
    await respond({ replace_original: true, text: 'changed' })
    expect(server.ephemeralFor('U1')).toEqual([{ channel: 'C1', user: 'U1', ts: mine?.ts, text: 'changed' }])
    await respond({ delete_original: true })
    expect(server.ephemeralFor('U1')).toEqual([])
    await ada.press(visible as NonNullable<typeof visible>, 'Go')
    await respond({ replace_original: true, text: 'changed too' })
    expect(server.messagesIn('C1').map(({ text }) => text)).toEqual(['changed too'])
    await respond({ text: 'in thread', response_type: 'in_channel', thread_ts: visible?.ts })
    expect(server.messagesIn('C1', { thread: visible?.ts as string }).map(({ text }) => text)).toEqual(['changed too', 'in thread'])
    expect(server.nothingWrong()).toEqual([])
  })
})
