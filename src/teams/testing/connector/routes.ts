/** Which requests the connector knows. */
import { createConversation, deleteActivity, sendActivity, updateActivity } from './activities.ts'
import { attachmentInfo, attachmentView } from './attachments.ts'
import type { Call, Done, Operation } from './refusal.ts'
import { member, members, pagedMembers, teamChannels, teamDetails } from './roster.ts'

interface Route {
  method: string
  /** `*` stands for an id. */
  path: string
  operation: Operation
  answer(call: Call): Done
}

const ROUTES: readonly Route[] = [
  { method: 'POST', path: 'v3/conversations', operation: 'create', answer: createConversation },
  { method: 'POST', path: 'v3/conversations/*/activities', operation: 'send', answer: sendActivity },
  { method: 'POST', path: 'v3/conversations/*/activities/*', operation: 'send', answer: sendActivity },
  { method: 'PUT', path: 'v3/conversations/*/activities/*', operation: 'update', answer: updateActivity },
  { method: 'DELETE', path: 'v3/conversations/*/activities/*', operation: 'delete', answer: deleteActivity },
  { method: 'GET', path: 'v3/conversations/*/members', operation: 'members', answer: members },
  { method: 'GET', path: 'v3/conversations/*/pagedmembers', operation: 'members', answer: pagedMembers },
  { method: 'GET', path: 'v3/conversations/*/members/*', operation: 'member', answer: member },
  { method: 'GET', path: 'v3/teams/*', operation: 'team', answer: teamDetails },
  { method: 'GET', path: 'v3/teams/*/conversations', operation: 'channels', answer: teamChannels },
  { method: 'GET', path: 'v3/attachments/*', operation: 'attachment', answer: attachmentInfo },
  { method: 'GET', path: 'v3/attachments/*/views/*', operation: 'attachment', answer: attachmentView },
]

/** @param path within the organisation's connector */
export function routeOf(method: string, path: string): { route: Route; ids: string[] } | undefined {
  const given = path.split('/')
  for (const route of ROUTES) {
    const parts = route.path.split('/')
    if (route.method !== method || parts.length !== given.length || parts.some((part, at) => part !== '*' && part !== given[at])) continue
    return { route, ids: given.filter((_each, at) => parts[at] === '*').map(decodeURIComponent) }
  }
  return undefined
}
