/** The web server on the small corpus with the fake assistant, its log kept for reading. */
import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { createWebServer, type WebServerDeps } from '../server.ts'
import { createFakeAssistant, type FakeAssistant } from './fake-assistant.ts'
import { createSmallCorpus } from './small-corpus.ts'

export interface TestServer {
  app: FastifyInstance
  assistant: FakeAssistant
  /** Everything logged so far, one JSON object a line. */
  log(): string
}

export function createTestServer(options: Partial<Pick<WebServerDeps, 'ready' | 'allowedHosts'>> = {}): TestServer {
  const corpus = createSmallCorpus()
  const assistant = createFakeAssistant(corpus)
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const log = pino({ level: 'info' }, sink)
  const app = createWebServer({
    assistant: () => assistant,
    corpus: () => corpus,
    assessments: noAssessments,
    digests: noAssessments,
    ready: () => true,
    log,
    ...options,
  })
  return { app, assistant, log: () => lines.join('') }
}

/** They are tested with the real corpus: `testing/assess-server.ts`. */
export function noAssessments(): never {
  throw new Error('there are no assessments in this test')
}
