/** Who is in a conversation, as its connector tells. */
import * as z from 'zod'
import type { Contact, ConversationStore } from '../chat/chat-store.ts'
import { DeliveryError } from '../chat/exchange.ts'
import type { Connectors } from './connectors.ts'

export interface Roster {
  /**
   * What it tells of them is remembered for a while, so that nobody is asked for one by one, and not written down: only who speaks to the bot is.
   * @throws DeliveryError
   */
  members(tenant: string, place: string): Promise<readonly Contact[]>
  /** Of those whom it told of lately. */
  met(tenant: string, person: string): Contact | undefined
  /** Somebody of the organisation, wherever the bot meets them. @throws DeliveryError */
  find(tenant: string, person: string): Promise<Contact | undefined>
}

const PAGE = 500
const MOST_PAGES = 20
/** Where somebody is looked for whom nobody has heard of. */
const PLACES = 20
const REMEMBERED_MS = 10 * 60_000
const MOST_REMEMBERED = 20_000

/** Wherever it comes from, the directory's id goes by another name. */
const member = z.looseObject({
  id: z.string(),
  name: z.string().optional().catch(undefined),
  aadObjectId: z.string().optional().catch(undefined),
  objectId: z.string().optional().catch(undefined),
})

interface Page {
  pageSize: number
  continuationToken: string
}

export function createRoster({ connectors, store }: { connectors: Connectors; store: ConversationStore }): Roster {
  const people = rememberPeople()

  /** Undefined where they are not. */
  const memberOf = async (place: string, serviceUrl: string, id: string): Promise<Contact | undefined> => {
    try {
      const answer = await connectors.call(serviceUrl, { name: 'getMember', repeatable: true }, ({ conversations }) =>
        conversations.getConversationMember(place, id),
      )
      return contactOf(answer)
    } catch (error) {
      if (error instanceof DeliveryError && error.kind === 'gone') return undefined
      throw error
    }
  }

  return {
    async members(tenant, place) {
      const conversation = await store.conversation(tenant, place)
      if (conversation === undefined) return []
      const found: Contact[] = []
      let next: string | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        const continuationToken = next
        const answer = await connectors.call(conversation.serviceUrl, { name: 'getPagedMembers', repeatable: true }, ({ conversations }) =>
          // A first page has no token, whatever its type says.
          conversations.getConversationPagedMembers(place, { pageSize: PAGE, ...(continuationToken === undefined ? {} : { continuationToken }) } as Page),
        )
        const contacts = (answer.members ?? []).flatMap((each) => contactOf(each) ?? [])
        for (const contact of contacts) people.keep(tenant, contact)
        found.push(...contacts)
        next = answer.continuationToken
        if (next === undefined || next === '') break
      }
      return found
    },

    met: people.find,

    async find(tenant, person) {
      const heard = await store.contact(tenant, person)
      if (heard?.name !== undefined) return heard
      const told = people.find(tenant, person)
      if (told !== undefined) return { ...told, ...heard }
      for (const { place, serviceUrl } of await store.conversations(tenant, PLACES)) {
        const found = await memberOf(place, serviceUrl, heard?.account ?? person)
        if (found !== undefined) return { ...found, ...heard, person }
      }
      return heard
    },
  }
}

interface RememberedPeople {
  keep(tenant: string, contact: Contact): void
  find(tenant: string, person: string): Contact | undefined
}

function rememberPeople(now: () => number = Date.now): RememberedPeople {
  const known = new Map<string, { contact: Contact; until: number }>()
  return {
    keep(tenant, contact) {
      const key = `${tenant} ${contact.person}`
      known.delete(key)
      known.set(key, { contact, until: now() + REMEMBERED_MS })
      const [oldest] = known.keys()
      if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest)
    },
    find(tenant, person) {
      const found = known.get(`${tenant} ${person}`)
      return found !== undefined && found.until > now() ? found.contact : undefined
    },
  }
}

function contactOf(answer: unknown): Contact | undefined {
  const read = member.safeParse(answer).data
  if (read === undefined || read.id.startsWith('28:')) return undefined
  const name = read.name?.trim()
  return { person: read.aadObjectId ?? read.objectId ?? read.id, account: read.id, ...(name === undefined || name === '' ? {} : { name }) }
}
