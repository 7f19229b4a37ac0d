/** What conversations in chats ask of a database. Every method takes the tenant first; what belongs to another one does not exist. */
import type { Answer, Outcome } from '../answers/answer.ts'
import type { TenantId } from '../assessments/records.ts'
import type { MessageRef } from './exchange.ts'

/** A question and what was answered: a thread's memory, what a vote is about, what digests count. */
export interface Asked {
  id: string
  person: string
  place: string
  /** Of the thread, or of the direct conversation: what the follow-ups in it are read with. */
  thread: string
  at: string
  question: string
  outcome: Outcome
  answer: Answer
}

export interface Vote {
  /** Of the `Asked`. */
  answer: string
  person: string
  vote: 'up' | 'down'
  comment?: string
  at: string
}

export interface AskedStore {
  /** The same id again changes nothing. */
  saveAsked(tenant: TenantId, asked: Asked): Promise<void>
  asked(tenant: TenantId, id: string): Promise<Asked | undefined>
  /** The latest of a thread, oldest first. */
  lastAsked(tenant: TenantId, thread: string, options: { since: string; most: number }): Promise<Asked[]>
  /** Of all places, oldest first. */
  askedSince(tenant: TenantId, since: string): Promise<Asked[]>
  /** Of all tenants. @returns how many were forgotten */
  forgetAsked(before: string): Promise<number>
  /** One vote a person and answer: the last one counts. A comment stays when a vote without one follows. Nothing for an answer that was forgotten. */
  saveVote(tenant: TenantId, vote: Vote): Promise<void>
  votes(tenant: TenantId, options?: { since?: string }): Promise<Vote[]>
}

/** Which team a channel speaks for. */
export interface PlaceStore {
  /** A place stands for one team; linking again changes it. */
  linkPlace(tenant: TenantId, place: string, team: string): Promise<void>
  teamOfPlace(tenant: TenantId, place: string): Promise<string | undefined>
  /** The places of a team, the first linked first. */
  placesOfTeam(tenant: TenantId, team: string): Promise<string[]>
}

/** The message that shows something and is changed with it. */
export interface Card {
  kind: 'run' | 'round'
  /** The run's or round's id. */
  id: string
  message: MessageRef
  at: string
}

export interface CardStore {
  /** One card each: another one takes its place. */
  saveCard(tenant: TenantId, card: Card): Promise<void>
  card(tenant: TenantId, kind: Card['kind'], id: string): Promise<Card | undefined>
  /** The card that is the first message of this thread, or stands in it; the latest. */
  cardInThread(tenant: TenantId, place: string, thread: string): Promise<Card | undefined>
  /** The latest card of this kind in the place. */
  lastCard(tenant: TenantId, place: string, kind: Card['kind']): Promise<Card | undefined>
  /** Nothing more will happen to what it shows. */
  settleCard(tenant: TenantId, kind: Card['kind'], id: string): Promise<void>
  /** Those that are not settled, of all tenants. */
  unsettledCards(kind: Card['kind']): Promise<{ tenant: TenantId; card: Card }[]>
}

/** `team`: who sees its results. `person`: whether they are reminded. */
export interface SettingStore {
  setting(tenant: TenantId, of: 'team' | 'person', id: string, name: string): Promise<string | undefined>
  /** Of all teams or persons that have this value: their ids. */
  withSetting(tenant: TenantId, of: 'team' | 'person', name: string, value: string): Promise<string[]>
  saveSetting(tenant: TenantId, of: 'team' | 'person', id: string, name: string, value: string): Promise<void>
}

/** Who has taken on what comes due. */
export interface ActionOwnerStore {
  /** Of open actions that are due between these days, both included: who has them, of all tenants, each once, by tenant. */
  ownersOfDue(from: string, to: string): Promise<{ tenant: TenantId; person: string }[]>
}

export interface Delivery {
  tenant: TenantId
  key: string
  state: 'sending' | 'sent' | 'given-up'
  firstAt: string
  attempts: number
  message?: MessageRef
}

/** What was sent on the bot's own account, so that nothing is sent twice. */
export interface OutboxStore {
  /**
   * Takes on sending `key`, for as long as `until`. Of several at one time one gets it; also when an earlier one's time is up.
   * @returns undefined when it was sent, given up, or somebody else is at it
   */
  claimDelivery(tenant: TenantId, key: string, at: string, until: string): Promise<Delivery | undefined>
  markSent(tenant: TenantId, key: string, message: MessageRef): Promise<void>
  /** Sent without a claim: by somebody who alone could send it, and would look for it before sending it again. */
  noteSent(tenant: TenantId, key: string, message: MessageRef, at: string): Promise<void>
  /** Not sent now: it may be claimed again from then on. */
  releaseDelivery(tenant: TenantId, key: string, notBefore: string): Promise<void>
  giveUpDelivery(tenant: TenantId, key: string): Promise<void>
  delivery(tenant: TenantId, key: string): Promise<Delivery | undefined>
  forgetDeliveries(before: string): Promise<number>
}

export interface ChatStore extends AskedStore, PlaceStore, CardStore, SettingStore, ActionOwnerStore, OutboxStore {}

/** An event of a platform that was taken on and is not yet dealt with. */
export interface Received {
  platform: string
  key: string
  /** As it came, to be dealt with anew by another process. */
  body: string
  receivedAt: string
  attempts: number
}

/** What was acknowledged to a platform is dealt with once, whatever happens in between. */
export interface InboxStore {
  /**
   * On disk when it returns.
   * @param until while this process lives it prolongs that; after it another process may take the event on
   * @returns false when the event was received before
   */
  receive(event: Omit<Received, 'attempts'>, by: string, until: string): Promise<boolean>
  /** Dealt with: the body is forgotten, the key is kept. */
  settle(platform: string, key: string): Promise<void>
  /** To be tried again from then on. */
  postpone(platform: string, key: string, notBefore: string): Promise<void>
  /** Still at it. */
  prolong(by: string, until: string): Promise<void>
  /** Takes on what nobody is at any more; each counts as one more attempt. */
  takeOver(platform: string, by: string, now: string, until: string, most: number): Promise<Received[]>
  forgetReceived(before: string): Promise<number>
}

/** What a platform gave when the bot was installed, sealed by the adapter. */
export interface InstallationStore {
  saveInstallation(platform: string, id: string, sealed: string, at: string): Promise<void>
  installation(platform: string, id: string): Promise<string | undefined>
  removeInstallation(platform: string, id: string): Promise<void>
  installations(platform: string): Promise<{ id: string; sealed: string; at: string }[]>
}

/** Where the bot may speak on its own account, on a platform that wants to be told more than where. */
export interface Conversation {
  place: string
  kind: 'personal' | 'group' | 'channel'
  /** Where the platform is spoken to about it. */
  serviceUrl: string
  /** The bot's own id there. */
  bot: string
  /** With whom alone. */
  person?: string
  /** Of a channel: what it belongs to, by the platform's id. */
  team?: string
  at: string
}

/** Somebody who has written to the bot, as the platform knows them. */
export interface Contact {
  person: string
  /** The platform's own id, where another one is the person's. */
  account: string
  name?: string
  /** IANA zone. */
  timezone?: string
}

/** What a platform tells once and wants to hear again. */
export interface ConversationStore {
  /** The same place again takes its place; a person has one conversation with the bot alone, the last. */
  saveConversation(tenant: TenantId, conversation: Conversation): Promise<void>
  conversation(tenant: TenantId, place: string): Promise<Conversation | undefined>
  personalConversation(tenant: TenantId, person: string): Promise<Conversation | undefined>
  /** The latest first. */
  conversations(tenant: TenantId, most: number): Promise<Conversation[]>
  removeConversation(tenant: TenantId, place: string): Promise<void>
  removeConversationsOfTeam(tenant: TenantId, team: string): Promise<void>
  /** What is absent stays as it was. */
  saveContact(tenant: TenantId, contact: Contact): Promise<void>
  contact(tenant: TenantId, person: string): Promise<Contact | undefined>
}
