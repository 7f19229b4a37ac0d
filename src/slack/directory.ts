/** Who is who and who is where, asked of Slack and remembered for some minutes. */
import type { Directory, KnownPerson } from '../chat/exchange.ts'
import { DeliveryError } from '../chat/exchange.ts'
import { remember } from '../shared/remember.ts'
import type { Workspaces } from './workspace.ts'

const PERSON_MS = 10 * 60_000
/** Who may see results follows from it: somebody who leaves a channel shall not see them for long. */
const PLACE_MS = 2 * 60_000
const PAGE = 200
const MOST_PAGES = 25

export function createDirectory(workspaces: Workspaces): Directory {
  const person = remember(PERSON_MS, (tenant, id) => orNothing(async () => personOf(tenant, id, workspaces)))
  const placeName = remember(PLACE_MS, (tenant, id) =>
    orNothing(async () => {
      const { channel } = await workspaces.call(tenant, 'conversations.info', (client) => client.conversations.info({ channel: id }))
      return channel?.name === undefined || channel.is_im === true ? undefined : `#${channel.name}`
    }),
  )
  const members = remember(PLACE_MS, async (tenant, id) => {
    const all = await orNothing(() => membersOf(tenant, id, workspaces))
    const people = await Promise.all((all ?? []).map((each) => person(tenant, each)))
    return people.flatMap((each) => (each === undefined || each.isBot ? [] : [each.id]))
  })
  return { person, placeName, members }
}

async function personOf(tenant: string, id: string, workspaces: Workspaces): Promise<KnownPerson | undefined> {
  const { user } = await workspaces.call(tenant, 'users.info', (client) => client.users.info({ user: id }))
  if (user?.id === undefined) return undefined
  const name = [user.profile?.display_name, user.real_name, user.name].find((each) => each !== undefined && each.trim() !== '') ?? id
  return {
    id: user.id,
    name,
    ...(user.tz === undefined ? {} : { timezone: user.tz }),
    isAdmin: user.is_admin === true || user.is_owner === true,
    isBot: user.is_bot === true || user.deleted === true || user.id === 'USLACKBOT',
  }
}

async function membersOf(tenant: string, channel: string, workspaces: Workspaces): Promise<string[]> {
  const all: string[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const next = cursor
    const { members = [], response_metadata } = await workspaces.call(tenant, 'conversations.members', (client) =>
      client.conversations.members({ channel, limit: PAGE, ...(next === undefined ? {} : { cursor: next }) }),
    )
    all.push(...members)
    cursor = response_metadata?.next_cursor
    if (cursor === undefined || cursor === '') break
  }
  return all
}

/** What the bot can't see is as if it weren't there. */
async function orNothing<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof DeliveryError && error.kind === 'gone') return undefined
    throw error
  }
}
