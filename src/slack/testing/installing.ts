/** Slack's page on which somebody allows an app into their workspace, and the browser that they do it with. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Grant } from './web-api/install.ts'
import { fault, type World } from './world.ts'

/** Who agrees next: the page has no other way to know who looks at it. */
export interface Consent {
  user: string
  team: string
  /** Where the app's settings say that people go afterwards. */
  redirectUrl?: string
  /** They say no. */
  refuses?: boolean
}

/** The redirect that follows consent. */
export function authorize(request: IncomingMessage, response: ServerResponse, world: World, grants: Map<string, Grant>, consent: Consent | undefined): void {
  const asked = new URL(request.url ?? '/', 'http://localhost').searchParams
  const refuse = (why: string) => {
    fault(world, 'oauth/v2/authorize', why)
    response.writeHead(400, { 'content-type': 'text/plain' }).end(why)
  }
  const scopes = (asked.get('scope') ?? '').split(',').filter((scope) => scope !== '')
  const named = asked.get('redirect_uri')
  if (consent === undefined) return void refuse('nobody is looking at the page')
  if (asked.get('client_id') !== world.app.clientId) return void refuse('invalid_client_id')
  if (scopes.length === 0) return void refuse('no scopes are asked for')
  const unknown = scopes.filter((scope) => !world.app.scopes.includes(scope))
  if (unknown.length > 0) return void refuse(`invalid_scope: ${unknown.join(', ')} are not in the manifest`)
  if (named !== null && !named.startsWith(consent.redirectUrl ?? '')) return void refuse(`redirect_uri ${named} does not begin with ${consent.redirectUrl}`)
  const target = new URL(named ?? consent.redirectUrl ?? '')
  const state = asked.get('state')
  if (state !== null) target.searchParams.set('state', state)
  if (consent.refuses === true) target.searchParams.set('error', 'access_denied')
  else {
    const code = world.ids.next('code-').toLowerCase()
    grants.set(code, { team: consent.team, user: consent.user, scopes, used: false, ...(named === null ? {} : { redirectUri: named }) })
    target.searchParams.set('code', code)
  }
  response.writeHead(302, { location: target.toString() }).end()
}

/** Follows the app's install page through consent to the page that the app shows in the end. */
export async function browse(installUrl: string): Promise<{ status: number; url: string; text: string }> {
  const cookies = new Map<string, string>()
  let url = installUrl
  for (let steps = 0; steps < 10; steps++) {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    const text = await response.text()
    // An install page that does not redirect has the button instead.
    const next = location ?? /href="([^"]*oauth\/v2\/authorize[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    if (next === undefined) return { status: response.status, url, text }
    url = new URL(next, url).toString()
  }
  throw new Error(`${installUrl} redirects for ever`)
}
