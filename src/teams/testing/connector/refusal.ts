/** What the connector is asked to do, and how it says no. */
import type { Conversation, Tenant, Wire, World } from '../world.ts'

export type Operation = 'token' | 'send' | 'update' | 'delete' | 'create' | 'members' | 'member' | 'team' | 'channels' | 'attachment'

export interface Call {
  world: World
  operation: Operation
  /** Whose connector it is. */
  tenant: Tenant
  /** Of the path. */
  ids: string[]
  query: URLSearchParams
  body: Wire
}

export interface Done {
  status: number
  body?: unknown
  type?: string
}

export class Refusal extends Error {
  readonly status: number
  readonly code: string
  /** What a well-behaved app would not have done; absent when it could not know. */
  readonly fault: string | undefined

  constructor(status: number, code: string, message: string, { fault }: { fault?: string } = {}) {
    super(message)
    this.status = status
    this.code = code
    this.fault = fault
  }
}

/** A mistake of the app's. */
export function wrong(status: number, code: string, message: string): Refusal {
  return new Refusal(status, code, message, { fault: message })
}

export interface Target {
  conversation: Conversation
  /** In channels. */
  thread?: string
}
