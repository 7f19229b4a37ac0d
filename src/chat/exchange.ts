/** What a chat platform gives the bot: who speaks where, and the ways to answer. Slack's and Teams' adapters implement it. */
import type { TenantId } from '../assessments/records.ts'
import type { Form, Press, Reply } from './reply.ts'

export type Platform = 'slack' | 'teams'

/** What is called or done otherwise on each platform: its adapter says it, so that nothing here has to ask which one it is. */
export interface PlatformWays {
  /** Before the name of a command: "/maturity ", or nothing where it is a word like others. */
  command: string
  /** Where the bot and one person are alone: "your direct messages". */
  alone: string
  /** What somebody does whom the bot can't write to alone: "Allow direct messages from this app". */
  toBeWrittenTo: string
  /** Everybody who uses the platform together: "this workspace". */
  everybody: string
  /** Forms are dialogs, which typed text can't open; elsewhere they are cards, which can be sent at any time. */
  hasDialogs: boolean
}

export interface Who {
  /** With the platform before it: `slack:T123`, `teams:<tenant>`. */
  tenant: TenantId
  /** The platform's id of the person. */
  person: string
}

export interface Place {
  /** The platform's id of the conversation. */
  id: string
  /** `personal`: between the bot and one person. */
  kind: 'personal' | 'group' | 'channel'
  /** The id of the thread's first message; absent outside threads. */
  thread?: string
}

/** A message that was sent; kept as it is to change it later. */
export interface MessageRef {
  place: string
  id: string
  /** The first message of its thread, when it stands in one. */
  thread?: string
}

/**
 * One thing that somebody did (a command, a message, a press), and the ways to answer it: a plain object.
 * Every method resolves when the platform has taken it, and throws a DeliveryError where it doesn't.
 */
export interface Exchange {
  readonly platform: Platform
  readonly ways: PlatformWays
  readonly who: Who
  readonly place: Place
  /** The same for the same event delivered again; no other event has it. */
  readonly key: string
  /** The message whose button was pressed. */
  readonly pressed?: MessageRef
  /** For the person alone; in a personal place an ordinary message. */
  whisper(reply: Reply): Promise<void>
  /** For everybody in the place; within its thread, if it has one. */
  say(reply: Reply): Promise<MessageRef>
  /** In the place of what was pressed; where nothing was, or it can't be changed any more, for the person alone. */
  replace(reply: Reply): Promise<void>
  /** A dialog where the platform has them. A press or a command can open one, typed text gets a button that does. */
  open(form: Form): Promise<void>
  /** "Is looking it up": gone with the next message. */
  working(status: string): Promise<void>
  /** An answer that is shown while it is written, where the platform can do that; else it is shown when it is finished. */
  stream(): Stream
  /** For the person alone, also where it was asked for in a channel. */
  sendFile(file: SentFile): Promise<void>
}

export interface SentFile {
  /** Without folder; letters, digits, dots and hyphens. */
  name: string
  /** Its media type. */
  type: string
  title: string
  content(): Buffer | string
  /** What makes the same file anew, by any process, for whoever may have it then. */
  again: Press
}

export interface Stream {
  /** Aborted when the person says stop. */
  readonly stopped: AbortSignal
  /** The text so far goes on with this: sentences, never half ones. Paced by the adapter; does not wait for the platform. */
  write(text: string): void
  /** What was written does not stand: shown is what is written from now on. */
  withdraw(): void
  /** The whole takes the place of what was written. */
  finish(reply: Reply): Promise<MessageRef>
}

export type Address = { kind: 'person'; person: string } | { kind: 'place'; place: string; thread?: string }

/** Messages that nobody asked for just now, of one platform. */
export interface Messenger {
  /** @param key travels with the message where the platform can carry it, so that `find` knows it again @throws DeliveryError */
  post(tenant: TenantId, to: Address, reply: Reply, key: string): Promise<MessageRef>
  /** @throws DeliveryError */
  update(tenant: TenantId, message: MessageRef, reply: Reply): Promise<void>
  /** A message that is gone already is no failure. @throws DeliveryError */
  remove(tenant: TenantId, message: MessageRef): Promise<void>
  /** A message that was posted with this key since then; undefined where there is none. @throws DeliveryError */
  find(tenant: TenantId, to: Address, key: string, since: string): Promise<MessageRef | undefined>
  /** An address that opens the message in the person's client. */
  linkTo(tenant: TenantId, message: MessageRef): Promise<string | undefined>
}

export interface KnownPerson {
  id: string
  name: string
  /** IANA zone. */
  timezone?: string
  isAdmin: boolean
  isBot: boolean
}

/** Who is who and who is where, of one platform. Answers may be some minutes old. */
export interface Directory {
  /** Undefined for somebody whom the platform doesn't know. */
  person(tenant: TenantId, id: string): Promise<KnownPerson | undefined>
  /** "#payments", "Payments › General"; undefined where the bot can't see it. */
  placeName(tenant: TenantId, place: string): Promise<string | undefined>
  /** People, without bots; empty where the bot can't see it. */
  members(tenant: TenantId, place: string): Promise<readonly string[]>
}

/**
 * A message did not arrive.
 * `gone`: the place, the person or the installation is no longer there; trying again is no use.
 * `later`: what failed may work later.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  readonly kind: 'gone' | 'later'

  constructor(kind: 'gone' | 'later', message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
