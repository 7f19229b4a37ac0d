/** The page runs nothing and loads nothing but its own files: these headers make the browser hold us to it. */
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

const SELF = ["'self'"]
const NONE = ["'none'"]

/** For addresses so broken that Fastify answers before any hook runs. */
export const BARE_HEADERS = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'x-content-type-options': 'nosniff' }

export function registerSecurityHeaders(app: FastifyInstance): void {
  app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NONE,
        scriptSrc: SELF,
        styleSrc: SELF,
        connectSrc: SELF,
        imgSrc: SELF,
        fontSrc: SELF,
        baseUri: NONE,
        formAction: NONE,
        frameAncestors: NONE,
        // The page builds its nodes one by one; turning a string into markup or script is an error.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: NONE,
      },
    },
    // Served as http on loopback; whoever puts TLS in front sets HSTS there.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()')
  })
}
