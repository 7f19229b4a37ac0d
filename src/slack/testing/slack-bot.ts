/** All of Cairn in a Slack of its own: the service as it is started by people, and the server that stands for Slack. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type App, startApp } from '../../app.ts'
import { loadConfig } from '../../config.ts'
import { type SlackServer, type SlackServerOptions, startSlackServer } from './slack-server.ts'

export interface SlackBot {
  server: SlackServer
  app: App
  directory: string
  /** Everything that was logged, as JSON lines. */
  log(): string
  /** Stops Cairn and starts it anew over the same database. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface SlackBotOptions extends SlackServerOptions {
  /** Read anew at each start. */
  env?: Readonly<Record<string, string>>
  /** For many workspaces, each of which installs the app. */
  oauth?: boolean
}

const MANIFEST = new URL('../../../manifest.json', import.meta.url)

/** The app has in Slack what its manifest asks for, and nothing else. */
export async function startSlackBot({ env = {}, mode = 'socket', oauth = false, ...options }: SlackBotOptions = {}): Promise<SlackBot> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-slack-'))
  const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'))
  const server = await startSlackServer({ manifest, mode, ...options })
  const logged: string[] = []
  const log = pino({ level: env.LOG_LEVEL ?? 'info' }, { write: (line: string) => void logged.push(line) })
  const start = () => startApp(loadConfig({ PORT: '0', CAIRN_DATA_DIR: directory, ...settingsFor(server, mode, { oauth }), ...env }), log)
  const removeAll = () => rm(directory, { recursive: true, force: true })
  const giveUp = async (error: unknown): Promise<never> => {
    await server.close()
    await removeAll()
    throw error
  }
  let app = await start().catch(giveUp)
  const direct = () => server.setRequestUrl(`${app.url}/slack/events`)
  direct()
  return {
    server,
    get app() {
      return app
    },
    directory,
    log: () => logged.join(''),
    async restart() {
      await app.stop()
      app = await start()
      direct()
    },
    async close() {
      await app.stop()
      await server.close()
      await removeAll()
    },
  }
}

export function settingsFor(server: SlackServer, mode: 'socket' | 'http', { oauth = false } = {}): Record<string, string> {
  return {
    SLACK_API_URL: server.apiUrl,
    ...(oauth ? { SLACK_CLIENT_ID: server.clientId, SLACK_CLIENT_SECRET: server.clientSecret } : { SLACK_BOT_TOKEN: server.botToken() }),
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: server.appToken } : { SLACK_SIGNING_SECRET: server.signingSecret }),
  }
}
