/**
 * How the bot says who it is: its password for a token, the token with each call.
 * botbuilder's own way keeps tokens for the whole process, asks for one as often as there are calls waiting for it, and can't be told that one is refused.
 */
import type { ServiceClientCredentials } from 'botframework-connector'
import { ServiceClientCredentialsFactory } from 'botframework-connector'
import * as z from 'zod'
import { DeliveryError } from '../chat/exchange.ts'
import type { TeamsCredentials } from '../config.ts'
import { messageOf } from '../shared/errors.ts'

const TIMEOUT_MS = 10_000
/** Before its end: it must still be valid where it arrives. */
const MARGIN_MS = 5 * 60_000
const PUBLIC_LOGIN = 'https://login.microsoftonline.com/'
const GOVERNMENT_LOGIN = 'https://login.microsoftonline.us/'

const issued = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })
const refused = z.object({ error: z.string() })

/** An app for one organisation asks there; what names another login names its organisation too. */
export function loginOf(endpoint: string, tenantId: string | undefined): string {
  const prefix = [PUBLIC_LOGIN, GOVERNMENT_LOGIN].find((each) => endpoint.toLowerCase().startsWith(each))
  return (prefix === undefined || tenantId === undefined ? endpoint : `${prefix}${tenantId}`).replace(/\/+$/, '')
}

export class Credentials extends ServiceClientCredentialsFactory {
  readonly #own: TeamsCredentials | undefined
  readonly #now: () => number
  #token: { value: string; until: number } | undefined
  #asking: Promise<string> | undefined

  /** @param own absent where nothing is signed */
  constructor(own: TeamsCredentials | undefined, now: () => number = Date.now) {
    super()
    this.#own = own
    this.#now = now
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return this.#own !== undefined && appId === this.#own.appId
  }

  /** Only where that was asked for, not where something was left out. */
  override async isAuthenticationDisabled(): Promise<boolean> {
    return this.#own === undefined
  }

  override async createCredentials(_appId: string, audience: string | undefined, login: string): Promise<ServiceClientCredentials> {
    return {
      signRequest: async (request) => {
        if (this.#own !== undefined) request.headers.set('authorization', `Bearer ${await this.#valid(audience ?? '', login, this.#own)}`)
        return request
      },
    }
  }

  /** It was refused: the next call asks for another one. */
  forget(): void {
    this.#token = undefined
  }

  async #valid(audience: string, login: string, own: TeamsCredentials): Promise<string> {
    if (this.#token !== undefined && this.#token.until > this.#now()) return this.#token.value
    this.#asking ??= this.#ask(audience, login, own).finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #ask(audience: string, login: string, { appId, password, tenantId }: TeamsCredentials): Promise<string> {
    const scope = audience.endsWith('/.default') ? audience : `${audience}/.default`
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: appId, client_secret: password, scope })
    const answer = await post(`${loginOf(login, tenantId)}/oauth2/v2.0/token`, body)
    const token = issued.safeParse(answer).data
    if (token === undefined) throw new DeliveryError('later', `the login gave no token: ${refused.safeParse(answer).data?.error ?? 'unknown answer'}`)
    const lasts = token.expires_in * 1000
    this.#token = { value: token.access_token, until: this.#now() + Math.max(lasts / 2, lasts - MARGIN_MS) }
    return token.access_token
  }
}

async function post(url: string, body: URLSearchParams): Promise<unknown> {
  try {
    const response = await fetch(url, { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return await response.json()
  } catch (error) {
    throw new DeliveryError('later', `the login can’t be reached: ${messageOf(error)}`, { cause: error })
  }
}
