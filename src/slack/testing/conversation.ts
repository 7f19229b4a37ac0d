/** Whole conversations with the bot, each with people and channels of its own, so that several can go on in one workspace at the same time. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Truthy } from '../../testing/until.ts'
import type { Person } from './person.ts'
import type { ChannelSeed, UserSeed, WorkspaceSeed } from './seed.ts'
import type { SlackBot } from './slack-bot.ts'
import type { SlackServer } from './slack-server.ts'
import type { SlackMessage, SlackView } from './world.ts'

export interface Conversation {
  name: string
  /** Ends where everything has been said. */
  hold(talk: Talk): Promise<void>
}

export interface Talk {
  bot: SlackBot
  server: SlackServer
  /** All five are in the channel. */
  people: readonly [Person, Person, Person, Person, Person]
  ada: Person
  bob: Person
  channel: string
  /** Of the channel, as Slack writes it. */
  team: string
  /** The bot is not in it. */
  elsewhere: string
  until<T>(check: () => T | Promise<T>): Promise<Truthy<T>>
  /** What opens when this is pressed; whoever is told that it took too long presses once more. */
  dialog(person: Person, press: () => Promise<void>): Promise<SlackView>
  /** Cairn ends and starts anew, or what else interrupts it. */
  interrupt(): Promise<void>
}

export interface TalkOptions {
  /** How long everything may take. */
  ms?: number
  interrupt?(): Promise<void>
}

const NAMES = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve'] as const
/** Bob is where it is noon. */
const ZONES = ['Europe/Berlin', noonZone(new Date()), 'Asia/Kolkata', 'UTC', 'Australia/Sydney'] as const
const LATE = 'That took too long for Slack to open a dialog'
const MOST_PRESSES = 5
const READ_MS = 50
const ENTITIES = { lt: '<', gt: '>', amp: '&' } as const

/** A workspace for so many conversations. */
export function workspaceFor(conversations: number, id = 'T1'): WorkspaceSeed {
  const each = Array.from({ length: conversations }, (_, at) => at)
  const users = each.flatMap((at) => NAMES.map((name, i): UserSeed => ({ id: personId(at, i), name, tz: ZONES[i] as string, isAdmin: false })))
  const channels = each.flatMap((at): ChannelSeed[] => {
    const members = NAMES.map((_, i) => personId(at, i))
    return [
      { id: `C${at}IN`, name: `team-${at}`, members },
      { id: `C${at}OUT`, name: `elsewhere-${at}`, members, bot: false },
    ]
  })
  return { id, users: [...users, { id: 'UROOT', name: 'Root', isAdmin: true }], channels }
}

function noonZone(now: Date): string {
  const ahead = 12 - now.getUTCHours()
  // Their names have the sign the other way round.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

function personId(conversation: number, at: number): string {
  return `U${conversation}P${at}`
}

export function talkIn(bot: SlackBot, at: number, { ms = 8_000, interrupt = () => bot.restart() }: TalkOptions = {}): Talk {
  const { server } = bot
  const person = (i: number) => server.user(personId(at, i))
  const people = [person(0), person(1), person(2), person(3), person(4)] as const
  const until: Talk['until'] = (check) => server.until(check, ms)

  return {
    bot,
    server,
    people,
    ada: people[0],
    bob: people[1],
    channel: `C${at}IN`,
    team: `#team-${at}`,
    elsewhere: `C${at}OUT`,
    until,
    interrupt,
    async dialog(who, press) {
      const before = server.view(who.id)?.id
      const late = () => [...server.ephemeralFor(who.id), ...server.dm(who.id)].filter(({ text }) => text.startsWith(LATE)).length
      for (let presses = 0; presses < MOST_PRESSES; presses++) {
        const lateBefore = late()
        await press()
        await until(() => isNew(server.view(who.id), before) || late() > lateBefore)
        const view = server.view(who.id)
        if (isNew(view, before)) return view
      }
      throw new Error(`no dialog after ${MOST_PRESSES} presses`)
    },
  }
}

function isNew(view: SlackView | undefined, before: string | undefined): view is SlackView {
  return view !== undefined && view.id !== before
}

/** Every word that stands in it, with the addresses that are linked. */
export function shownIn({ blocks = [], text = '', streaming_state: streamed }: Partial<Pick<SlackMessage, 'blocks' | 'text' | 'streaming_state'>>): string {
  // Beside blocks the text is for notifications only, unless it was streamed.
  const shown = blocks.length > 0 && streamed === undefined ? wordsIn(blocks) : [text, ...wordsIn(blocks)]
  return shown.join('\n').replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ENTITIES[name])
}

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => ((name === 'text' || name === 'url') && typeof each === 'string' ? [each] : wordsIn(each)))
}

/** What the bot has said in a thread, oldest first. */
export function repliesTo({ server }: Pick<Talk, 'server'>, { channel, ts }: Pick<SlackMessage, 'channel' | 'ts'>): SlackMessage[] {
  return server
    .messagesIn(channel, { thread: ts })
    .filter((message) => message.ts !== ts && message.bot_id !== undefined && message.streaming_state !== 'in_progress')
}

/** What the bot has told the person alone, latest last. */
export function toldTo({ server }: Pick<Talk, 'server'>, { id }: Pick<Person, 'id'>): string[] {
  return server.ephemeralFor(id).map(shownIn)
}

/** The messages in somebody's direct messages in which an assessment stands. */
export function cardsOf({ server }: Pick<Talk, 'server'>, { id }: Pick<Person, 'id'>): SlackMessage[] {
  return server.dm(id).filter((message) => message.bot_id !== undefined && /"\[\\"assess\.|"value":"\[\\"assess\./.test(JSON.stringify(message.blocks ?? [])))
}

/** The only one, once it shows this; as the person sees it now, which may be older than what it becomes. */
export async function cardWith(talk: Talk, person: Person, words: string | RegExp): Promise<SlackMessage> {
  const shows = (message: SlackMessage) => (typeof words === 'string' ? shownIn(message).includes(words) : words.test(shownIn(message)))
  try {
    await talk.until(() => {
      const [card, another] = cardsOf(talk, person)
      return card !== undefined && another === undefined && shows(card)
    })
  } catch (error) {
    const shown = cardsOf(talk, person).map(shownIn).join('\n---\n')
    throw new Error(`no card shows ${words}, but:\n${shown}`, { cause: error })
  }
  // Nobody reads it in no time.
  await wait(READ_MS)
  return structuredClone(cardsOf(talk, person)[0] as SlackMessage)
}
