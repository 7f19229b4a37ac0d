/** Microsoft's login: where an app changes its password for a token to speak with, and where the keys of channel tokens are described. */
import { randomBytes } from 'node:crypto'
import { ISSUER } from './channel-tokens.ts'
import { fault, type Wire, type World } from './world.ts'

const SCOPE = 'https://api.botframework.com/.default'
/** Besides the app's own: the organisation that tokens of apps for many organisations come from. */
const SHARED_TENANT = 'botframework.com'

export interface Answer {
  status: number
  body: Wire
}

/** Client credentials, as a form. */
export function issueToken(world: World, tenant: string, contentType: string | undefined, body: Buffer): Answer {
  const refuse = (status: number, error: string, why: string): Answer => {
    fault(world, 'token', why)
    return { status, body: { error, error_description: why, error_codes: [], timestamp: new Date().toISOString() } }
  }
  const { appId, password, tenantId } = world.app
  if (tenant !== tenantId && tenant !== SHARED_TENANT) return refuse(400, 'invalid_request', `there is no tenant ${tenant}`)
  if (!contentType?.startsWith('application/x-www-form-urlencoded')) return refuse(400, 'invalid_request', `the body is ${contentType}, not a form`)
  const form = new URLSearchParams(body.toString())
  if (form.get('grant_type') !== 'client_credentials') return refuse(400, 'unsupported_grant_type', `grant_type is ${form.get('grant_type')}`)
  if (form.get('client_id') !== appId) return refuse(400, 'unauthorized_client', `there is no application ${form.get('client_id')}`)
  if (form.get('client_secret') !== password) return refuse(401, 'invalid_client', 'the secret is not the app’s')
  if (form.get('scope') !== SCOPE) return refuse(400, 'invalid_scope', `scope is ${form.get('scope')}, not ${SCOPE}`)
  const token = randomBytes(48).toString('base64url')
  world.tokens.set(token, { expiresAt: Date.now() + world.times.tokenMs, revoked: false })
  const seconds = Math.ceil(world.times.tokenMs / 1000)
  return { status: 200, body: { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token } }
}

export function openIdMetadata(keysUrl: string): Wire {
  return {
    issuer: ISSUER,
    authorization_endpoint: 'https://invalid.botframework.com',
    jwks_uri: keysUrl,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  }
}
