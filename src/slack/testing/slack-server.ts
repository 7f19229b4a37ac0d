/** A strict Slack on loopback, with people who use it: the Web API, Socket Mode, signed HTTP and OAuth, so that the real Bolt and web client run in tests. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInjectedFailures } from '../../testing/injected-failures.ts'
import { type Truthy, until } from '../../testing/until.ts'
import { type AppOptions, appSettings } from './app-settings.ts'
import { createDeliveries, type Deliveries, type Delivery, type EnvelopeKind } from './deliveries.ts'
import { createEmitter } from './events.ts'
import { createHttpTransport, type PostOptions } from './http-transport.ts'
import { createIds } from './ids.ts'
import { browse, type Consent } from './installing.ts'
import { createPerson, type Person } from './person.ts'
import { createRateLimits } from './rate-limits.ts'
import { createReaders, type Readers } from './readers.ts'
import { createResponseUrls } from './response-urls.ts'
import { handle } from './routes.ts'
import { createWorkspace, DEFAULT_WORKSPACES, type WorkspaceSeed } from './seed.ts'
import { createSocketTransport } from './socket-transport.ts'
import type { Answering, FailureKind, ReceivedCall } from './web-api/answer-call.ts'
import { botToken, type Grant, uninstall } from './web-api/install.ts'
import { createMethods } from './web-api/methods.ts'
import { changed, createChanges, type Fault, type Times, type Wire, type Workspace, type World, workspaceOf } from './world.ts'

export interface SlackServerOptions extends AppOptions {
  /** How events and presses reach the app. */
  mode?: 'socket' | 'http'
  /** For `http`: the app's `/slack/events`; `setRequestUrl` says it later. */
  requestUrl?: string
  workspaces?: readonly WorkspaceSeed[]
  /** Slack's rate limits count. */
  limits?: boolean
  times?: Partial<Times>
  /** How often people try again what their client says has failed. */
  patience?: number
  /** What an injected 429 tells the app to wait. */
  retryAfterS?: number
}

export interface SlackServer extends Readers {
  /** For `slackApiUrl`. */
  apiUrl: string
  /** For `installerOptions.authorizationUrl`. */
  authorizationUrl: string
  appToken: string
  /** Of a workspace where the app is installed, the latest. */
  botToken(team?: string): string
  clientId: string
  clientSecret: string
  signingSecret: string
  appId: string
  botUser(team?: string): string
  world: World

  user(id: string, team?: string): Person
  /** The app becomes a member of a channel. */
  inviteBot(channel: string): void
  removeBot(channel: string): void
  archive(channel: string): void

  /** Every call of the Web API, in order. */
  calls: readonly ReceivedCall[]
  faults: Fault[]
  /** What a well-behaved app would not have done, one line each. */
  nothingWrong(): string[]
  usedScopes: ReadonlySet<string>
  usedMethods(): string[]
  /** Everything sent to the app, with how long it took to acknowledge it. */
  deliveries: readonly Delivery[]
  /** Milliseconds, sorted. */
  ackTimes(): number[]

  failEvery(n: number, kinds?: readonly FailureKind[]): void
  failNext(method: string, kind: FailureKind): void
  /** Every answer of the Web API comes so much later. */
  delay(ms: number | ((method: string) => number)): void
  redeliver(delivery: Delivery): ReturnType<Deliveries['redeliver']>
  redeliverEvery(n: number): void
  /** A payload of one's own making, over whichever way the app is reached. @throws NotTaken */
  send: Deliveries['interaction']
  /** Resolves when nothing is on its way to the app. */
  settled(): Promise<void>

  /** Socket Mode. */
  readonly connections: number
  readonly connectionsOpened: number
  dropSockets(): void
  /** @returns what ends it */
  dropEvery(ms: number): () => void
  disconnect(reason?: 'warning' | 'refresh_requested' | 'link_disabled'): void

  /** HTTP. */
  setRequestUrl(url: string): void
  verifyUrl(): Promise<void>
  /** A request of one's own, which may be wrong. */
  post(kind: EnvelopeKind, payload: Wire, options?: PostOptions): Promise<Response>

  /** Somebody goes to the app's install page and agrees, or not; Slack sends them on to `/slack/oauth_redirect` of the same app unless told otherwise. */
  install(installUrl: string, consent: Consent): Promise<{ status: number; url: string; text: string }>
  uninstall(team?: string): void
  /** Without a word to the app. */
  revokeTokens(team?: string): void

  /** The first truthy answer; asked again whenever something changes. @throws Error when time is up */
  until<T>(check: () => T | Promise<T>, ms?: number): Promise<Truthy<T>>
  close(): Promise<void>
}

const TIMES: Times = { triggerMs: 3_000, ackMs: 3_000, retryDelaysMs: [0, 500, 2_000], responseUrlMs: 30 * 60_000, streamMs: 5 * 60_000 }

export async function startSlackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const { mode = 'socket', workspaces = DEFAULT_WORKSPACES, limits = false, patience = 0, retryAfterS = 1 } = options
  const app = appSettings(options)
  const world: World = {
    app,
    ids: createIds(),
    times: { ...TIMES, ...options.times },
    workspaces: new Map(workspaces.map((seed) => [seed.id, createWorkspace(seed, app)])),
    tokens: new Map(),
    triggers: new Map(),
    faults: [],
    usedScopes: new Set(),
    changes: createChanges(),
    emit: () => {},
  }
  const appToken = `xapp-1-${app.id}-tests`
  world.tokens.set(appToken, { token: appToken, kind: 'app', scopes: new Set(['connections:write']), revoked: false })
  for (const { id, installed = true } of workspaces) if (installed) botToken(world, workspaceOf(world, id), app.scopes)

  let baseUrl = ''
  let delayOf: (method: string) => number = () => 0
  let consent: Consent | undefined
  const dropping = new Set<NodeJS.Timeout>()
  const grants = new Map<string, Grant>()
  const calls: ReceivedCall[] = []
  const sockets = createSocketTransport(world)
  const http = createHttpTransport(world, options.requestUrl)
  const deliveries = createDeliveries(mode === 'socket' ? sockets : http, world.ids, world.times)
  world.emit = createEmitter(world, deliveries)
  const responseUrls = createResponseUrls(world, () => baseUrl)
  const failures = createInjectedFailures<string, FailureKind>(['429', '500'])
  const socketUrl = () => `${baseUrl.replace('http', 'ws')}/link/?ticket=${sockets.ticket()}&app_id=${app.id}`
  const answering: Answering = {
    world,
    methods: createMethods({ grants, socketUrl, uploadUrl: (id) => `${baseUrl}/upload/v1/${id}` }),
    calls,
    failures,
    limits: limits ? createRateLimits() : undefined,
    retryAfterS,
    delayMs: (method) => delayOf(method),
  }
  const people = new Map<string, Person>()
  const readers = createReaders(world)

  const server = createServer((request, response) => handle(request, response, { world, answering, responseUrls, grants, consent: () => consent }))
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const [firstTeam = ''] = world.workspaces.keys()
  const teamOf = (user: string) => [...world.workspaces.values()].find(({ users }) => users.has(user))?.id ?? firstTeam
  const changeChannel = (
    id: string,
    change: (channel: Workspace['channels'] extends Map<string, infer Channel> ? Channel : never, workspace: Workspace) => void,
  ) => {
    for (const workspace of world.workspaces.values()) {
      const channel = workspace.channels.get(id)
      if (channel !== undefined) change(channel, workspace)
    }
    changed(world)
  }

  return {
    ...readers,
    // A spread would take what they are now.
    get prompts() {
      return readers.prompts
    },
    get statuses() {
      return readers.statuses
    },
    get files() {
      return readers.files
    },
    apiUrl: `${baseUrl}/api/`,
    authorizationUrl: `${baseUrl}/oauth/v2/authorize`,
    appToken,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    signingSecret: app.signingSecret,
    appId: app.id,
    world,
    botToken(team = firstTeam) {
      const token = [...world.tokens.values()].findLast((each) => each.team === team && !each.revoked)
      if (token === undefined) throw new Error(`the app is not installed in ${team}`)
      return token.token
    },
    botUser: (team = firstTeam) => workspaceOf(world, team).bot.user,
    user(id, team = teamOf(id)) {
      const key = `${team} ${id}`
      const person = people.get(key) ?? createPerson(id, team, { world, deliveries, responseUrls, patience })
      people.set(key, person)
      return person
    },
    inviteBot: (id) =>
      changeChannel(id, (channel, { id: team, bot }) => {
        channel.members.add(bot.user)
        world.emit(team, { type: 'member_joined_channel', user: bot.user, channel: id, channel_type: 'C', team, event_ts: world.ids.ts() })
      }),
    removeBot: (id) => changeChannel(id, (channel, { bot }) => void channel.members.delete(bot.user)),
    archive: (id) =>
      changeChannel(id, (channel) => {
        channel.archived = true
      }),
    calls,
    faults: world.faults,
    nothingWrong: () => world.faults.map(({ where, what }) => `${where}: ${what}`),
    usedScopes: world.usedScopes,
    usedMethods: () => [...new Set(calls.map(({ method }) => method))].sort(),
    deliveries: deliveries.sent,
    ackTimes: () => deliveries.sent.flatMap(({ attempts }) => attempts.flatMap(({ ackMs }) => ackMs ?? [])).sort((a, b) => a - b),
    failEvery: failures.failEvery,
    failNext: failures.failNext,
    delay(ms) {
      delayOf = typeof ms === 'number' ? () => ms : ms
    },
    redeliver: deliveries.redeliver,
    redeliverEvery: deliveries.redeliverEvery,
    send: deliveries.interaction,
    settled: deliveries.settled,
    get connections() {
      return sockets.connected
    },
    get connectionsOpened() {
      return sockets.opened
    },
    dropSockets: sockets.drop,
    dropEvery(ms) {
      const timer = setInterval(sockets.drop, ms)
      dropping.add(timer)
      return () => clearInterval(timer)
    },
    disconnect: (reason = 'refresh_requested') => sockets.disconnect(reason),
    setRequestUrl: http.setRequestUrl,
    verifyUrl: http.verifyUrl,
    post: http.post,
    async install(installUrl, agreed) {
      consent = { redirectUrl: new URL('/slack/oauth_redirect', installUrl).href, ...agreed }
      try {
        return await browse(installUrl)
      } finally {
        consent = undefined
      }
    },
    uninstall: (team = firstTeam) => uninstall(world, workspaceOf(world, team)),
    revokeTokens(team = firstTeam) {
      for (const token of world.tokens.values()) if (token.team === team) token.revoked = true
    },
    until: (check, ms) => until(world, check, ms),
    async close() {
      for (const timer of dropping) clearInterval(timer)
      deliveries.close()
      await sockets.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
