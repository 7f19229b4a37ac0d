/** In from a chat by a link that works once, and out again. Where the page has a public address, it is for those who came that way. */
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { UserError } from '../../shared/errors.ts'
import { read } from '../assess/bodies.ts'
import { SECRET } from './sign-ins.ts'
import { enter, leave, personFromChat, type WebSignIn } from './web-sign-in.ts'

const entryBody = z.object({ code: z.string().max(200) })
const ENTRY = '/api/session'
const USED = 'This link was used already, or is older than ten minutes: say “page” to Cairn in the chat for a new one.'
const NOT_IN = 'This page is for people of the chat: say “page” to Cairn there and open the link that you get.'

export function registerSignInRoutes(api: FastifyInstance, signIn: WebSignIn): void {
  api.post(ENTRY, async (request, reply) => {
    const { code } = read(entryBody, request.body)
    if (!SECRET.test(code) || !(await enter(request, reply, code, signIn))) throw new UserError(USED)
    return {}
  })

  api.post(`${ENTRY}/end`, async (request, reply) => {
    await leave(request, reply, signIn)
    return {}
  })
}

/**
 * Whoever runs Cairn for themselves needs no login, but a public address is everybody's. By whatever name somebody comes: they write the Host
 * header themselves, and the proxy is on this machine.
 */
export function guardPublicPage(api: FastifyInstance, signIn: WebSignIn): void {
  if (signIn.publicUrl === undefined) return
  api.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.url === ENTRY) return
    if ((await personFromChat(request, signIn)) === undefined) return reply.code(401).send({ error: NOT_IN })
  })
}
