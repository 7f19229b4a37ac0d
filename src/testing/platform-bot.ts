/** All of Cairn beside a server that stands for a platform: the service as it is started by people. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type App, startApp } from '../app.ts'
import { loadConfig } from '../config.ts'

export interface PlatformBot<Server> {
  server: Server
  app: App
  directory: string
  /** Everything that was logged, as JSON lines. */
  log(): string
  /** Stops Cairn and starts it anew over the same database. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface PlatformBotParts<Server> {
  /** Is closed with the bot. */
  server: Server
  /** Read anew at each start. */
  settings(): Readonly<Record<string, string>>
  /** Tells the server where Cairn is. */
  direct(appUrl: string): void
}

export async function startPlatformBot<Server extends { close(): Promise<void> }>(parts: PlatformBotParts<Server>): Promise<PlatformBot<Server>> {
  const { server, settings, direct } = parts
  const directory = await mkdtemp(join(tmpdir(), 'cairn-bot-'))
  const logged: string[] = []
  const log = pino({ level: settings().LOG_LEVEL ?? 'info' }, { write: (line: string) => void logged.push(line) })
  const start = async () => {
    const app = await startApp(loadConfig({ PORT: '0', CAIRN_DATA_DIR: directory, ...settings() }), log)
    direct(app.url)
    return app
  }
  const removeAll = () => rm(directory, { recursive: true, force: true })
  const giveUp = async (error: unknown): Promise<never> => {
    await server.close()
    await removeAll()
    throw error
  }
  let app = await start().catch(giveUp)
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
    },
    async close() {
      await app.stop()
      await server.close()
      await removeAll()
    },
  }
}
