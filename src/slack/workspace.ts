/** One workspace's Web API: its client, with the retries and time limits that all calls have. */
import type { Logger } from '@slack/bolt'
import { type RetryOptions, WebClient, type WebClientOptions } from '@slack/web-api'
import { asDeliveryError } from './failures.ts'
import type { Installations } from './installations.ts'
import { idOfTenant } from './tenant.ts'

/** Over about half a minute; what fails longer is tried again by whoever wanted it. */
const RETRIES: RetryOptions = { retries: 6, factor: 2, minTimeout: 250, maxTimeout: 8_000, randomize: true }
const TIMEOUT_MS = 15_000
const MOST_CLIENTS = 500

export interface Workspaces {
  /** @throws DeliveryError (gone) where the app is not installed */
  client(tenant: string): Promise<WebClient>
  /** Fails at once, so that what may have been done already is not done again blindly. */
  onceClient(tenant: string): Promise<WebClient>
  /** For files, so that nothing else stands behind them. That there are too many it says at once. */
  uploadClient(tenant: string): Promise<WebClient>
  /** Whom the bot's messages are from. */
  botUser(tenant: string): Promise<string | undefined>
  /** @throws DeliveryError when Slack did not take it, anything else for a fault of ours */
  call<T>(tenant: string, method: string, use: (client: WebClient) => Promise<T>): Promise<T>
  forget(id: string): void
}

export function clientOptionsOf(apiUrl: string | undefined, logger: Logger): WebClientOptions {
  return { retryConfig: RETRIES, timeout: TIMEOUT_MS, logger, ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }) }
}

export function createWorkspaces(installations: Pick<Installations, 'find'>, options: WebClientOptions): Workspaces {
  const clients = new Map<string, { token: string; client: WebClient; once: WebClient; uploads: WebClient }>()

  /** A token that is refused says the same here as in any other call. */
  const found = async (id: string) => {
    try {
      return await installations.find(id)
    } catch (error) {
      throw asDeliveryError(error, 'auth.test')
    }
  }
  const load = async (tenant: string) => {
    const id = idOfTenant(tenant)
    const { botToken } = await found(id)
    const known = clients.get(id)
    if (known?.token === botToken) return known
    // A copy of the options each: a client writes its own token into their headers.
    const made = {
      token: botToken,
      client: new WebClient(botToken, { ...options }),
      once: new WebClient(botToken, { ...options, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true }),
      uploads: new WebClient(botToken, { ...options, rejectRateLimitedCalls: true }),
    }
    clients.delete(id)
    clients.set(id, made)
    const [oldest] = clients.keys()
    if (clients.size > MOST_CLIENTS && oldest !== undefined) clients.delete(oldest)
    return made
  }
  const client = async (tenant: string) => (await load(tenant)).client
  return {
    client,
    onceClient: async (tenant) => (await load(tenant)).once,
    uploadClient: async (tenant) => (await load(tenant)).uploads,
    botUser: async (tenant) => (await found(idOfTenant(tenant))).botUserId,
    async call(tenant, method, use) {
      try {
        return await use(await client(tenant))
      } catch (error) {
        throw asDeliveryError(error, method)
      }
    },
    forget: (id) => void clients.delete(id),
  }
}
