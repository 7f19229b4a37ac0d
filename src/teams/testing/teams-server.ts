/** A strict Microsoft on loopback, with people who use Teams: the connector, the login and its keys, so that the real botbuilder runs in tests with authentication on. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInjectedFailures } from '../../testing/injected-failures.ts'
import { type Truthy, until } from '../../testing/until.ts'
import type { Answering, FailureKind, ReceivedCall } from './connector/answer-call.ts'
import type { Operation } from './connector/refusal.ts'
import { createDeliveries, type Deliveries, type Delivery } from './deliveries.ts'
import { createRefreshing, type Executing } from './executing.ts'
import { createIds, guidOf } from './ids.ts'
import { createPerson, type Person } from './person.ts'
import { createReaders, type Readers } from './readers.ts'
import { handle } from './routes.ts'
import { createTenant, DEFAULT_TENANTS, type TenantSeed } from './seed.ts'
import { createThrottling } from './throttling.ts'
import { changed, conversationNamed, createChanges, type Fault, type Times, type World } from './world.ts'

export interface TeamsServerOptions {
  tenants?: readonly TenantSeed[]
  /** The app's `/api/messages`; `setMessagingEndpoint` says it later. */
  messagingEndpoint?: string
  botName?: string
  /** Teams' rate limits count. */
  limits?: boolean
  times?: Partial<Times>
  /** What an injected 429 tells the app to wait. */
  retryAfterS?: number
}

export interface TeamsServer extends Readers {
  /** What the app must be told, as environment variables by botbuilder's names: its registration, and where Microsoft is. */
  settings: Readonly<Record<string, string>>
  appId: string
  /** `28:…` */
  botId: string
  botName: string
  world: World
  /** Where the connector of an organisation is, as activities say it. */
  serviceUrl(tenant?: string): string
  /** The id of an organisation. */
  tenantId(tenant?: string): string
  /** The id of a conversation. */
  conversationId(key: string): string
  /** The id of the team that a channel is in. */
  teamId(key: string): string

  user(key: string, tenant?: string): Person
  /** The conversation is no more: 404 from now on. */
  tombstone(conversation: string): void

  /** Every call of the connector, in order. */
  calls: readonly ReceivedCall[]
  faults: Fault[]
  /** What a well-behaved app would not have done, one line each. */
  nothingWrong(): string[]
  /** Everything sent to the app, with how long it took to answer. */
  deliveries: readonly Delivery[]
  /** Milliseconds, sorted. */
  ackTimes(): number[]

  failEvery(n: number, kinds?: readonly FailureKind[]): void
  failNext(operation: Operation, kind: FailureKind): void
  /** Every answer of the connector comes so much later. */
  delay(ms: number | ((operation: Operation) => number)): void
  /** The app's tokens are worth nothing any more. */
  revokeTokens(): void
  redeliver: Deliveries['redeliver']
  redeliverEvery(n: number): void
  setMessagingEndpoint(url: string): void
  /** A request to the app of one's own, which may be wrong: token, body. */
  post: Deliveries['post']
  /** Resolves when nothing is on its way to the app. */
  settled(): Promise<void>

  /** The first truthy answer; asked again whenever something changes. @throws Error when time is up */
  until<T>(check: () => T | Promise<T>, ms?: number): Promise<Truthy<T>>
  close(): Promise<void>
}

const TIMES: Times = { ackMs: 15_000, retryDelaysMs: [500, 2_000, 5_000], streamMs: 120_000, streamPaceMs: 1_000, tokenMs: 3_600_000 }

export async function startTeamsServer(options: TeamsServerOptions = {}): Promise<TeamsServer> {
  const { tenants = DEFAULT_TENANTS, limits = false, retryAfterS = 1, botName = 'Cairn' } = options
  // botbuilder keeps tokens by app, and keys by address, for the whole process: no two servers may share either.
  const appId = randomUUID()
  const secretPath = randomUUID()
  const world: World = {
    app: { appId, password: `password ${secretPath}`, tenantId: guidOf('tenant of the app'), botId: `28:${appId}`, botName },
    ids: createIds(),
    times: { ...TIMES, ...options.times },
    tenants: new Map(),
    teams: new Map(),
    conversations: new Map(),
    attachments: new Map(),
    tokens: new Map(),
    typing: [],
    notices: [],
    faults: [],
    changes: createChanges(),
    emit: () => {},
    shown: () => {},
  }
  let delayOf: (operation: Operation) => number = () => 0
  const calls: ReceivedCall[] = []
  const failures = createInjectedFailures<Operation, FailureKind>(['429', '502'])
  const answering: Answering = {
    world,
    calls,
    failures,
    throttling: limits ? createThrottling() : undefined,
    retryAfterS,
    streaming: new Set(),
    delayMs: (operation) => delayOf(operation),
  }
  const deliveries = createDeliveries(world, options.messagingEndpoint)
  const executing: Executing = { world, deliveries }
  world.emit = deliveries.event
  world.shown = createRefreshing(executing)

  const server = createServer((request, response) => handle(request, response, { world, answering, secretPath, baseUrl: () => baseUrl }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const seed of tenants) {
    const { tenant, teams, conversations } = createTenant(seed, baseUrl)
    world.tenants.set(tenant.id, tenant)
    for (const team of teams) world.teams.set(team.id, team)
    for (const conversation of conversations) world.conversations.set(conversation.id, conversation)
  }

  const metadataUrl = `${baseUrl}/${secretPath}/v1/.well-known/openidconfiguration`
  const people = new Map<string, Person>()
  const tenantOf = (key?: string) => {
    const found = [...world.tenants.values()].find((tenant) => key === undefined || tenant.key === key)
    if (found === undefined) throw new Error(`there is no organisation ${key}`)
    return found
  }
  function user(key: string, tenantKey?: string): Person {
    const tenant = tenantKey === undefined ? ([...world.tenants.values()].find(({ users }) => users.has(key)) ?? tenantOf()) : tenantOf(tenantKey)
    const named = tenant.users.get(key)
    if (named === undefined) throw new Error(`there is no ${key} in ${tenant.key}`)
    const person = people.get(named.id) ?? createPerson(named, executing)
    people.set(named.id, person)
    return person
  }

  return {
    ...createReaders(world, (key, tenant) => user(key, tenant).personal),
    settings: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: world.app.password,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: world.app.tenantId,
      ToChannelFromBotLoginUrl: `${baseUrl}/login/${world.app.tenantId}`,
      ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
    },
    appId,
    botId: world.app.botId,
    botName,
    world,
    serviceUrl: (key) => tenantOf(key).serviceUrl,
    tenantId: (key) => tenantOf(key).id,
    conversationId: (key) => conversationNamed(world, key).id,
    teamId: (key) => conversationNamed(world, key).team ?? '',
    user,
    tombstone(name) {
      conversationNamed(world, name).gone = true
      changed(world)
    },
    calls,
    faults: world.faults,
    nothingWrong: () => world.faults.map(({ where, what }) => `${where}: ${what}`),
    deliveries: deliveries.sent,
    ackTimes: () => deliveries.sent.flatMap(({ attempts }) => attempts.flatMap(({ ackMs }) => ackMs ?? [])).sort((a, b) => a - b),
    failEvery: failures.failEvery,
    failNext: failures.failNext,
    delay(ms) {
      delayOf = typeof ms === 'number' ? () => ms : ms
    },
    revokeTokens() {
      for (const token of world.tokens.values()) token.revoked = true
    },
    redeliver: deliveries.redeliver,
    redeliverEvery: deliveries.redeliverEvery,
    setMessagingEndpoint: deliveries.setMessagingEndpoint,
    post: deliveries.post,
    settled: deliveries.settled,
    until: (check, ms) => until(world, check, ms),
    async close() {
      deliveries.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
