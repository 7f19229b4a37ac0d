/**
 * Links that open the page for somebody of a chat, and the sessions that they begin. Both are secrets of 192 bits, which nobody guesses;
 * a link works once and soon runs out, since it stands in a message.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { SignInStore } from '../../shared/sign-ins.ts'
import type { ChatPerson } from './chat-rules.ts'

export interface SignIns {
  /** What goes into the link. */
  invite(who: ChatPerson): Promise<string>
  /** @returns the secret of a session; undefined for a link that was used, has run out or never was */
  enter(code: string): Promise<string | undefined>
  /** Whose session it is. */
  whoHas(secret: string): Promise<ChatPerson | undefined>
  leave(secret: string): Promise<void>
}

const MINUTE_MS = 60_000
const LINK_MINUTES = 10
export const SESSION_HOURS = 12
const SECRET_BYTES = 24
/** As they are made below: anything else was not. */
export const SECRET = /^[A-Za-z0-9_-]{32}$/

export function createSignIns({ store, now }: { store: SignInStore; now(): Date }): SignIns {
  const save = async (kind: 'link' | 'session', { tenant, person }: ChatPerson, minutes: number): Promise<string> => {
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    const until = new Date(now().getTime() + minutes * MINUTE_MS).toISOString()
    await store.saveSignIn({ kind, hash: hashOf(secret), tenant, person, until }, now().toISOString())
    return secret
  }
  return {
    invite: (who) => save('link', who, LINK_MINUTES),
    async enter(code) {
      const link = await store.takeLink(hashOf(code), now().toISOString())
      return link && save('session', link, SESSION_HOURS * 60)
    },
    whoHas: (secret) => store.session(hashOf(secret), now().toISOString()),
    leave: (secret) => store.endSession(hashOf(secret)),
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
