import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ListenerDeps } from './slack/listeners/listener-deps.ts'
import { registerListeners } from './slack/listeners/register-listeners.ts'
import { BOT_SCOPES } from './slack/scopes.ts'

/** Slack's documented limits of an app manifest: https://docs.slack.dev/reference/app-manifest */
const slackManifest = z.strictObject({
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[\da-f]{6}$/),
  }),
  features: z.strictObject({
    agent_view: z.strictObject({
      agent_description: z.string().max(300),
      suggested_prompts: z.array(z.strictObject({ title: z.string(), message: z.string() })).max(4),
    }),
    app_home: z.strictObject({ home_tab_enabled: z.literal(true), messages_tab_enabled: z.literal(true), messages_tab_read_only_enabled: z.literal(false) }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().startsWith('/').max(32),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.literal(false),
      }),
    ),
    shortcuts: z.array(
      z.strictObject({ name: z.string().max(24), type: z.enum(['message', 'global']), callback_id: z.string().max(255), description: z.string().max(150) }),
    ),
  }),
  oauth_config: z.strictObject({ redirect_urls: z.array(z.url()), scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.boolean(),
  }),
})

const manifest = slackManifest.parse(JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8')))

/** The scopes of a method that we call, and of an event that we listen to, from their pages on docs.slack.dev. */
const SCOPES_OF: Readonly<Record<string, readonly string[]>> = {
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'auth.test': [],
  'chat.appendStream': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  filesUploadV2: ['files:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
}
const SCOPES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  agent_session_stopped: ['assistant:write'],
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  assistant_thread_started: ['assistant:write'],
  'message.im': ['im:history'],
  tokens_revoked: [],
}

const SLACK = join(import.meta.dirname, 'slack')
const sources = readdirSync(SLACK, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'))
  .map((file) => readFileSync(join(SLACK, file), 'utf8'))

/** What the code asks Bolt for, by kind. */
function listenedTo(): Record<'event' | 'command' | 'shortcut' | 'action' | 'view', unknown[]> {
  const heard: ReturnType<typeof listenedTo> = { event: [], command: [], shortcut: [], action: [], view: [] }
  const app = Object.fromEntries(Object.entries(heard).map(([kind, names]) => [kind, (name: unknown) => void names.push(name)]))
  registerListeners(app as unknown as App, {} as ListenerDeps)
  return heard
}

describe('the Slack manifest', () => {
  const heard = listenedTo()

  it('asks for each event that is listened to, and no other', () => {
    const events = heard.event.map((event) => (event === 'message' ? 'message.im' : event))
    expect(events.length).toBeGreaterThan(5)
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(events.toSorted())
  })

  it('has each command and shortcut that is listened to, and no other', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(heard.command)
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(
      heard.shortcut.map((shortcut) => (shortcut as { callback_id: string }).callback_id),
    )
    expect([heard.action.length, heard.view.length]).toEqual([1, 1])
  })

  it('asks for the scopes of what is called and listened to, and no other', () => {
    const called = [
      ...new Set(
        sources.flatMap((source) => [...source.matchAll(/\bclient\.((?:[a-z]\w*\.){1,2}[a-z]\w*|filesUploadV2)\(/g)].map((match) => match[1] as string)),
      ),
    ]
    expect(called).toContain('chat.postMessage')
    expect(called.filter((method) => !(method in SCOPES_OF))).toEqual([])
    expect(heard.event.filter((event) => event !== 'message' && !((event as string) in SCOPES_OF_EVENTS))).toEqual([])
    const needed = new Set([...called.flatMap((method) => SCOPES_OF[method] ?? []), ...Object.values(SCOPES_OF_EVENTS).flat(), 'commands'])
    expect(manifest.oauth_config.scopes.bot).toEqual([...needed].sort())
    expect(manifest.oauth_config.scopes.bot).toEqual(BOT_SCOPES)
  })

  it('and README say why each scope is needed', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    expect(manifest.oauth_config.scopes.bot.filter((scope) => !readme.includes(`\`${scope}\``))).toEqual([])
  })
})
