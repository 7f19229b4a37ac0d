/** Where requests to the server go: the connector of an organisation, the login, the keys. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody, sendJson } from '../../testing/http-bodies.ts'
import { publicKeys } from './channel-tokens.ts'
import { type Answering, answerCall } from './connector/answer-call.ts'
import { issueToken, openIdMetadata } from './login-endpoint.ts'
import { fault, type World } from './world.ts'

export interface Routes {
  world: World
  answering: Answering
  /** Where the keys are. */
  secretPath: string
  baseUrl(): string
}

/** A client that leaves is no fault of the server. */
export function handle(request: IncomingMessage, response: ServerResponse, routes: Routes): void {
  route(request, response, routes).catch((error: unknown) => {
    if (!request.destroyed && !response.destroyed) fault(routes.world, 'server', String((error as Error).stack ?? error))
    response.destroy()
  })
}

async function route(request: IncomingMessage, response: ServerResponse, { world, answering, secretPath, baseUrl }: Routes): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const [, area = '', first = '', ...rest] = pathname.split('/')
  const path = rest.join('/')
  const tenant = area === 'emea' ? world.tenants.get(first) : undefined
  if (tenant !== undefined) return answerCall(request, response, tenant, path, searchParams, answering)
  const body = await readBody(request)
  if (request.method === 'POST' && area === 'login' && path === 'oauth2/v2.0/token') {
    const failure = answering.failures.next('token')
    if (failure === 'drop' || failure === 'lost') return void response.destroy()
    const injected = failure === undefined ? undefined : { status: Number.parseInt(failure, 10), body: { error: 'temporarily_unavailable' } }
    const answer = injected ?? issueToken(world, first, request.headers['content-type'], body)
    return sendJson(response, answer.status, answer.body)
  }
  if (request.method === 'GET' && area === secretPath && pathname.endsWith('/.well-known/openidconfiguration'))
    return sendJson(response, 200, openIdMetadata(`${baseUrl()}/${secretPath}/v1/keys`))
  if (request.method === 'GET' && area === secretPath && pathname.endsWith('/keys')) return sendJson(response, 200, publicKeys())
  fault(world, 'http', `${request.method} ${request.url}: there is nothing there`)
  response.writeHead(404).end()
}
