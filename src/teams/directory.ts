/** Who is who and who is where, asked of the connectors and remembered for some minutes. */
import type { ConversationStore } from '../chat/chat-store.ts'
import { DeliveryError, type Directory, type KnownPerson } from '../chat/exchange.ts'
import { remember } from '../shared/remember.ts'
import type { Connectors } from './connectors.ts'
import type { Roster } from './roster.ts'

const PERSON_MS = 10 * 60_000
/** Who may see results follows from it: somebody who leaves a team shall not see them for long. */
const PLACE_MS = 2 * 60_000
/** A group chat has no name that bots are told. */
const NAMED_MEMBERS = 3
/** The first channel of a team has no name of its own. */
const FIRST_CHANNEL = 'General'

export interface DirectoryDeps {
  connectors: Connectors
  roster: Roster
  store: ConversationStore
  /**
   * Teams tells nobody who administers an organisation. Whoever owns a team is not enough: anybody can make a team of their own, and would
   * see the results of all others.
   */
  admins: readonly string[]
}

export interface TeamsDirectory extends Directory {
  /** Somebody has come or gone: who is where is asked anew. */
  membersChanged(tenant: string): void
}

export function createDirectory({ connectors, roster, store, admins }: DirectoryDeps): TeamsDirectory {
  const contacts = remember(PERSON_MS, (tenant, id) => orNothing(() => roster.find(tenant, id)))
  /** By tenant, how often they have changed: what was remembered before is not looked at again. */
  const changes = new Map<string, number>()
  const remembered = remember(PLACE_MS, async (tenant, id) => (await orNothing(() => roster.members(tenant, id.slice(id.indexOf(' ') + 1)))) ?? [])
  const members = (tenant: string, place: string) => remembered(tenant, `${changes.get(tenant) ?? 0} ${place}`)

  const person = async (tenant: string, id: string): Promise<KnownPerson | undefined> => {
    // The name and the zone are heard with what somebody writes: what is written down is newer than what is remembered.
    const heard = await store.contact(tenant, id)
    const found = heard?.name === undefined ? (roster.met(tenant, id) ?? (await contacts(tenant, id)) ?? heard) : heard
    if (found === undefined) return undefined
    const zone = found.timezone === undefined ? {} : { timezone: found.timezone }
    return { id, name: found.name ?? id, ...zone, isAdmin: admins.includes(id.toLowerCase()), isBot: false }
  }

  const nameOf = async (tenant: string, place: string): Promise<string | undefined> => {
    const conversation = await store.conversation(tenant, place)
    if (conversation === undefined || conversation.kind === 'personal') return undefined
    if (conversation.kind === 'group') return groupName(await members(tenant, place))
    const { team, serviceUrl } = conversation
    if (team === undefined) return undefined
    const ask = { name: 'teamDetails', repeatable: true }
    const { name } = await connectors.call(serviceUrl, ask, ({ teams }) => teams.fetchTeamDetails(team))
    const { conversations = [] } = await connectors.call(serviceUrl, ask, ({ teams }) => teams.fetchChannelList(team))
    const channel = conversations.find(({ id }) => id === place)
    return (
      [name, channel === undefined ? undefined : (channel.name ?? FIRST_CHANNEL)].filter((each) => each !== undefined && each !== '').join(' › ') || undefined
    )
  }

  return {
    person,
    placeName: remember(PLACE_MS, (tenant, place) => orNothing(() => nameOf(tenant, place))),
    members: async (tenant, place) => (await members(tenant, place)).map((each) => each.person),
    membersChanged: (tenant) => void changes.set(tenant, (changes.get(tenant) ?? 0) + 1),
  }
}

function groupName(members: readonly { name?: string }[]): string | undefined {
  const names = members.flatMap(({ name }) => name ?? []).toSorted((a, b) => a.localeCompare(b))
  if (names.length === 0) return undefined
  const more = names.length - NAMED_MEMBERS
  return `Chat of ${names.slice(0, NAMED_MEMBERS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
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
