/** The smallest apps: the socket client alone, and a server that answers as told. For tests of what reaches an app. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LogLevel } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { SlackServer } from './slack-server.ts'
import type { Wire } from './world.ts'

export const quiet = { logLevel: 'none' as LogLevel }

export interface Received {
  id: string
  retry: number
  body: Wire
}

/** @param acknowledges says what the client acknowledges */
export async function connect(server: SlackServer, acknowledges: () => boolean = () => true): Promise<{ received: Received[]; close(): Promise<void> }> {
  const client = new SocketModeClient({ appToken: server.appToken, clientPingTimeout: 200, clientOptions: { slackApiUrl: server.apiUrl, ...quiet }, ...quiet })
  const received: Received[] = []
  client.on('slack_event', async ({ ack, body, envelope_id: id, retry_num: retry = 0 }) => {
    received.push({ id, retry, body })
    if (acknowledges()) await ack().catch(() => {})
  })
  await client.start()
  return { received, close: () => client.disconnect() }
}

/** @param answer the status for each request, counted from 1; 0: none ever */
export async function listen(
  server: SlackServer,
  answer: (attempt: number) => { status: number; headers?: Record<string, string> },
): Promise<{ received: IncomingHttpHeaders[]; close(): Promise<void> }> {
  const received: IncomingHttpHeaders[] = []
  const app = createServer((request, response) => {
    received.push(request.headers)
    const { status, headers = {} } = answer(received.length)
    if (status > 0) request.resume().on('end', () => response.writeHead(status, headers).end())
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  server.setRequestUrl(`http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`)
  return {
    received,
    async close() {
      app.closeAllConnections()
      await new Promise((resolve) => app.close(resolve))
    },
  }
}
