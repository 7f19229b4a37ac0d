/** Calls to Teams' connectors, each organisation's at its own address, with the retries and time limits that all calls have. */
import { setTimeout as wait } from 'node:timers/promises'
import { type ConnectorClient, TeamsConnectorClient } from 'botframework-connector'
import type { Authentication } from './authentication.ts'
import { asDeliveryError, mayPass, refusalOf } from './failures.ts'

export interface Call {
  /** For the log. */
  name: string
  /** Done twice it is the same as done once. */
  repeatable: boolean
  /** What comes too late is of no use. */
  once?: boolean
}

export interface Clients {
  conversations: ConnectorClient['conversations']
  teams: TeamsConnectorClient['teams']
}

export interface Connectors {
  /** @throws DeliveryError when the connector did not take it, anything else for a fault of ours */
  call<T>(serviceUrl: string, call: Call, use: (clients: Clients) => Promise<T>): Promise<T>
}

/** Each at least half as long, so that many that were refused at once don't come again at once. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000]
/** What takes longer is tried again by whoever wanted it. */
const LONGEST_WAIT_MS = 20_000
const MOST_CLIENTS = 200

export function createConnectors({ connectorFactory, credentials }: Authentication): Connectors {
  const clients = new Map<string, Promise<Clients>>()

  const clientsOf = (serviceUrl: string): Promise<Clients> => {
    const known = clients.get(serviceUrl)
    if (known !== undefined) return known
    const made = create(serviceUrl)
    clients.set(serviceUrl, made)
    made.catch(() => clients.delete(serviceUrl))
    const [oldest] = clients.keys()
    if (clients.size > MOST_CLIENTS && oldest !== undefined) clients.delete(oldest)
    return made
  }
  const create = async (serviceUrl: string): Promise<Clients> => {
    const connector = await connectorFactory.create(serviceUrl, undefined as never)
    const teams = new TeamsConnectorClient((connector as unknown as HasCredentials).credentials as never, { baseUri: serviceUrl })
    for (const each of [connector, teams] as unknown as HasPipeline[]) withoutRetries(each)
    return { conversations: connector.conversations, teams: teams.teams }
  }

  return {
    async call(serviceUrl, call, use) {
      const used = await clientsOf(serviceUrl)
      const until = performance.now() + LONGEST_WAIT_MS
      let isRefused = false
      for (let attempt = 0; ; attempt++) {
        try {
          return await use(used)
        } catch (error) {
          const refusal = refusalOf(error)
          const isFirstRefusal: boolean = refusal?.status === 401 && !isRefused
          const again = refusal !== undefined && (isFirstRefusal || (!call.once && mayPass(refusal, call)))
          const delay = isFirstRefusal ? 0 : Math.max(refusal?.retryAfterMs ?? 0, jittered(WAITS_MS[attempt]))
          if (!again || performance.now() + delay > until) throw asDeliveryError(error, call.name)
          // A token may have been taken back before its time.
          if (isFirstRefusal) credentials.forget()
          isRefused ||= isFirstRefusal
          await wait(delay)
        }
      }
    },
  }
}

function jittered(ms = Number.POSITIVE_INFINITY): number {
  return ms / 2 + (Math.random() * ms) / 2
}

interface HasCredentials {
  credentials: unknown
}

interface HasPipeline {
  client: { pipeline: { removePolicy(policy: { name: string }): void } }
}

/** botbuilder's client sends messages again whose answer got lost, and people see them twice. */
function withoutRetries({ client }: HasPipeline): void {
  client.pipeline.removePolicy({ name: 'defaultRetryPolicy' })
}
