/** Where requests to the server go: the Web API, consent, uploads, response addresses. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody, sendJson } from '../../testing/http-bodies.ts'
import { authorize, type Consent } from './installing.ts'
import type { ResponseUrls } from './response-urls.ts'
import { type Answering, answerCall } from './web-api/answer-call.ts'
import { receiveUpload } from './web-api/files.ts'
import type { Grant } from './web-api/install.ts'
import { fault, type World } from './world.ts'

export interface Routes {
  world: World
  answering: Answering
  responseUrls: ResponseUrls
  grants: Map<string, Grant>
  consent(): Consent | undefined
}

/** A client that leaves is no fault of the server. */
export function handle(request: IncomingMessage, response: ServerResponse, routes: Routes): void {
  route(request, response, routes).catch((error: unknown) => {
    if (!request.destroyed && !response.destroyed) fault(routes.world, 'server', String((error as Error).stack ?? error))
    response.destroy()
  })
}

async function route(request: IncomingMessage, response: ServerResponse, { world, answering, responseUrls, grants, consent }: Routes): Promise<void> {
  const [, area = '', ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/')
  if (area === 'api') return answerCall(rest.join('/'), request, response, answering)
  if (area === 'oauth') return authorize(request, response, world, grants, consent())
  const body = await readBody(request)
  const id = rest.at(-1) ?? ''
  if (area === 'upload') {
    const wrong = receiveUpload(world, id, uploaded(body, request.headers['content-type']))
    if (wrong !== undefined) fault(world, 'upload', wrong)
    response.writeHead(wrong === undefined ? 200 : 400, { 'content-type': 'text/plain' }).end(wrong ?? `OK - ${body.length}`)
  } else if (area === 'actions') {
    const answer = responseUrls.receive(id, parsed(body))
    sendJson(response, answer.status, answer.body)
  } else {
    fault(world, 'http', `${request.method} ${request.url}: there is nothing there`)
    response.writeHead(404).end()
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

/** The bytes themselves, or the only file of a form. */
function uploaded(body: Buffer, contentType = ''): Buffer {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return body
  const from = body.indexOf('\r\n\r\n') + 4
  return body.subarray(from, body.indexOf(`\r\n--${mark}`, from))
}
