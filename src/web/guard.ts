/**
 * Nobody logs in on loopback, so any web page the user visits could try to speak to this server.
 * Two rules keep such pages out: the Host must be one of ours (against DNS rebinding), and a POST must come from our own page.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$/
/** The operator serves the page publicly: every name may lead here. */
const ANY_HOST = '*'

/** Guards the routes of this scope only: health checks and chat platforms reach the server under other names. */
export function guardLocalAccess(scope: FastifyInstance, allowedHosts: readonly string[]): void {
  const names = new Set(allowedHosts.map((host) => host.toLowerCase()))
  const isOurs = (host: string) => LOOPBACK_HOST.test(host) || names.has(host) || (names.has(ANY_HOST) && host !== '')
  scope.addHook('onRequest', async (request, reply) => {
    if (!isOurs(hostName(request))) {
      return refuse(reply, 'This host name is not known here: open Cairn under localhost, or add the name to the allowed hosts.')
    }
    if (request.method === 'POST' && isForeign(request)) {
      return refuse(reply, 'Requests from other web sites are refused: open the page of Cairn itself and use it there.')
    }
  })
}

/** The Host header without its port; "" when it can't be read. */
function hostName(request: FastifyRequest): string {
  return URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? ''
}

/** Command-line clients send no Origin; a browser always does, and "null" is a sandboxed page. */
function isForeign(request: FastifyRequest): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return false
  return origin !== `http://${host}` && origin !== `https://${host}`
}

function refuse(reply: FastifyReply, error: string): FastifyReply {
  return reply.code(403).send({ error })
}
