/** A Microsoft organisation as the owner of everything that is stored, and conversations as they are called on the wire. */
import type { Place } from '../chat/exchange.ts'

export function tenantOf(id: string): string {
  return `teams:${id}`
}

export function idOfTenant(tenant: string): string {
  return tenant.replace(/^teams:/, '')
}

/** In channels the message that a thread begins with is part of the conversation's id. */
const IN_THREAD = /^(.*);messageid=(\w+)$/

export function placeOf(conversation: string, type: string | undefined): Place {
  const [, id = conversation, thread] = IN_THREAD.exec(conversation) ?? []
  return { id, kind: kindOf(id, type), ...(thread === undefined ? {} : { thread }) }
}

function kindOf(id: string, type: string | undefined): Place['kind'] {
  if (type === 'personal' || type === 'channel') return type
  if (type === 'groupChat') return 'group'
  if (/@thread\.(?:tacv2|skype)$/.test(id)) return 'channel'
  return id.startsWith('19:') ? 'group' : 'personal'
}

export function conversationTypeOf(kind: Place['kind']): string {
  return kind === 'group' ? 'groupChat' : kind
}

export function conversationIdOf(place: string, thread: string | undefined): string {
  return thread === undefined ? place : `${place};messageid=${thread}`
}
