/** The web server on the real corpus, engine and store, with browsers that each are another person, also of a chat. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { type Assessments, createAssessments } from '../../assessments/create-assessments.ts'
import { knownPerson } from '../../chat/teams/known-person.ts'
import { createPageRules } from '../../chat/teams/page-rules.ts'
import { createTestPlatform, TENANT, type TestPlatform } from '../../chat/testing/test-platform.ts'
import { createCrosswalk } from '../../crosswalk/crosswalk.ts'
import { loadCrosswalk } from '../../crosswalk/load-crosswalk.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { createWebServer } from '../server.ts'
import { createSignIns } from '../sign-in/sign-ins.ts'

export interface AssessServer {
  app: FastifyInstance
  engine: TestEngine
  store: Store
  assessments: Assessments
  /** Moves with the tests. */
  clock: { now: Date }
  /** The chat that some come from. */
  platform: TestPlatform
  /** Somebody new in the chat, who is in these channels and has asked for the page. */
  arrive(name: string, channels?: readonly string[]): Promise<Arrival>
  /** Another link. */
  invite(person: string): Promise<string>
  close(): Promise<void>
}

export interface Arrival {
  person: string
  /** Of the link that was asked for. */
  code: string
}

export async function createAssessServer({ now = new Date(), publicUrl }: { now?: Date; publicUrl?: string } = {}): Promise<AssessServer> {
  const engine = await openBuiltInEngine()
  const store = await openStore('sqlite::memory:')
  const clock = { now }
  const assessments = createAssessments({
    store,
    corpus: () => engine.corpus,
    placer: () => engine.placer,
    assistant: () => engine.assistant,
    crosswalk: createCrosswalk(await loadCrosswalk()),
    now: () => clock.now,
    newId: randomUUID,
  })
  const platform = createTestPlatform()
  const directory = () => platform.directory
  const signIns = createSignIns({ store: store.signIns, now: () => clock.now })
  const app = createWebServer({
    assistant: () => engine.assistant,
    corpus: () => engine.corpus,
    assessments: () => assessments,
    digests: () => ({ store: store.digests, chats: store.chat, now: () => clock.now }),
    signIn: { signIns, rules: createPageRules({ assessments, store: store.chat, directory }), ...(publicUrl === undefined ? {} : { publicUrl }) },
    ready: () => true,
    log: pino({ level: 'silent' }),
  })
  const close = async () => {
    await app.close()
    await store.close()
    await engine.close()
  }
  const invite = (person: string) => signIns.invite({ tenant: TENANT, person })
  const arrive = async (name: string, channels: readonly string[] = []): Promise<Arrival> => {
    const person = `U${100 + platform.people.size}`
    platform.people.set(person, { id: person, name, timezone: 'Europe/Berlin', isAdmin: false, isBot: false })
    for (const channel of channels) {
      const place = platform.places.get(channel) ?? { name: `#${channel.slice(1)}`, members: [] }
      platform.places.set(channel, { ...place, members: [...place.members, person] })
    }
    await knownPerson({ tenant: TENANT, person }, { assessments, directory })
    return { person, code: await invite(person) }
  }
  return { app, engine, store, assessments, clock, platform, arrive, invite, close }
}

export interface Client {
  get(url: string): Promise<Received>
  post(url: string, body?: object, headers?: Record<string, string>): Promise<Received>
}

export interface Received {
  status: number
  headers: Record<string, unknown>
  body: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  json: any
}

/** Somebody at a browser of their own: it keeps its cookie. */
export function createClient(app: FastifyInstance, { host = 'localhost:3000' }: { host?: string } = {}): Client {
  let cookie = ''
  const send = async (method: 'GET' | 'POST', url: string, body?: object, headers: Record<string, string> = {}): Promise<Received> => {
    const payload = body === undefined && method === 'GET' ? {} : { payload: body ?? {} }
    const response = await app.inject({ method, url, headers: { host, ...(cookie === '' ? {} : { cookie }), ...headers }, ...payload })
    const set = response.headers['set-cookie']
    if (typeof set === 'string') cookie = set.split(';')[0] as string
    const isJson = String(response.headers['content-type']).includes('application/json')
    return { status: response.statusCode, headers: response.headers, body: response.body, json: isJson ? response.json() : undefined }
  }
  return { get: (url) => send('GET', url), post: (url, body, headers) => send('POST', url, body, headers) }
}
