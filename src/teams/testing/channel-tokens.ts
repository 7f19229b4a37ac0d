/** The tokens by which an app knows that Microsoft is speaking, the keys to check them with, and tokens that are wrong in every way that matters. */
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { Wire } from './world.ts'

/** What is wrong with it; `right`: nothing. */
export type TokenKind =
  | 'right'
  | 'none'
  | 'garbage'
  | 'basic'
  | 'unsigned'
  | 'alg-none'
  | 'hs256'
  | 'wrong-key'
  | 'unknown-kid'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-audience'
  | 'wrong-issuer'
  | 'other-service-url'
  | 'no-service-url'
  | 'not-endorsed'

export const WRONG_TOKENS: readonly Exclude<TokenKind, 'right'>[] = [
  'none',
  'garbage',
  'basic',
  'unsigned',
  'alg-none',
  'hs256',
  'wrong-key',
  'unknown-kid',
  'expired',
  'not-yet-valid',
  'wrong-audience',
  'wrong-issuer',
  'other-service-url',
  'no-service-url',
  'not-endorsed',
]

export const ISSUER = 'https://api.botframework.com'
const VALID_S = 3600

/** Made once: it takes a while. */
let keys: Record<'endorsed' | 'other' | 'foreign', KeyObject> | undefined

function keyPairs(): Record<'endorsed' | 'other' | 'foreign', KeyObject> {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  keys ??= { endorsed: pair(), other: pair(), foreign: pair() }
  return keys
}

/** One key for Teams, and one that only other channels may use. */
export function publicKeys(): Wire {
  const { endorsed, other } = keyPairs()
  const published = (key: KeyObject, kid: string, endorsements: string[]) => ({
    ...createPublicKey(key).export({ format: 'jwk' }),
    kid,
    use: 'sig',
    alg: 'RS256',
    endorsements,
  })
  return { keys: [published(endorsed, 'teams', ['msteams']), published(other, 'webchat', ['webchat'])] }
}

/** The `authorization` header, if there is one. */
export function authorizationOf(kind: TokenKind, { appId, serviceUrl }: { appId: string; serviceUrl: string }): string | undefined {
  if (kind === 'none') return undefined
  if (kind === 'garbage') return 'Bearer garbage'
  if (kind === 'basic') return `Basic ${Buffer.from(`${appId}:password`).toString('base64')}`
  const { endorsed, other, foreign } = keyPairs()
  const now = Math.floor(Date.now() / 1000)
  const right = { serviceurl: serviceUrl, nbf: now - 60, exp: now + VALID_S, iss: ISSUER, aud: appId }
  const { serviceurl: _serviceUrl, ...withoutServiceUrl } = right
  const wrong: Partial<Record<TokenKind, Wire>> = {
    expired: { ...right, nbf: now - 3 * VALID_S, exp: now - 2 * VALID_S },
    'not-yet-valid': { ...right, nbf: now + VALID_S, exp: now + 2 * VALID_S },
    'wrong-audience': { ...right, aud: randomUUID() },
    'wrong-issuer': { ...right, iss: 'https://issuer.example' },
    'other-service-url': { ...right, serviceurl: 'https://smba.example/emea/' },
    'no-service-url': withoutServiceUrl,
  }
  const alg = kind === 'alg-none' ? 'none' : kind === 'hs256' ? 'HS256' : 'RS256'
  const kid = kind === 'unknown-kid' ? 'nobody' : kind === 'not-endorsed' ? 'webchat' : 'teams'
  const content = `${encoded({ alg, typ: 'JWT', kid })}.${encoded(wrong[kind] ?? right)}`
  if (kind === 'unsigned' || kind === 'alg-none') return `Bearer ${content}.`
  // The old trick: the public key as the secret of a symmetric algorithm.
  const pem = createPublicKey(endorsed).export({ type: 'spki', format: 'pem' })
  if (kind === 'hs256') return `Bearer ${content}.${createHmac('sha256', pem).update(content).digest('base64url')}`
  const key = kind === 'wrong-key' ? foreign : kind === 'not-endorsed' ? other : endorsed
  return `Bearer ${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`
}

function encoded(part: Wire): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
