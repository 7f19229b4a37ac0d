/** Addresses that open a message in Teams: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams */
import type { MessageRef, Place } from '../chat/exchange.ts'
import { idOfTenant } from './tenant.ts'

const TEAMS = 'https://teams.microsoft.com/l'
const OUR_CHAT = `${TEAMS}/chat/0/0?`

/** A chat with the bot alone has no id by which the person knows it: there the link opens the chat. */
export function linkTo(tenant: string, { place, id, thread }: MessageRef, { kind, bot }: { kind: Place['kind']; bot: string }): string {
  if (kind === 'personal') return `${OUR_CHAT}${new URLSearchParams({ users: bot, tenantId: idOfTenant(tenant) })}`
  const message = `${TEAMS}/message/${encodeURIComponent(place)}/${encodeURIComponent(id)}`
  if (kind === 'group') return `${message}?${new URLSearchParams({ tenantId: idOfTenant(tenant), context: '{"contextType":"chat"}' })}`
  return `${message}?${new URLSearchParams({ tenantId: idOfTenant(tenant), parentMessageId: thread ?? id })}`
}

/** Whether it opens the person's chat with the bot. */
export function isToOurChat(url: string): boolean {
  return url.startsWith(OUR_CHAT)
}
