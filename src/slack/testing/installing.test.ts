/** An app is installed by Slack's own installer. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InstallProvider, MemoryInstallationStore } from '@slack/oauth'
import { WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { type SlackServer, type SlackServerOptions, startSlackServer } from './slack-server.ts'
import { listen as listenAt, quiet } from './test-clients.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(options: SlackServerOptions = {}): Promise<SlackServer> {
  const server = await startSlackServer(options)
  closing.push(() => server.close())
  return server
}

async function listen(server: SlackServer, answer: Parameters<typeof listenAt>[1]) {
  const app = await listenAt(server, answer)
  closing.push(app.close)
  return app.received
}

describe('installing', () => {
  it('goes from the app’s page through consent back to it, and ends with tokens that work, are renewed, and are revoked', async () => {
    const server = await start({
      mode: 'http',
      workspaces: [
        { id: 'T1', installed: false },
        { id: 'T2', installed: false, users: [{ id: 'U21' }], channels: [{ id: 'C21' }] },
      ],
      tokenRotation: true,
    })
    const installationStore = new MemoryInstallationStore()
    const installer = new InstallProvider({
      clientId: server.clientId,
      clientSecret: server.clientSecret,
      stateSecret: 'state-secret',
      authorizationUrl: server.authorizationUrl,
      installationStore,
      directInstall: true,
      clientOptions: { slackApiUrl: server.apiUrl, ...quiet },
      ...quiet,
    })
    const app = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      if (pathname === '/slack/install') void installer.handleInstallPath(request, response, {}, { scopes: ['chat:write', 'users:read'] })
      else void installer.handleCallback(request, response)
    })
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
    closing.push(() => {
      app.closeAllConnections()
      app.close()
    })
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/install`
    expect(() => server.botToken()).toThrow('the app is not installed in T1')
    expect((await server.install(url, { user: 'U1', team: 'T1', refuses: true })).status).not.toBe(200)
    expect(await server.install(url, { user: 'U1', team: 'T1' })).toMatchObject({ status: 200 })
    await server.install(url, { user: 'U21', team: 'T2' })
    const query = { teamId: 'T2', enterpriseId: undefined, isEnterpriseInstall: false } as const
    const installation = await installationStore.fetchInstallation(query)
    expect(installation).toMatchObject({
      team: { id: 'T2' },
      user: { id: 'U21' },
      bot: { token: server.botToken('T2'), id: 'B2', userId: 'UBOT2', scopes: ['chat:write', 'users:read'] },
    })
    const client = new WebClient(installation.bot?.token, { slackApiUrl: server.apiUrl })
    await client.chat.postMessage({ channel: 'C21', text: 'hello' })
    expect(server.messagesIn('C21').map(({ text }) => text)).toEqual(['hello'])

    Object.assign(installation.bot ?? {}, { expiresAt: 1 })
    await installationStore.storeInstallation(installation)
    const { botToken } = await installer.authorize(query)
    expect(botToken).toBe(server.botToken('T2'))
    expect(botToken).not.toBe(client.token)
    expect(server.nothingWrong()).toEqual([])

    const received = await listen(server, () => ({ status: 200 }))
    server.uninstall('T2')
    await server.settled()
    expect(server.deliveries.slice(-2).map(({ payload }) => (payload.event as { type: string }).type)).toEqual(['tokens_revoked', 'app_uninstalled'])
    expect(received).toHaveLength(2)
    await expect(new WebClient(botToken, { slackApiUrl: server.apiUrl, ...quiet }).auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } })
  })

  it('asks for nothing that is not in the manifest', async () => {
    const server = await start({ workspaces: [{ id: 'T1', installed: false }], scopes: ['chat:write'] })
    const page = `${server.authorizationUrl}?client_id=${server.clientId}&scope=chat:write,files:write`
    expect(await server.install(page, { user: 'U1', team: 'T1' })).toMatchObject({ status: 400, text: 'invalid_scope: files:write are not in the manifest' })
  })
})
