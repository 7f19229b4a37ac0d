/** Installing and uninstalling: `oauth.v2.access`, `apps.*`. */
import { z } from 'zod'
import { changed, type Token, type Wire, type Workspace, type World, workspaceOf } from '../world.ts'
import { type Method, method, wrong } from './method.ts'

const EXPIRES_S = 12 * 60 * 60

/** What a person agreed to on Slack's page. */
export interface Grant {
  team: string
  user: string
  scopes: readonly string[]
  redirectUri?: string
  used: boolean
}

export interface Installing {
  grants: Map<string, Grant>
  /** Where sockets connect. */
  socketUrl(): string
}

export function botToken(world: World, workspace: Workspace, scopes: readonly string[], rotates = world.app.tokenRotation): Token {
  const token: Token = {
    token: `${rotates ? 'xoxe.' : ''}xoxb-${workspace.id}-${world.ids.next('t').toLowerCase()}`,
    kind: 'bot',
    team: workspace.id,
    scopes: new Set(scopes),
    revoked: false,
    ...(rotates ? { expiresAt: Date.now() + EXPIRES_S * 1000, refreshToken: `xoxe-1-${world.ids.next('r').toLowerCase()}` } : {}),
  }
  world.tokens.set(token.token, token)
  return token
}

/** The app is gone from the workspace: its tokens are worth nothing, and Slack says so. */
export function uninstall(world: World, workspace: Workspace): void {
  for (const token of world.tokens.values()) if (token.team === workspace.id) token.revoked = true
  changed(world)
  world.emit(workspace.id, { type: 'tokens_revoked', tokens: { oauth: [], bot: [workspace.bot.user] } })
  world.emit(workspace.id, { type: 'app_uninstalled' })
}

export function installMethods({ grants, socketUrl }: Installing): Record<string, Method> {
  const access = method({
    auth: 'none',
    tier: 'special',
    args: z.strictObject({
      client_id: z.string(),
      client_secret: z.string(),
      code: z.string().optional(),
      redirect_uri: z.string().optional(),
      grant_type: z.enum(['authorization_code', 'refresh_token']).optional(),
      refresh_token: z.string().optional(),
    }),
    run({ world }, { client_id, client_secret, code, redirect_uri: redirectUri, refresh_token: refresh }) {
      checkClient(world, client_id, client_secret)
      if (refresh !== undefined) return refreshed(world, refresh)
      const grant = grants.get(code ?? '')
      if (grant === undefined) throw wrong('invalid_code', `no code ${code}`)
      if (grant.used) throw wrong('code_already_used', `code ${code} was used before`)
      if (grant.redirectUri !== redirectUri) throw wrong('bad_redirect_uri', `${redirectUri} is not ${grant.redirectUri}`)
      grant.used = true
      const workspace = workspaceOf(world, grant.team)
      const token = botToken(world, workspace, grant.scopes)
      changed(world)
      return granted(world, workspace, token, { authed_user: { id: grant.user } })
    },
  })
  const open = method({
    auth: 'app',
    scopes: ['connections:write'],
    tier: 1,
    args: z.strictObject({}),
    run: () => ({ url: socketUrl() }),
  })
  const remove = method({
    tier: 1,
    args: z.strictObject({ client_id: z.string(), client_secret: z.string() }),
    run({ world, workspace }, { client_id, client_secret }) {
      checkClient(world, client_id, client_secret)
      uninstall(world, workspace)
      return {}
    },
  })
  return { 'oauth.v2.access': access, 'apps.connections.open': open, 'apps.uninstall': remove }
}

function checkClient({ app }: World, id: string, secret: string): void {
  if (id !== app.clientId) throw wrong('invalid_client_id', `no app has the client id ${id}`)
  if (secret !== app.clientSecret) throw wrong('bad_client_secret', 'the client secret is another one')
}

/** A refresh token works once. Two at a time are a mistake that costs the installation. */
function refreshed(world: World, refresh: string): Wire {
  const old = [...world.tokens.values()].find(({ refreshToken }) => refreshToken === refresh)
  if (old?.team === undefined || old.revoked) throw wrong('invalid_refresh_token', 'no token has this refresh token')
  delete old.refreshToken
  const workspace = workspaceOf(world, old.team)
  return granted(world, workspace, botToken(world, workspace, [...old.scopes], true))
}

function granted(world: World, { id, name, bot }: Workspace, { token, scopes, refreshToken }: Token, more: Wire = {}): Wire {
  return {
    app_id: world.app.id,
    token_type: 'bot',
    access_token: token,
    scope: [...scopes].join(','),
    bot_user_id: bot.user,
    team: { id, name },
    enterprise: null,
    is_enterprise_install: false,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, expires_in: EXPIRES_S }),
    ...more,
  }
}
