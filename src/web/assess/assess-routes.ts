/** The routes of assessments: who somebody is, what they may see, and every step that the page takes. */
import type { FastifyInstance } from 'fastify'
import { type DigestRouteDeps, registerDigestRoutes } from '../digests/digest-routes.ts'
import { Refusal } from './access.ts'
import { registerActionRoutes } from './action-routes.ts'
import { registerPeopleRoutes } from './people-routes.ts'
import { registerPictureRoutes } from './picture-routes.ts'
import { registerResultRoutes } from './result-routes.ts'
import { registerRoundRoutes } from './round-routes.ts'
import { registerRunRoutes } from './run-routes.ts'

export function registerAssessRoutes(scope: FastifyInstance, deps: DigestRouteDeps): void {
  scope.register(async (api) => {
    const failed = api.errorHandler
    api.setErrorHandler((error, request, reply) => {
      if (error instanceof Refusal) return reply.code(error.statusCode).send({ error: error.message })
      return failed(error as Parameters<typeof failed>[0], request, reply)
    })
    registerPeopleRoutes(api, deps)
    registerRunRoutes(api, deps)
    registerRoundRoutes(api, deps)
    registerResultRoutes(api, deps)
    registerActionRoutes(api, deps)
    registerPictureRoutes(api, deps)
    registerDigestRoutes(api, deps)
  })
}
