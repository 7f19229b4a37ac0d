/**
 * Microsoft's local Teams client as a process of its own, on loopback and without telemetry:
 * https://github.com/OfficeDev/microsoft-365-agents-playground
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

export interface LocalClient {
  /** Its page. */
  url: string
  stop(): Promise<void>
}

const PACKAGE = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json')
const LOOPBACK_ONLY = pathToFileURL(join(import.meta.dirname, 'loopback-only.ts')).href
const STARTS_WITHIN_MS = 30_000
const LOOK_MS = 100

/**
 * @param endpoint where the bot takes activities
 * @param directory for what it writes
 * @throws Error with what it said when it does not start
 */
export async function startLocalClient(endpoint: string, directory: string): Promise<LocalClient> {
  // It is told its own address, so the port has to be known before.
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const options = ['--app-endpoint', endpoint, '--channel-id', 'msteams', '--port', String(port), '--service-url', `${url}/_connector`, '--disable-telemetry']
  const child = spawn(process.execPath, ['--import', LOOPBACK_ONLY, join(dirname(PACKAGE), 'cli.js'), 'start', ...options], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: join(import.meta.dirname, 'local-client.yml'),
      M365_AGENTS_PLAYGROUND_LOGFILE: join(directory, 'local-client.txt'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const ended = once(child, 'close')
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const until = Date.now() + STARTS_WITHIN_MS
  while (!(await answers(url))) {
    if (child.exitCode === null && Date.now() < until) {
      await after(LOOK_MS)
      continue
    }
    await stop()
    throw new Error(`Microsoft's local client did not start:\n${said}`)
  }
  return { url, stop }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/_debug/ping`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
