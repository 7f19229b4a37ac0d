/** Cairn in Microsoft Teams: botbuilder behind an inbox that takes each activity once, for one organisation or many. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger as Pino } from 'pino'
import type { ChatStore, ConversationStore, InboxStore } from '../chat/chat-store.ts'
import type { Chat } from '../chat/create-chat.ts'
import type { Directory, Messenger } from '../chat/exchange.ts'
import { createInbox } from '../chat/inbox.ts'
import type { TeamsConfig } from '../config.ts'
import type { ActivityDeps } from './activities/activity-deps.ts'
import { dealWithActivity } from './activities/deal-with-activity.ts'
import { createAuthentication, isPublicCloud } from './authentication.ts'
import { createConnectors } from './connectors.ts'
import { createConversations } from './conversations.ts'
import { createDirectory } from './directory.ts'
import { keepEntities } from './entity-fix.ts'
import { createMessenger } from './messenger.ts'
import { createPace } from './pace.ts'
import { createReceiver } from './receiver.ts'
import { createRoster } from './roster.ts'
import { createStreams } from './streams.ts'

export interface Teams {
  readonly messenger: Messenger
  readonly directory: Directory
  /** For the one HTTP server: `/api/messages`. */
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Deals with what comes, and with what was left when the last process ended. */
  start(chat: Chat): void
  /** What is being dealt with is finished, for a little while. */
  stop(): Promise<void>
}

export interface TeamsDeps {
  config: TeamsConfig
  store: { chat: ChatStore; inbox: InboxStore; conversations: ConversationStore }
  newId(): string
  now(): Date
  log: Pino
}

export function createTeams({ config, store, newId, now, log }: TeamsDeps): Teams {
  const isLocal = config.credentials === undefined
  if (isLocal) log.warn('TEAMS_LOCAL: Teams is open to every program on this machine, without authentication. Never run it like this for people.')
  keepEntities()
  const authentication = createAuthentication(config)
  const connectors = createConnectors(authentication)
  const roster = createRoster({ connectors, store: store.conversations })
  const pace = createPace()
  const conversations = createConversations({ store: store.conversations, connectors, roster, pace, now, log })
  const directory = createDirectory({ connectors, roster, store: store.conversations, admins: config.admins })
  const messenger = createMessenger({ connectors, conversations, directory, pace, outbox: store.chat, now, isPublicCloud: isPublicCloud(config) })
  const exchangeParts = { messenger, directory, outbox: store.chat, streams: createStreams(), now, log }
  const inbox = createInbox({ platform: 'teams', store: store.inbox, newId, now, log })
  const receiver = createReceiver({ authentication: authentication.inner, isLocal, inbox, log })

  return {
    messenger,
    directory,
    handle: receiver.handle,
    start(chat) {
      const deps: ActivityDeps = { chat, conversations, exchangeParts }
      receiver.start((dealing) => dealWithActivity(dealing, deps))
    },
    stop: () => inbox.stop(),
  }
}
