/** The organisations that a server starts with. */
import { channelId, groupId, guidOf, personalId, userId } from './ids.ts'
import type { Conversation, Team, TeamsUser, Tenant } from './world.ts'

export interface UserSeed {
  key: string
  name?: string
  locale?: string
  timezone?: string
  guest?: boolean
  /** Whether the app is in their personal chat from the start. */
  bot?: boolean
}

export interface ChannelSeed {
  key: string
  name?: string
  /** Of a private channel; everybody of the team, unless told otherwise. */
  members?: readonly string[]
}

export interface TeamSeed {
  key: string
  name?: string
  members?: readonly string[]
  owners?: readonly string[]
  /** Besides General, whose key is the team's. */
  channels?: readonly ChannelSeed[]
  bot?: boolean
}

export interface GroupSeed {
  key: string
  name?: string
  members?: readonly string[]
  bot?: boolean
}

export interface TenantSeed {
  key: string
  name?: string
  users?: readonly UserSeed[]
  teams?: readonly TeamSeed[]
  groups?: readonly GroupSeed[]
}

/** The people that tests of the bot without a platform know too. */
const USERS: readonly UserSeed[] = [
  { key: 'ada', name: 'Ada', locale: 'en-GB', timezone: 'Europe/Berlin' },
  { key: 'bob', name: 'Bob', locale: 'en-US', timezone: 'America/New_York' },
  { key: 'cleo', name: 'Cleo', locale: 'en-IN', timezone: 'Asia/Kolkata', bot: false },
  { key: 'root', name: 'Root', locale: 'en-US', timezone: 'UTC' },
]
const TEAMS: readonly TeamSeed[] = [
  {
    key: 'shop',
    name: 'Shop',
    owners: ['root'],
    channels: [
      { key: 'payments', name: 'Payments' },
      { key: 'platform', name: 'Platform' },
      { key: 'secret', name: 'Secret', members: ['ada', 'bob'] },
    ],
  },
  { key: 'elsewhere', name: 'Elsewhere', bot: false },
]
const GROUPS: readonly GroupSeed[] = [{ key: 'leads', name: 'Leads', members: ['ada', 'bob'] }]

export const DEFAULT_TENANTS: readonly TenantSeed[] = [{ key: 'T1' }]

export interface Seeded {
  tenant: Tenant
  teams: Team[]
  conversations: Conversation[]
}

/** @param baseUrl where the connectors of all organisations are */
export function createTenant({ key, name = `Organisation ${key}`, users = USERS, teams = TEAMS, groups = GROUPS }: TenantSeed, baseUrl: string): Seeded {
  const id = guidOf(`tenant ${key}`)
  const within = (what: string) => `${key} ${what}`
  const people = new Map(users.map((seed): [string, TeamsUser] => [seed.key, createUser(seed, key, id)]))
  const named = (keys: readonly string[] | undefined): Set<TeamsUser> => {
    const unknown = keys?.find((each) => !people.has(each))
    if (unknown !== undefined) throw new Error(`there is no ${unknown} in ${key}`)
    return new Set([...people.values()].filter((person) => keys?.includes(person.key) ?? true))
  }
  const place = (
    seed: { key: string; name?: string; bot?: boolean },
    rest: Pick<Conversation, 'id' | 'kind' | 'members'> & { team?: string },
  ): Conversation => ({
    key: seed.key,
    name: seed.name ?? seed.key,
    tenant: id,
    app: (seed.bot ?? true) ? 'installed' : 'never',
    gone: false,
    messages: [],
    sent: new Set(),
    ...rest,
  })

  const personal = users.map((seed) =>
    place({ ...seed, key: `personal ${seed.key}` }, { id: personalId(within(seed.key)), kind: 'personal', members: named([seed.key]) }),
  )
  const chats = groups.map((seed) => place(seed, { id: groupId(within(seed.key)), kind: 'groupChat', members: named(seed.members) }))
  const channels: Conversation[] = []
  const created = teams.map((seed): Team => {
    const teamId = channelId(within(seed.key))
    const members = named(seed.members)
    const general = place(seed, { id: teamId, kind: 'channel', team: teamId, members })
    const others = (seed.channels ?? []).map((channel) =>
      place(
        { ...channel, ...(seed.bot === undefined ? {} : { bot: seed.bot }) },
        { id: channelId(within(channel.key)), kind: 'channel', team: teamId, members: channel.members === undefined ? members : named(channel.members) },
      ),
    )
    channels.push({ ...general, name: 'General' }, ...others)
    return {
      key: seed.key,
      id: teamId,
      aadGroupId: guidOf(`team ${within(seed.key)}`),
      name: seed.name ?? seed.key,
      tenant: id,
      members,
      owners: named(seed.owners ?? []),
      channels: [teamId, ...others.map((channel) => channel.id)],
    }
  })
  return { tenant: { key, id, name, users: people, serviceUrl: `${baseUrl}/emea/${id}/` }, teams: created, conversations: [...personal, ...chats, ...channels] }
}

function createUser({ key, name = key, locale = 'en-US', timezone = 'UTC', guest = false }: UserSeed, tenantKey: string, tenant: string): TeamsUser {
  const within = `${tenantKey} ${key}`
  return {
    key,
    id: userId(within),
    aadObjectId: guidOf(`user ${within}`),
    name,
    email: `${key}@${tenantKey.toLowerCase()}.example`,
    tenant,
    locale,
    timezone,
    guest,
  }
}
