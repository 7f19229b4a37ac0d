/** Cairn in Slack: Bolt behind an inbox that takes each event once, over a socket or signed HTTP, for one workspace or many. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import type { Logger as Pino } from 'pino'
import type { ChatStore, InboxStore, InstallationStore } from '../chat/chat-store.ts'
import type { Chat } from '../chat/create-chat.ts'
import type { Directory, Messenger } from '../chat/exchange.ts'
import { createInbox } from '../chat/inbox.ts'
import type { SlackConfig } from '../config.ts'
import { messageOf, UserError } from '../shared/errors.ts'
import { createSecretBox } from '../shared/secret-box.ts'
import { boltLog } from './bolt-log.ts'
import { createDirectory } from './directory.ts'
import { type Installations, manyWorkspaces, oneWorkspace } from './installations.ts'
import { registerListeners } from './listeners/register-listeners.ts'
import { createMessenger } from './messenger.ts'
import { createPace } from './pace.ts'
import { onceOnly } from './receiver.ts'
import { BOT_SCOPES } from './scopes.ts'
import { createStreams } from './streams.ts'
import { clientOptionsOf, createWorkspaces } from './workspace.ts'

export interface Slack {
  readonly messenger: Messenger
  readonly directory: Directory
  /** For the one HTTP server: what is below `/slack/`. */
  handle(request: IncomingMessage, response: ServerResponse): void
  /**
   * Listens. Where Slack can't be reached, it goes on trying.
   * @throws UserError when Slack refuses a token
   */
  start(chat: Chat): Promise<void>
  /** What is being dealt with is finished, for a little while. */
  stop(): Promise<void>
}

export interface SlackDeps {
  config: SlackConfig
  store: { chat: ChatStore; inbox: InboxStore; installations: InstallationStore }
  newId(): string
  now(): Date
  log: Pino
}

const EVENTS_PATH = '/slack/events'
const INSTALL_PATH = '/slack/install'
const CALLBACK_PATH = '/slack/oauth_redirect'
const RECONNECT_MS = 5_000
/** How long a ping may stay without an answer; a socket that broke is opened anew after as long. */
const PING_MS = 3_000

export function createSlack({ config, store, newId, now, log }: SlackDeps): Slack {
  const logger = boltLog(log)
  const clientOptions = clientOptionsOf(config.apiUrl, logger)
  const installations = openInstallations()
  const workspaces = createWorkspaces(installations, clientOptions)
  const messenger = createMessenger({ workspaces, pace: createPace(), log })
  const directory = createDirectory(workspaces)
  const exchangeParts = { workspaces, messenger, outbox: store.chat, streams: createStreams(), now, log }
  const http = config.appToken === undefined ? new HTTPReceiver({ signingSecret: config.signingSecret ?? '', endpoints: EVENTS_PATH, logger }) : undefined
  const inner: Receiver =
    http ?? new SocketModeReceiver({ appToken: config.appToken ?? '', logger, clientPingTimeout: PING_MS, installerOptions: { clientOptions } })
  const receiver = onceOnly(inner, createInbox({ platform: 'slack', store: store.inbox, newId, now, log }), now)
  let stopping = false

  function openInstallations(): Installations {
    if (config.workspaces.kind === 'one') return oneWorkspace(config.workspaces, new WebClient(undefined, clientOptions))
    return manyWorkspaces(config.workspaces, {
      store: store.installations,
      box: createSecretBox(config.workspaces.secretKeys),
      now,
      scopes: BOT_SCOPES,
      clientOptions,
      logger,
      ...(config.apiUrl === undefined ? {} : { authorizationUrl: new URL('/oauth/v2/authorize', config.apiUrl).href }),
      onRemoved: (id) => workspaces.forget(id),
    })
  }

  /** Slack's trouble passes; a token that is refused stays refused. */
  const connect = async (): Promise<void> => {
    try {
      await installations.check()
      if (http === undefined) await inner.start()
    } catch (error) {
      if (error instanceof UserError) throw error
      if (/invalid_auth|not_authed|not_allowed_token_type|token_revoked|account_inactive/.test(messageOf(error)))
        throw new UserError('Slack refuses SLACK_APP_TOKEN: create one with the scope connections:write on the app\'s "Basic Information" page', {
          cause: error,
        })
      log.warn({ error: messageOf(error) }, 'Slack can’t be reached; trying again')
      setTimeout(
        () => void (stopping || connect().catch((again: unknown) => log.error({ error: messageOf(again) }, 'Slack can’t be used'))),
        RECONNECT_MS,
      ).unref()
    }
  }

  return {
    messenger,
    directory,

    handle(request, response) {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname
      const page =
        request.method === 'GET' && path === INSTALL_PATH ? installations.pages?.install : path === CALLBACK_PATH ? installations.pages?.callback : undefined
      if (page !== undefined) {
        page(request, response).catch((error: unknown) => {
          log.error({ error: messageOf(error) }, 'the installation failed')
          if (!response.headersSent) response.writeHead(500).end('The installation failed on our side. Try again.')
        })
        return
      }
      if (http !== undefined && request.method === 'POST' && path === EVENTS_PATH) return http.requestListener(request, response)
      response.writeHead(404).end()
    },

    async start(chat) {
      const app = new App({
        receiver,
        authorize: installations.authorize,
        logger,
        clientOptions: { ...clientOptions },
        convoStore: false,
        deferInitialization: true,
      })
      registerListeners(app, { chat, workspaces, exchangeParts, uninstalled: (id) => installations.remove(id) })
      // Whoever handed the event on decides whether it is tried again.
      app.error(async (error) => {
        throw originalOf(error)
      })
      await app.init()
      await connect()
    },

    async stop() {
      stopping = true
      await receiver.stop().catch((error: unknown) => log.warn({ error: messageOf(error) }, 'Slack’s connection did not close'))
    },
  }
}

/** Bolt wraps what listeners throw. */
function originalOf(error: Error & { original?: unknown; originals?: readonly Error[] }): unknown {
  return error.original ?? error.originals?.[0] ?? error
}
