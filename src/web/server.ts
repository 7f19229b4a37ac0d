/** The HTTP surface: the page, its JSON routes and the health checks, as a Fastify instance that doesn't listen yet. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { type Assistant, LOCAL_ASKER } from '../answers/answer.ts'
import { SUGGESTIONS } from '../answers/suggestions.ts'
import type { Assessments } from '../assessments/create-assessments.ts'
import type { Corpus } from '../corpus/passage.ts'
import { registerAskRoute } from './ask-route.ts'
import { registerAssessRoutes } from './assess/assess-routes.ts'
import { viewModel, viewPassage } from './corpus-views.ts'
import type { WebDigests } from './digests/web-digests.ts'
import { registerFailures, sendFailure } from './failures.ts'
import { guardLocalAccess } from './guard.ts'
import { BARE_HEADERS, registerSecurityHeaders } from './security-headers.ts'
import { guardPublicPage, registerSignInRoutes } from './sign-in/sign-in-routes.ts'
import { personFromChat, type WebSignIn } from './sign-in/web-sign-in.ts'

const PAGE_DIRECTORY = fileURLToPath(new URL('page/', import.meta.url))

/** A client that takes longer to send its request is cut off; answers may take as long as they need. */
const REQUEST_TIMEOUT_MS = 30_000

export interface WebServerDeps {
  /** Functions, since these are swapped when a team's model files change. */
  assistant: () => Assistant
  corpus: () => Corpus
  assessments: () => Assessments
  digests: () => WebDigests
  /** Absent where Cairn is in no chat. */
  signIn?: WebSignIn
  ready: () => boolean
  log: FastifyBaseLogger
  /** What chat platforms send, below these paths: untouched, since they sign what they send, and whatever name it comes by. */
  platforms?: readonly PlatformRoute[]
  /** Host names, without port, under which the page may be opened besides the loopback names; `*` for any. */
  allowedHosts?: readonly string[]
}

export interface PlatformRoute {
  /** `/slack/*` */
  path: string
  handle(request: IncomingMessage, response: ServerResponse): void
}

export function createWebServer(deps: WebServerDeps): FastifyInstance {
  const app = Fastify({
    loggerInstance: deps.log,
    // Fastify's own request log holds whole URLs, and people paste questions into those.
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Short enough to be read out: it is the reference in "failed on our side".
    genReqId: () => randomBytes(4).toString('hex'),
    frameworkErrors: (error, request, reply) => void sendFailure(error, request, reply.headers(BARE_HEADERS)),
  })
  registerSecurityHeaders(app)
  registerFailures(app)
  logResponses(app)
  registerHealth(app, deps)
  for (const route of deps.platforms ?? []) app.register(async (scope) => registerPlatform(scope, route))
  app.register(async (scope) => {
    const { publicUrl } = deps.signIn ?? {}
    guardLocalAccess(scope, [...(deps.allowedHosts ?? []), ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])])
    // A form or text body can be posted across sites without asking; JSON can't.
    scope.removeContentTypeParser('text/plain')
    registerPage(scope)
    scope.register(async (api) => registerApi(api, deps))
  })
  return app
}

function registerPlatform(scope: FastifyInstance, { path, handle }: PlatformRoute): void {
  scope.removeAllContentTypeParsers()
  // The body is left in the stream for whoever checks its signature.
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
  scope.route({
    method: ['GET', 'POST'],
    url: path,
    handler: (request, reply) => {
      reply.hijack()
      handle(request.raw, reply.raw)
    },
  })
}

function logResponses(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
}

function registerHealth(app: FastifyInstance, { ready }: WebServerDeps): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return ready() ? { status: 'ready' } : reply.code(503).send({ status: 'starting' })
  })
}

function registerPage(scope: FastifyInstance): void {
  scope.register(staticFiles, {
    root: PAGE_DIRECTORY,
    // One route a file: nothing outside this list can be asked for.
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  })
}

function registerApi(api: FastifyInstance, { assistant, corpus, assessments, digests, ready, signIn }: WebServerDeps): void {
  api.addHook('preHandler', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (!ready()) return reply.code(503).header('retry-after', '2').send({ error: 'Cairn is still starting: try again in a few seconds.' })
  })
  if (signIn !== undefined) {
    guardPublicPage(api, signIn)
    registerSignInRoutes(api, signIn)
  }
  const asker = async (request: FastifyRequest) => (signIn && (await personFromChat(request, signIn))) ?? LOCAL_ASKER
  registerAskRoute(api, { assistant, corpus, asker })
  registerAssessRoutes(api, { assessments, corpus, digests, ...(signIn === undefined ? {} : { signIn }) })
  api.get('/api/suggestions', async () => ({ suggestions: SUGGESTIONS.map(({ question }) => question) }))
  api.get('/api/models', async () => {
    const now = corpus()
    return { models: [...now.models, ...now.documents].map((model) => viewModel(model, now)) }
  })
  api.get<{ Params: { '*': string } }>('/api/passages/*', async (request, reply) => {
    const now = corpus()
    const passage = now.passage(request.params['*'])
    if (passage === undefined) return reply.code(404).send({ error: 'There is no such passage: find it under "Browse the models".' })
    return viewPassage(passage, now)
  })
}
