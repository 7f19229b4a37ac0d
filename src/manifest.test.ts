import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as z from 'zod'

/** Slack's documented limits of an app manifest. */
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
    app_home: z.strictObject({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.literal(true), messages_tab_read_only_enabled: z.literal(false) }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.array(
      z.strictObject({ command: z.string().startsWith('/').max(32), description: z.string(), usage_hint: z.string(), should_escape: z.boolean() }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.boolean() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.boolean(),
  }),
})

it('the Slack manifest is in form and within Slack’s limits', () => {
  const manifest = slackManifest.parse(JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8')))
  expect(manifest.features.slash_commands.map((each) => each.command)).toEqual(['/maturity'])
})
