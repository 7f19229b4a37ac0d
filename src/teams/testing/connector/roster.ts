/** Who and what is where: members of conversations, teams and their channels. */
import type { Conversation, Team, TeamsUser, Wire } from '../world.ts'
import { userById } from '../world.ts'
import { openConversation } from './open-conversation.ts'
import { type Call, type Done, Refusal, wrong } from './refusal.ts'

const PAGE = 200
const LEAST_PAGE = 50
const MOST_PAGE = 500

export function members(call: Call): Done {
  return { status: 200, body: people(call).map(account) }
}

export function pagedMembers(call: Call): Done {
  const all = people(call)
  const asked = call.query.get('pageSize')
  const size = asked === null ? PAGE : Math.min(MOST_PAGE, Math.max(LEAST_PAGE, Number(asked)))
  const from = Number(call.query.get('continuationToken') ?? 0)
  if (!Number.isInteger(size) || !Number.isInteger(from)) throw wrong(400, 'BadArgument', 'pageSize or continuationToken is no number')
  const to = from + size
  return { status: 200, body: { members: all.slice(from, to).map(account), ...(to < all.length ? { continuationToken: String(to) } : {}) } }
}

export function member(call: Call): Done {
  const [name = '', id = ''] = call.ids
  const { conversation } = openConversation(call, name)
  const person = userById(call.world, call.tenant.id, id)
  if (person === undefined || !conversation.members.has(person))
    throw new Refusal(404, 'MemberNotFoundInConversation', 'The member was not found in the conversation.')
  return { status: 200, body: account(person) }
}

export function teamDetails(call: Call): Done {
  const { id, name, aadGroupId, channels, members: people } = team(call)
  return { status: 200, body: { id, name, aadGroupId, type: 'standard', channelCount: channels.length, memberCount: people.size } }
}

/** General has no name of its own. */
export function teamChannels(call: Call): Done {
  const { id, channels } = team(call)
  const all = channels.flatMap((each) => call.world.conversations.get(each) ?? []).filter(({ gone }) => !gone)
  return {
    status: 200,
    body: { conversations: all.map((each: Conversation) => ({ id: each.id, type: 'standard', ...(each.id === id ? {} : { name: each.name }) })) },
  }
}

function people(call: Call): TeamsUser[] {
  return [...openConversation(call, call.ids[0] ?? '').conversation.members]
}

function team(call: Call): Team {
  const id = call.ids[0] ?? ''
  const found = call.world.teams.get(id)
  if (found === undefined || found.tenant !== call.tenant.id) throw wrong(404, 'TeamNotFound', `there is no team ${id} in ${call.tenant.key}`)
  openConversation(call, id)
  return found
}

/** Ownership is not part of it: the connector does not tell. */
function account({ id, aadObjectId, name, email, tenant, guest }: TeamsUser): Wire {
  return {
    id,
    name,
    aadObjectId,
    objectId: aadObjectId,
    givenName: name,
    surname: '',
    email,
    userPrincipalName: email,
    tenantId: tenant,
    userRole: guest ? 'guest' : 'user',
  }
}
