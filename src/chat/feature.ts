/** What the parts of the bot have in common: what they are made of, and how they say which presses and forms are theirs. */
import type { Assistant } from '../answers/answer.ts'
import type { Assessments } from '../assessments/create-assessments.ts'
import type { TenantId } from '../assessments/records.ts'
import type { Corpus } from '../corpus/passage.ts'
import type { ChatStore } from './chat-store.ts'
import type { Directory, Exchange, Messenger, Who } from './exchange.ts'
import type { FormErrors, PressArgs, Submission } from './reply.ts'

export interface ChatDeps {
  assessments: Assessments
  /** Functions, since these are swapped when a team's model files change. */
  assistant(): Assistant
  corpus(): Corpus
  store: ChatStore
  /** Of the tenant's platform. */
  messenger(tenant: TenantId): Messenger
  directory(tenant: TenantId): Directory
  now(): Date
  newId(): string
  log: ChatLog
  /** How long questions and answers are kept. */
  memoryDays: number
}

/** Never given what somebody typed. */
export interface ChatLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void
  warn(facts: Readonly<Record<string, unknown>>, message: string): void
  error(facts: Readonly<Record<string, unknown>>, message: string): void
}

/** A button or menu: named by the press's `on`. */
export type PressHandler = (exchange: Exchange, args: PressArgs) => Promise<void>

export interface FormHandler {
  /** What is wrong with its fields: within a second and without effect, before the dialog closes. What it throws is said when the form is handed in. */
  check?(who: Who, submission: Submission): Promise<FormErrors | undefined>
  submit(exchange: Exchange, submission: Submission): Promise<void>
}

/** A word after `/maturity`, or at the beginning of a message to the bot. */
export interface Command {
  name: string
  /** What follows it, for example `[model] [scope]`; empty where nothing does. */
  usage: string
  description: string
  /** Whether a message that goes on for longer is meant for it all the same; short ones are. */
  isMeant?(words: string): boolean
  /** @param words what follows the name, as typed @throws UserError saying what to write instead */
  run(exchange: Exchange, words: string): Promise<void>
}

export interface Feature {
  commands: readonly Command[]
  presses: Readonly<Record<string, PressHandler>>
  forms: Readonly<Record<string, FormHandler>>
}
