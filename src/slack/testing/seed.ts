/** The workspaces that a server starts with. */
import { z } from 'zod'
import type { AppSettings } from './app-settings.ts'
import type { SlackChannel, SlackUser, Workspace } from './world.ts'

export interface UserSeed {
  id: string
  name?: string
  tz?: string
  isAdmin?: boolean
  isBot?: boolean
}

export interface ChannelSeed {
  id: string
  name?: string
  kind?: 'public' | 'private'
  /** Everybody, unless told otherwise. */
  members?: readonly string[]
  /** Whether the app is in it. */
  bot?: boolean
}

export interface WorkspaceSeed {
  id: string
  name?: string
  users?: readonly UserSeed[]
  channels?: readonly ChannelSeed[]
  /** Whether the app is there from the start. */
  installed?: boolean
}

/** The people that tests of the bot without a platform know too. */
const USERS: readonly UserSeed[] = [
  { id: 'U1', name: 'Ada', tz: 'Europe/Berlin' },
  { id: 'U2', name: 'Bob', tz: 'America/New_York' },
  { id: 'U3', name: 'Cleo', tz: 'Asia/Kolkata' },
  { id: 'U9', name: 'Root', tz: 'UTC', isAdmin: true },
]
const CHANNELS: readonly ChannelSeed[] = [
  { id: 'C1', name: 'payments' },
  { id: 'C2', name: 'platform' },
  { id: 'C3', name: 'elsewhere', bot: false },
  { id: 'C4', name: 'secret', kind: 'private', members: ['U1', 'U2'] },
]

export const DEFAULT_WORKSPACES: readonly WorkspaceSeed[] = [{ id: 'T1' }]

export function createWorkspace(
  { id, name = `Workspace ${id}`, users = USERS, channels = CHANNELS }: WorkspaceSeed,
  app: Pick<AppSettings, 'botName'>,
): Workspace {
  z.string()
    .regex(/^T[A-Z0-9]+$/)
    .parse(id)
  const bot = { user: `UBOT${id.slice(1)}`, id: `B${id.slice(1)}` }
  const people: SlackUser[] = [
    ...users.map(({ id: user, name: called = user, tz = 'UTC', isAdmin = false, isBot = false }) => ({
      id: user,
      name: called.toLowerCase(),
      realName: called,
      tz,
      isAdmin,
      isBot,
    })),
    { id: bot.user, name: app.botName.toLowerCase(), realName: app.botName, tz: 'UTC', isAdmin: false, isBot: true },
  ]
  const rooms = channels.map(({ id: channel, name: called = channel.toLowerCase(), kind = 'public', members, bot: present = true }): [string, SlackChannel] => {
    const inside = new Set([...(members ?? users.map((user) => user.id)), ...(present ? [bot.user] : [])])
    return [channel, { id: channel, name: called, kind, members: inside, messages: [], archived: false }]
  })
  return {
    id,
    name,
    domain: id.toLowerCase(),
    bot,
    users: new Map(people.map((person) => [person.id, person])),
    channels: new Map(rooms),
    ephemerals: [],
    modals: new Map(),
    homes: new Map(),
    files: new Map(),
    streams: new Map(),
    statuses: [],
    prompts: [],
    titles: [],
  }
}
