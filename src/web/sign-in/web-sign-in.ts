/** Who comes from a chat: the session in the browser's cookie, and how it gets there and out again. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readCookie } from '../cookies.ts'
import type { ChatPerson, ChatRules } from './chat-rules.ts'
import { SECRET, SESSION_HOURS, type SignIns } from './sign-ins.ts'

/** Absent where Cairn is in no chat. */
export interface WebSignIn {
  signIns: SignIns
  rules: ChatRules
  /** The origin under which the page is reached from elsewhere: then it is for those who come from the chat alone. */
  publicUrl?: string
}

const COOKIE = 'cairn_session'

/** Whoever has left the chat has left the page. */
export async function personFromChat(request: FastifyRequest, { signIns, rules }: WebSignIn): Promise<ChatPerson | undefined> {
  const secret = readCookie(request, COOKIE, SECRET)
  const who = secret === undefined ? undefined : await signIns.whoHas(secret)
  return who !== undefined && (await rules.isThere(who)) ? { tenant: who.tenant, person: who.person } : undefined
}

/** @returns whether the link was good */
export async function enter(request: FastifyRequest, reply: FastifyReply, code: string, signIn: WebSignIn): Promise<boolean> {
  const secret = await signIn.signIns.enter(code)
  if (secret === undefined) return false
  // Whoever was here before is so no longer.
  await forget(request, signIn)
  setCookie(reply, secret, SESSION_HOURS * 60 * 60, signIn)
  return true
}

export async function leave(request: FastifyRequest, reply: FastifyReply, signIn: WebSignIn): Promise<void> {
  await forget(request, signIn)
  setCookie(reply, '', 0, signIn)
}

async function forget(request: FastifyRequest, { signIns }: WebSignIn): Promise<void> {
  const secret = readCookie(request, COOKIE, SECRET)
  if (secret !== undefined) await signIns.leave(secret)
}

/** On loopback the page is served without TLS. */
function setCookie(reply: FastifyReply, value: string, seconds: number, { publicUrl }: WebSignIn): void {
  const secure = publicUrl?.startsWith('https:') === true ? '; Secure' : ''
  reply.header('set-cookie', `${COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`)
}
