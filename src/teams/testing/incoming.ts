/** The activities of what people do, with all that Teams sends. */
import { randomUUID } from 'node:crypto'
import { type Conversation, type Team, type TeamsUser, type Wire, type World, wireConversationId } from './world.ts'

export interface Acting {
  world: World
  user: TeamsUser
  conversation: Conversation
  /** In channels. */
  thread?: string
}

export const HTML = 'text/html'

function common({ world, user, conversation, thread }: Acting): Wire {
  const { kind, tenant } = conversation
  const now = new Date()
  return {
    timestamp: now.toISOString(),
    localTimestamp: localTimestamp(now, user.timezone),
    localTimezone: user.timezone,
    channelId: 'msteams',
    serviceUrl: world.tenants.get(tenant)?.serviceUrl,
    from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
    conversation: {
      ...(kind === 'personal' ? {} : { isGroup: true }),
      conversationType: kind,
      tenantId: tenant,
      id: wireConversationId(conversation, thread),
      ...(kind === 'groupChat' ? { name: conversation.name } : {}),
    },
    recipient: { id: world.app.botId, name: world.app.botName },
    locale: user.locale,
  }
}

function clientInfo({ locale, timezone }: TeamsUser): Wire {
  return { type: 'clientInfo', locale, country: locale.split('-')[1] ?? '', platform: 'Web', timezone }
}

/** What every activity says about where it comes from. */
function channelData({ world, conversation }: Acting): Wire {
  const { tenant, id } = conversation
  const team = teamOf(world, conversation)
  return { ...(team === undefined ? {} : { teamsChannelId: id, teamsTeamId: team.id, channel: { id }, team: { id: team.id } }), tenant: { id: tenant } }
}

export function teamOf({ teams }: World, { team }: Conversation): Team | undefined {
  return team === undefined ? undefined : teams.get(team)
}

export interface Written {
  id: string
  text: string
  mentions: readonly Wire[]
  pictures: readonly Wire[]
}

export function messageActivity(acting: Acting, { id, text, mentions, pictures }: Written): Wire {
  const html = { contentType: HTML, content: `<p>${escapeHtml(text).replace(/&lt;(\/?)at&gt;/g, '<$1at>')}</p>` }
  return {
    type: 'message',
    id,
    ...common(acting),
    textFormat: 'plain',
    text,
    attachments: [...pictures, html],
    entities: [...mentions, clientInfo(acting.user)],
    channelData: channelData(acting),
  }
}

/** From a card: an Action.Submit, which is a message with a value. */
export function submitActivity(acting: Acting, id: string, message: string, value: Wire, text?: string): Wire {
  return {
    type: 'message',
    id,
    ...common(acting),
    ...(text === undefined ? {} : { text, textFormat: 'plain' }),
    replyToId: message,
    value,
    entities: [clientInfo(acting.user)],
    channelData: { ...channelData(acting), source: { name: 'message' }, legacy: { replyToId: message } },
  }
}

export function invokeActivity(acting: Acting, name: string, message: string, value: Wire): Wire {
  return {
    type: 'invoke',
    name,
    id: `f:${randomUUID()}`,
    ...common(acting),
    replyToId: message,
    value,
    entities: [clientInfo(acting.user)],
    channelData: { ...channelData(acting), source: { name: 'message' }, legacy: { replyToId: message } },
  }
}

export type Membership = { membersAdded: Wire[] } | { membersRemoved: Wire[] }

/** Events of a team come in its first channel. */
export function membershipActivity(acting: Acting, eventType: string, membership: Membership): Wire {
  return { type: 'conversationUpdate', id: `f:${randomUUID()}`, ...common(acting), ...membership, channelData: { ...eventData(acting), eventType } }
}

export function installationActivity(acting: Acting, action: 'add' | 'remove'): Wire {
  const chosen = acting.conversation.kind === 'channel' ? { settings: { selectedChannel: { id: acting.conversation.id } } } : {}
  return {
    type: 'installationUpdate',
    id: `f:${randomUUID()}`,
    ...common(acting),
    action,
    entities: [clientInfo(acting.user)],
    channelData: { ...eventData(acting), ...chosen, source: { name: 'message' } },
  }
}

/** Something else that happened to a conversation: a channel renamed, deleted. */
export function changeActivity(acting: Acting, eventType: string): Wire {
  return { type: 'conversationUpdate', id: `f:${randomUUID()}`, ...common(acting), channelData: { ...eventData(acting), eventType } }
}

function eventData(acting: Acting): Wire {
  const team = teamOf(acting.world, acting.conversation)
  const { id, name } = acting.conversation
  if (team === undefined) return channelData(acting)
  return { ...channelData(acting), channel: { id, name }, team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId } }
}

function localTimestamp(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at).replace(' ', 'T')
  const zone = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value
  const offset = zone === undefined || zone === 'GMT' ? '+00:00' : zone.replace('GMT', '')
  return `${parts}.${String(at.getMilliseconds()).padStart(3, '0')}${offset}`
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
