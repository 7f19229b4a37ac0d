/** For Microsoft's local client: nobody is asked who they are, so nobody but this machine is listened to. */
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type App, startApp } from '../app.ts'
import { loadConfig } from '../config.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

let directory: TemporaryDirectory
let client: Server
let app: App
let serviceUrl: string
const received: { authorization: string | undefined; body: string }[] = []
const logged: string[] = []

beforeAll(async () => {
  directory = await createTemporaryDirectory()
  client = createServer(async (incoming, response) => {
    let body = ''
    for await (const piece of incoming) body += piece
    received.push({ authorization: incoming.headers.authorization, body })
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}')
  })
  await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve))
  serviceUrl = `http://127.0.0.1:${(client.address() as AddressInfo).port}/_connector`
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  app = await startApp(loadConfig({ TEAMS_LOCAL: '1', PORT: '0', CAIRN_DATA_DIR: directory.path }), log)
}, 30_000)
afterAll(async () => {
  await app?.stop()
  client.closeAllConnections()
  client.close()
  await directory.remove()
})

const activity = (more: object = {}) => ({
  type: 'message',
  id: String(Math.random()),
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:user', name: 'User' },
  recipient: { id: '28:bot', name: 'Cairn' },
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: 'T1' },
  text: 'help',
  ...more,
})
const post = (body: object, headers: Record<string, string> = {}) => {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const sending = request(`${app.url}/api/messages`, { method: 'POST', headers }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
  sending.on('error', reject).end(JSON.stringify(body))
  return promise
}

it('it answers without authentication, and says loudly that it does', async () => {
  expect(await post(activity())).toBe(200)
  await expect.poll(() => received.some(({ body }) => body.includes('Assess my team'))).toBe(true)
  expect(received.every(({ authorization }) => authorization === undefined)).toBe(true)
  expect(logged.join('')).toContain('without authentication')
})

it.each([
  ['a page in a browser', { origin: 'https://example.org' }],
  ['a page of this machine', { origin: 'http://127.0.0.1:8080' }],
  ['a name that merely leads here', { host: 'example.org' }],
])('%s is not listened to', async (_, headers) => {
  expect(await post(activity(), headers)).toBe(401)
})

it('it sends nothing to anywhere else', async () => {
  const before = received.length
  for (const url of ['https://example.org/', 'http://10.0.0.1/', 'http://127.0.0.1.example.org/']) expect(await post(activity({ serviceUrl: url }))).toBe(400)
  expect(received.length).toBe(before)
})

it('without settings there is nothing to speak to', async () => {
  const other = await createTemporaryDirectory()
  const without = await startApp(loadConfig({ PORT: '0', CAIRN_DATA_DIR: other.path }), pino({ level: 'silent' }))
  const response = await fetch(`${without.url}/api/messages`, {
    method: 'POST',
    body: JSON.stringify(activity()),
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(404)
  await without.stop()
  await other.remove()
}, 30_000)
