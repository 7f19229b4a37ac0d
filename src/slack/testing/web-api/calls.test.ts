/** What every call has: tokens, scopes, limits, failures. */
import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { type SlackServer, type SlackServerOptions, startSlackServer } from '../slack-server.ts'
import { clientOf, codeOf } from './test-client.ts'

let server: SlackServer

afterEach(() => server.close())

async function start(options: SlackServerOptions = {}, client: WebClientOptions = {}): Promise<WebClient> {
  server = await startSlackServer(options)
  return clientOf(server, client)
}

describe('tokens', () => {
  it('that are wrong, revoked or lack a scope are refused', async () => {
    const client = await start({ scopes: ['chat:write', 'channels:read'] })
    expect(await codeOf(clientOf(server, {}, 'xoxb-nobody').auth.test())).toBe('invalid_auth')
    expect(await codeOf(new WebClient(undefined, { slackApiUrl: server.apiUrl, logLevel: 'none' as LogLevel }).auth.test())).toBe('not_authed')
    expect(await codeOf(clientOf(server, {}, server.appToken).auth.test())).toBe('not_allowed_token_type')
    expect(await codeOf(clientOf(server).apps.connections.open())).toBe('not_allowed_token_type')
    server.faults.splice(0)
    await client.conversations.info({ channel: 'C1' })
    await expect(client.users.info({ user: 'U1' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write,channels:read' },
    })
    expect(await codeOf(client.conversations.info({ channel: 'C4' }))).toBe('missing_scope')
    expect(await codeOf(client.chat.postMessage({ channel: 'C1', text: 'x', username: 'Somebody' }))).toBe('missing_scope')
    expect(server.nothingWrong()).toHaveLength(3)
    expect([...server.usedScopes].sort()).toEqual(['channels:read', 'chat:write'])
    expect(server.usedMethods()).toEqual(expect.arrayContaining(['auth.test', 'conversations.info', 'users.info']))
    server.revokeTokens()
    expect(await codeOf(client.auth.test())).toBe('token_revoked')
  })

  it('end when the app is uninstalled by itself', async () => {
    const client = await start()
    expect(await codeOf(client.apps.uninstall({ client_id: server.clientId, client_secret: 'wrong' }))).toBe('bad_client_secret')
    await client.apps.uninstall({ client_id: server.clientId, client_secret: server.clientSecret })
    expect(await codeOf(client.auth.test())).toBe('token_revoked')
  })
})

describe('trouble', () => {
  it('comes at a rate: the client waits as it is told, and every message is there once', async () => {
    const client = await start({ retryAfterS: 0 })
    server.failEvery(3, ['429', '500', 'drop'])
    for (let index = 0; index < 12; index++) await client.chat.postMessage({ channel: 'C1', text: `m${index}` })
    expect(server.messagesIn('C1').map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, index) => `m${index}`))
    const answers = server.calls.map(({ answered }) => answered)
    expect(answers).toEqual(expect.arrayContaining(['ok', '429', '500', 'drop']))
    expect(server.nothingWrong()).toEqual([])
  })

  it('may lose the answer to what was done', async () => {
    const client = await start({}, { retryConfig: { retries: 0 } })
    server.failNext('chat.postMessage', 'lost')
    await expect(client.chat.postMessage({ channel: 'C1', text: 'x' })).rejects.toThrow()
    expect(server.messagesIn('C1')).toHaveLength(1)
  })

  it('is a second too many messages, where limits count', async () => {
    const client = await start({ limits: true }, { rejectRateLimitedCalls: true })
    const codes: string[] = []
    for (let index = 0; index < 8; index++) codes.push(await codeOf(client.chat.postMessage({ channel: 'C1', text: 'x' })))
    expect(codes.filter((code) => code === 'ok').length).toBeLessThanOrEqual(6)
    expect(codes.at(-1)).toContain('RateLimited')
    await expect(client.chat.postMessage({ channel: 'C2', text: 'x' })).resolves.toMatchObject({ ok: true })
    const waiting = clientOf(server)
    const at = Date.now()
    await waiting.chat.postMessage({ channel: 'C1', text: 'patient' })
    expect(Date.now() - at).toBeGreaterThan(900)
  })

  it('is more than a hundred files a minute, and leaves messages alone', async () => {
    const client = await start({ limits: true }, { rejectRateLimitedCalls: true })
    const ask = () => codeOf(client.files.getUploadURLExternal({ filename: 'a.png', length: 1 }))
    const codes = await Promise.all(Array.from({ length: 130 }, ask))
    const taken = codes.filter((code) => code === 'ok').length
    // A few more than the first hundred, for it takes a moment.
    expect(taken).toBeGreaterThanOrEqual(100)
    expect(taken).toBeLessThan(110)
    expect(codes.find((code) => code !== 'ok')).toContain('RateLimited')
    await expect(client.chat.postMessage({ channel: 'C1', text: 'x' })).resolves.toMatchObject({ ok: true })
  })

  it('is slowness', async () => {
    const client = await start()
    server.delay((method) => (method === 'auth.test' ? 120 : 0))
    const at = Date.now()
    await client.auth.test()
    expect(Date.now() - at).toBeGreaterThanOrEqual(115)
  })
})
