/** All of Cairn in a Teams of its own: the service as it is started by people, and the server that stands for Microsoft. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type App, startApp } from '../../app.ts'
import { loadConfig } from '../../config.ts'
import { startTeamsServer, type TeamsServer, type TeamsServerOptions } from './teams-server.ts'

export interface TeamsBot {
  server: TeamsServer
  app: App
  directory: string
  /** Everything that was logged, as JSON lines. */
  log(): string
  /** Stops Cairn and starts it anew over the same database. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface TeamsBotOptions extends TeamsServerOptions {
  /** Read anew at each start. */
  env?: Readonly<Record<string, string>>
}

export async function startTeamsBot({ env = {}, ...options }: TeamsBotOptions = {}): Promise<TeamsBot> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-teams-'))
  const server = await startTeamsServer(options)
  const logged: string[] = []
  const log = pino({ level: env.LOG_LEVEL ?? 'info' }, { write: (line: string) => void logged.push(line) })
  const start = () => startApp(loadConfig({ PORT: '0', CAIRN_DATA_DIR: directory, ...server.settings, ...env }), log)
  const removeAll = () => rm(directory, { recursive: true, force: true })
  const giveUp = async (error: unknown): Promise<never> => {
    await server.close()
    await removeAll()
    throw error
  }
  let app = await start().catch(giveUp)
  const direct = () => server.setMessagingEndpoint(`${app.url}/api/messages`)
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
