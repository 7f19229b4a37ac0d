/** The smallest app: the real CloudAdapter behind a plain HTTP server, with authentication as the settings say. For tests of what reaches an app and what it may send. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { CloudAdapter, type Request, type Response, type TurnContext } from 'botbuilder'
import { loadConfig } from '../../config.ts'
import { readBody } from '../../testing/http-bodies.ts'
import { createAuthentication } from '../authentication.ts'
import { startTeamsServer, type TeamsServer, type TeamsServerOptions } from './teams-server.ts'

export interface TestBot {
  adapter: CloudAdapter
  close(): Promise<void>
}

export interface TestBotOptions {
  /** botbuilder's own retries stay. */
  retries?: boolean
  /** Entities keep what botbuilder does not know; without it they lose it. */
  entities?: boolean
}

export type Turn = (context: TurnContext) => Promise<void>

/** Both. `close` ends both. */
export async function startWithBot(
  onTurn: Turn,
  options: TeamsServerOptions & TestBotOptions = {},
): Promise<{ server: TeamsServer; bot: TestBot; close(): Promise<void> }> {
  const server = await startTeamsServer(options)
  const bot = await startTestBot(server, onTurn, options)
  return {
    server,
    bot,
    async close() {
      await bot.close()
      await server.close()
    },
  }
}

export async function startTestBot(server: TeamsServer, onTurn: Turn, { retries = false, entities = true }: TestBotOptions = {}): Promise<TestBot> {
  keepEntities(entities)
  const { teams } = loadConfig(server.settings)
  if (teams === undefined) throw new Error('the settings name no app')
  const adapter = new CloudAdapter(createAuthentication(teams).inner)
  adapter.onTurnError = async (_context, error) => {
    throw error
  }
  if (!retries) adapter.use(withoutRetries)
  const app = createServer((request, response) => void turn(adapter, request, response, onTurn))
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  server.setMessagingEndpoint(`http://127.0.0.1:${(app.address() as AddressInfo).port}/api/messages`)
  return {
    adapter,
    async close() {
      app.closeAllConnections()
      await new Promise((resolve) => app.close(resolve))
    },
  }
}

async function turn(adapter: CloudAdapter, request: IncomingMessage, response: ServerResponse, onTurn: Turn): Promise<void> {
  try {
    const body = JSON.parse((await readBody(request)).toString())
    await adapter.process(Object.assign(request, { body }) as unknown as Request, expressLike(response), onTurn)
  } catch {
    if (!response.headersSent) response.writeHead(400).end()
  }
}

/** What botbuilder uses of Express. */
function expressLike(response: ServerResponse): Response {
  const like = {
    status(code: number) {
      response.statusCode = code
      return like
    },
    header(name: string, value: string) {
      response.setHeader(name, value)
      return like
    },
    send(body: unknown) {
      response.write(typeof body === 'string' ? body : JSON.stringify(body))
      return like
    },
    end() {
      response.end()
      return like
    },
  }
  return Object.assign(like, { socket: response.socket }) as unknown as Response
}

interface Client {
  client: { pipeline: { removePolicy(policy: { name: string }): void } }
}

async function withoutRetries(context: TurnContext, next: () => Promise<void>): Promise<void> {
  const { client } = context.turnState.get(context.adapter.ConnectorClientKey) as unknown as Client
  client.pipeline.removePolicy({ name: 'defaultRetryPolicy' })
  await next()
}

const mappers = createRequire(import.meta.url)('botframework-connector/lib/connectorApi/models/mappers') as {
  Entity: { type: { additionalProperties?: unknown } }
}

function keepEntities(kept: boolean): void {
  if (kept) mappers.Entity.type.additionalProperties = { type: { name: 'Object' } }
  else delete mappers.Entity.type.additionalProperties
}
