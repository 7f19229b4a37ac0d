/** The web server on the real corpus, engine and store, with browsers that each are another person. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { type Assessments, createAssessments } from '../../assessments/create-assessments.ts'
import { createCrosswalk } from '../../crosswalk/crosswalk.ts'
import { loadCrosswalk } from '../../crosswalk/load-crosswalk.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { createWebServer } from '../server.ts'

export interface AssessServer {
  app: FastifyInstance
  engine: TestEngine
  store: Store
  assessments: Assessments
  /** Moves with the tests. */
  clock: { now: Date }
  close(): Promise<void>
}

export async function createAssessServer(now = new Date()): Promise<AssessServer> {
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
  const app = createWebServer({
    assistant: () => engine.assistant,
    corpus: () => engine.corpus,
    assessments: () => assessments,
    digests: () => ({
      store: store.digests,
      chats: store.chat,
      placeName: async (_tenant, place) => (place.startsWith('C') ? `#${place.slice(1)}` : undefined),
      now: () => clock.now,
    }),
    ready: () => true,
    log: pino({ level: 'silent' }),
  })
  const close = async () => {
    await app.close()
    await store.close()
    await engine.close()
  }
  return { app, engine, store, assessments, clock, close }
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
export function createClient(app: FastifyInstance): Client {
  let cookie = ''
  const send = async (method: 'GET' | 'POST', url: string, body?: object, headers: Record<string, string> = {}): Promise<Received> => {
    const payload = body === undefined && method === 'GET' ? {} : { payload: body ?? {} }
    const response = await app.inject({ method, url, headers: { host: 'localhost:3000', ...(cookie === '' ? {} : { cookie }), ...headers }, ...payload })
    const set = response.headers['set-cookie']
    if (typeof set === 'string') cookie = set.split(';')[0] as string
    const isJson = String(response.headers['content-type']).includes('application/json')
    return { status: response.statusCode, headers: response.headers, body: response.body, json: isJson ? response.json() : undefined }
  }
  return { get: (url) => send('GET', url), post: (url, body, headers) => send('POST', url, body, headers) }
}
