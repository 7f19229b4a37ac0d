/** Where the app is installed: one workspace by a token in the settings, or many by OAuth, their tokens sealed in the database. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Authorize, AuthorizeResult, Logger } from '@slack/bolt'
import {
  AuthorizationError,
  type CallbackOptions,
  type Installation,
  InstallProvider,
  InvalidStateError,
  MissingCodeError,
  MissingStateError,
} from '@slack/oauth'
import { WebAPIPlatformError, type WebClient, type WebClientOptions } from '@slack/web-api'
import type { InstallationStore } from '../chat/chat-store.ts'
import { DeliveryError } from '../chat/exchange.ts'
import type { ManyWorkspaces, OneWorkspace } from '../config.ts'
import { UserError } from '../shared/errors.ts'
import type { SecretBox } from '../shared/secret-box.ts'
import { installationIdOf } from './tenant.ts'

export interface Installed {
  id: string
  botToken: string
  botId?: string
  botUserId?: string
}

export interface Installations {
  /** @throws DeliveryError (gone) where the app is not, or no longer, installed */
  find(id: string): Promise<Installed>
  authorize: Authorize<boolean>
  /** Uninstalled, or its tokens revoked. */
  remove(id: string): Promise<void>
  /** Before the first event. @throws UserError when the token is refused */
  check(): Promise<void>
  /** Pages to install the app from, and for Slack to come back to. */
  pages?: { install: Page; callback: Page }
}

type Page = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Runs for each event; another process may have installed or removed in between. */
const CACHE_MS = 30_000
const PLATFORM = 'slack'

export function oneWorkspace({ botToken }: OneWorkspace, client: WebClient): Installations {
  let asked: Promise<AuthorizeResult & Installed> | undefined
  const who = () => {
    asked ??= whoAmI(client, botToken).catch((error: unknown) => {
      asked = undefined
      throw error
    })
    return asked
  }
  return {
    find: async () => who(),
    authorize: () => who(),
    async remove() {
      // A token that was revoked is refused from now on; there is nothing of it in the database.
      asked = undefined
    },
    async check() {
      try {
        await who()
      } catch (error) {
        if (error instanceof WebAPIPlatformError)
          throw new UserError(`Slack refuses SLACK_BOT_TOKEN (${error.data.error}): copy the bot token from the app's "Install App" page`, { cause: error })
        throw error
      }
    },
  }
}

async function whoAmI(client: WebClient, botToken: string): Promise<AuthorizeResult & Installed> {
  const { team_id, enterprise_id, user_id, bot_id, is_enterprise_install } = await client.auth.test({ token: botToken })
  const ids = { ...(team_id === undefined ? {} : { teamId: team_id }), ...(enterprise_id === undefined ? {} : { enterpriseId: enterprise_id }) }
  const bot = { ...(bot_id === undefined ? {} : { botId: bot_id }), ...(user_id === undefined ? {} : { botUserId: user_id }) }
  const id = installationIdOf({ ...ids, isEnterpriseInstall: is_enterprise_install === true }) ?? ''
  return { id, botToken, ...bot, ...ids }
}

export interface ManyDeps {
  store: InstallationStore
  box: SecretBox
  now(): Date
  scopes: readonly string[]
  clientOptions: WebClientOptions
  logger: Logger
  /** Another server than Slack's. */
  authorizationUrl?: string
  onRemoved(id: string): void
}

export function manyWorkspaces(
  settings: ManyWorkspaces,
  { store, box, now, scopes, clientOptions, logger, authorizationUrl, onRemoved }: ManyDeps,
): Installations {
  const cached = new Map<string, { at: number; installation: Promise<Installation | undefined> }>()

  const read = async (id: string): Promise<Installation | undefined> => {
    const sealed = await store.installation(PLATFORM, id)
    return sealed === undefined ? undefined : (JSON.parse(box.open(sealed, purposeOf(id))) as Installation)
  }
  const load = (id: string): Promise<Installation | undefined> => {
    const known = cached.get(id)
    if (known !== undefined && now().getTime() - known.at < CACHE_MS) return known.installation
    const installation = read(id)
    cached.set(id, { at: now().getTime(), installation })
    installation.catch(() => cached.delete(id))
    return installation
  }
  const find = async (id: string): Promise<{ installation: Installation; installed: Installed }> => {
    const installation = await load(id)
    const bot = installation?.bot
    if (installation === undefined || bot === undefined) throw new DeliveryError('gone', `the app is not installed in ${id}`)
    return { installation, installed: { id, botToken: bot.token, botId: bot.id, botUserId: bot.userId } }
  }
  const remove = async (id: string): Promise<void> => {
    await store.removeInstallation(PLATFORM, id)
    cached.delete(id)
    onRemoved(id)
  }
  const provider = new InstallProvider({
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    stateSecret: settings.stateSecret,
    clientOptions,
    logger,
    ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
    installationStore: {
      async storeInstallation(installation) {
        const id = installationIdOf(idsOf(installation)) as string
        await store.saveInstallation(PLATFORM, id, box.seal(JSON.stringify(installation), purposeOf(id)), now().toISOString())
        cached.delete(id)
        onRemoved(id)
      },
      fetchInstallation: async (query) => (await find(installationIdOf(query) as string)).installation as never,
      deleteInstallation: async (query) => remove(installationIdOf(query) as string),
    },
  })
  return {
    find: async (id) => (await find(id)).installed,
    async authorize(source) {
      const id = installationIdOf(source)
      if (id === undefined) throw new DeliveryError('gone', 'an event without a workspace')
      const { installation, installed } = await find(id)
      return { ...installed, ...idsOf(installation), ...(source.teamId === undefined ? {} : { teamId: source.teamId }) } as AuthorizeResult
    },
    remove,
    /** What a former key sealed is sealed anew, so that the key can be taken away. */
    async check() {
      for (const { id, sealed, at } of await store.installations(PLATFORM)) {
        if (box.isOld(sealed)) await store.saveInstallation(PLATFORM, id, box.seal(box.open(sealed, purposeOf(id)), purposeOf(id)), at)
      }
    },
    pages: {
      install: (request, response) => provider.handleInstallPath(request, response, {}, { scopes: [...scopes] }),
      callback: (request, response) => provider.handleCallback(request, response, { failure: sayWhyNot }),
    },
  }
}

const SAID_NO = 'The app was not installed. To install it after all, open the installation page again.'
const NOT_BEGUN_HERE = 'This address belongs to an installation that was not begun here, or too long ago: open the installation page again.'
const FAILED = 'The installation failed on our side. Try again.'

const sayWhyNot: NonNullable<CallbackOptions['failure']> = (error, _options, _request, response) => {
  const isForeign = error instanceof MissingStateError || error instanceof InvalidStateError || error instanceof MissingCodeError
  const [status, said] = error instanceof AuthorizationError ? [403, SAID_NO] : isForeign ? [400, NOT_BEGUN_HERE] : [500, FAILED]
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(said)
}

function purposeOf(id: string): string {
  return `${PLATFORM}/${id}`
}

function idsOf({ team, enterprise, isEnterpriseInstall }: Installation): { teamId?: string; enterpriseId?: string; isEnterpriseInstall: boolean } {
  return {
    ...(team === undefined ? {} : { teamId: team.id }),
    ...(enterprise === undefined ? {} : { enterpriseId: enterprise.id }),
    isEnterpriseInstall: isEnterpriseInstall === true,
  }
}
