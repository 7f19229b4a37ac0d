/** The running service: one HTTP server, one engine behind it, swapped when a team's model files or the imported documents change. */
import { randomUUID } from 'node:crypto'
import { watch } from 'node:fs'
import { type AddressInfo, isIP } from 'node:net'
import { type Logger, pino } from 'pino'
import { createAssessments } from './assessments/create-assessments.ts'
import { createChat } from './chat/create-chat.ts'
import type { Who } from './chat/exchange.ts'
import { createPageRules } from './chat/teams/page-rules.ts'
import type { Config } from './config.ts'
import { createCrosswalk } from './crosswalk/crosswalk.ts'
import { loadCrosswalk } from './crosswalk/load-crosswalk.ts'
import { prepareDataDirectory } from './data-directory.ts'
import type { DigestContent } from './digests/content/digest-content.ts'
import { createEmbedder, createEngine, type Engine } from './engine.ts'
import type { Generation } from './generation/openai-generation.ts'
import { importsDirectory } from './imports/import-store.ts'
import { codeOf, messageOf, UserError } from './shared/errors.ts'
import { isLoopback } from './shared/loopback.ts'
import type { Slack, SlackDeps } from './slack/create-slack.ts'
import { openStore } from './store/open-store.ts'
import type { Teams, TeamsDeps } from './teams/create-teams.ts'
import { createWebServer } from './web/server.ts'
import { entryAddress } from './web/sign-in/page-address.ts'
import { createSignIns } from './web/sign-in/sign-ins.ts'

export interface App {
  url: string
  /** Ends within seconds: open answers are finished, new requests refused. */
  stop(): Promise<void>
}

/** Editors write a file in several steps: what follows within this time is one change. */
const SETTLE_MS = 300

/** A round ends at most so long after its deadline; whoever looks at it after that sees it closed in any case. Reminders are looked for as often. */
const TICK_MS = 30_000

/** Browsers open connections ahead of need; one that never carries a request would hold up the stop. */
const CLOSE_LIMIT_MS = 3_000

/** @throws UserError when the port is taken, the data directory or the database can't be used, or the corpus can't be read */
export async function startApp(config: Config, log: Logger = pino({ level: config.logLevel })): Promise<App> {
  await prepareDataDirectory(config.dataDirectory)
  // Only what exists can be watched.
  const imports = importsDirectory(config.dataDirectory)
  await prepareDataDirectory(imports)
  const onNotice = (notice: string) => log.warn(notice)
  const store = await openStore(config.databaseUrl, { onNotice })
  const embedder = await createEmbedder(config)
  let engine: Engine | undefined
  const current = (): Engine => {
    if (engine === undefined) throw new Error('asked before the engine was ready')
    return engine
  }
  const assessments = createAssessments({
    store,
    corpus: () => current().corpus,
    placer: () => current().placer,
    assistant: () => current().assistant,
    crosswalk: createCrosswalk(await loadCrosswalk()),
    now: () => new Date(),
    newId: randomUUID,
  })
  const slack = config.slack === undefined ? undefined : await openSlack({ config: config.slack, store, newId: randomUUID, now: () => new Date(), log })
  const teams = config.teams === undefined ? undefined : await openTeams({ config: config.teams, store, newId: randomUUID, now: () => new Date(), log })
  /** Tenants begin with their platform. */
  const platformIn = (tenant: string) => (tenant.startsWith('teams:') ? teams : slack)
  const platformOf = (tenant: string) => platformNamed(platformIn(tenant))
  const signIns = createSignIns({ store: store.signIns, now: () => new Date() })
  const chat = createChat({
    assessments,
    assistant: () => current().assistant,
    corpus: () => current().corpus,
    store: store.chat,
    digests: store.digests,
    pageLink: async (who, team) => {
      const origin = config.publicUrl ?? (isLoopback(config.host) ? urlOf() : undefined)
      if (origin === undefined) return undefined
      return { url: entryAddress(origin, await signIns.invite(who), team), isLocal: isLoopback(new URL(origin).hostname) }
    },
    summarise: (content, tenant) => summariseBy(current().generation, content, tenant, onNotice),
    messenger: (tenant) => platformOf(tenant).messenger,
    directory: (tenant) => platformOf(tenant).directory,
    now: () => new Date(),
    newId: randomUUID,
    log,
    memoryDays: config.memoryDays,
  })
  const rules = createPageRules({ assessments, store: store.chat, directory: (tenant) => platformOf(tenant).directory })
  const signIn = {
    signIns,
    // A session may outlive the settings with which it began.
    rules: { ...rules, isThere: async (who: Who) => platformIn(who.tenant) !== undefined && rules.isThere(who) },
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
  }
  const server = createWebServer({
    assistant: () => current().assistant,
    assessments: () => assessments,
    digests: () => ({ store: store.digests, chats: store.chat, now: () => new Date() }),
    corpus: () => current().corpus,
    ...(slack === undefined && teams === undefined ? {} : { signIn }),
    ready: () => engine !== undefined,
    log,
    platforms: [
      ...(slack === undefined ? [] : [{ path: '/slack/*', handle: slack.handle }]),
      ...(teams === undefined ? [] : [{ path: '/api/messages', handle: teams.handle }]),
    ],
    ...reachableAs(config.host),
  })
  function urlOf(): string {
    const { port } = server.server.address() as AddressInfo
    return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  }
  const reload = async () => {
    engine = await createEngine({ config, embedder, usage: store.usage, onNotice })
    log.info({ passages: engine.corpus.passages.length, index: engine.index.from, embedded: engine.index.embedded }, 'ready')
  }
  const close = async () => {
    await Promise.all([slack?.stop(), teams?.stop(), withinLimit(chat.stop(), CLOSE_LIMIT_MS)])
    const limit = setTimeout(() => server.server.closeAllConnections(), CLOSE_LIMIT_MS)
    await server.close()
    clearTimeout(limit)
    await embedder.close()
    await store.close()
  }

  try {
    await listen(() => server.listen({ host: config.host, port: config.port }), config)
    await reload()
    teams?.start(chat)
    await slack?.start(chat)
  } catch (error) {
    await close()
    throw error
  }
  let stopping = false
  let reloading = Promise.resolve()
  const onChange = () => {
    // One after the other: a slow one must not overwrite what a later one has read.
    reloading = reloading
      .then(() => (stopping ? undefined : reload()))
      .catch((error: unknown) => {
        if (!stopping) log.warn(`the model files were not read again: ${messageOf(error)}`)
      })
  }
  const tick = async () => {
    try {
      const closed = await assessments.rounds.closeOverdue()
      if (closed.length > 0) log.info({ rounds: closed.length }, 'rounds closed by their deadline')
      if (slack !== undefined || teams !== undefined) await chat.tick()
    } catch (error) {
      if (!stopping) log.error({ error: messageOf(error) }, 'what is due was not done')
    }
  }
  void tick()
  const ticks = setInterval(() => void tick(), TICK_MS)
  const watchers = [config.modelsDirectory, imports].map((directory) => watchDirectory(directory, onChange))
  return {
    url: urlOf(),
    stop: async () => {
      stopping = true
      clearInterval(ticks)
      for (const stopWatching of watchers) stopWatching()
      await close()
      await reloading
      log.info('stopped')
    },
  }
}

/** Loaded only where it is wanted, like Teams. */
async function openSlack(deps: SlackDeps): Promise<Slack> {
  const { createSlack } = await import('./slack/create-slack.ts')
  return createSlack(deps)
}

/** Loaded only where it is wanted: botbuilder takes a second and 80 MB. */
async function openTeams(deps: TeamsDeps): Promise<Teams> {
  const { createTeams } = await import('./teams/create-teams.ts')
  return createTeams(deps)
}

/** One sentence of the chat model's, where there is one. */
async function summariseBy(
  generation: Generation | undefined,
  content: DigestContent,
  tenant: string,
  onNotice: (notice: string) => void,
): Promise<string | undefined> {
  if (generation === undefined) return undefined
  const [{ createSummaryWriter }, { summarise }] = await Promise.all([
    import('./digests/content/create-summary-writer.ts'),
    import('./digests/content/summarise.ts'),
  ])
  const { calls, names } = generation
  return summarise(content, tenant, createSummaryWriter({ calls, names, onNotice }))
}

/** What takes longer is taken up again by the next process. */
function withinLimit(work: Promise<void>, ms: number): Promise<void> {
  return Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, ms).unref())])
}

/** The chat is only asked by a platform that is there. */
function platformNamed<T>(platform: T | undefined): T {
  if (platform === undefined) throw new Error('no chat platform is set up')
  return platform
}

async function listen(start: () => Promise<unknown>, { host, port }: Config): Promise<void> {
  try {
    await start()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE') throw new UserError(`port ${port} on ${host} is taken: stop the program that uses it, or set PORT to another`, { cause: error })
    if (code === 'EACCES') throw new UserError(`port ${port} needs rights that this user lacks: set PORT to one above 1023`, { cause: error })
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new UserError(`this machine has no address ${host}: set HOST to one it has, for example 127.0.0.1`, { cause: error })
    throw error
  }
}

/** On a public address the page is opened by whatever name leads there. */
function reachableAs(host: string): { allowedHosts?: readonly string[] } {
  const loopback = host === 'localhost' || host === '::1' || host.startsWith('127.')
  if (loopback) return {}
  return isIP(host) === 0 ? { allowedHosts: [host] } : { allowedHosts: ['*'] }
}

/** A model file that is dropped in, or a document that is imported, can be asked about at once. */
function watchDirectory(directory: string | undefined, onChange: () => void): () => void {
  if (directory === undefined) return () => {}
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(directory, { recursive: true, persistent: false }, () => {
    clearTimeout(timer)
    timer = setTimeout(onChange, SETTLE_MS)
  })
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}
