/** What the app's manifest makes of it in Slack: which commands, shortcuts, events and scopes it has. Without a manifest it has all that the server knows. */
import { z } from 'zod'
import { EVERY_SCOPE } from './scopes.ts'

export interface AppSettings {
  id: string
  clientId: string
  clientSecret: string
  signingSecret: string
  verificationToken: string
  botName: string
  scopes: readonly string[]
  agent: 'agent_view' | 'assistant_view' | 'none'
  tokenRotation: boolean
  interactive: boolean
  hasCommand(command: string): boolean
  hasShortcut(callbackId: string): boolean
  /** Of the names that manifests use: `message.im`. */
  hasEvent(name: string): boolean
}

/** What of a manifest matters here. */
const manifestSchema = z.looseObject({
  features: z
    .looseObject({
      agent_view: z.looseObject({}).optional(),
      assistant_view: z.looseObject({}).optional(),
      bot_user: z.looseObject({ display_name: z.string() }).optional(),
      slash_commands: z.array(z.looseObject({ command: z.string() })).optional(),
      shortcuts: z.array(z.looseObject({ callback_id: z.string() })).optional(),
    })
    .optional(),
  oauth_config: z.looseObject({ scopes: z.looseObject({ bot: z.array(z.string()).optional() }).optional() }).optional(),
  settings: z
    .looseObject({
      event_subscriptions: z.looseObject({ bot_events: z.array(z.string()).optional() }).optional(),
      interactivity: z.looseObject({ is_enabled: z.boolean() }).optional(),
      token_rotation_enabled: z.boolean().optional(),
    })
    .optional(),
})

export interface AppOptions {
  /** As in `manifest.json`. Without it everything is allowed. */
  manifest?: unknown
  scopes?: readonly string[]
  agent?: AppSettings['agent']
  tokenRotation?: boolean
  signingSecret?: string
}

export function appSettings({ manifest, scopes, agent, tokenRotation, signingSecret = 'signing-secret-of-tests' }: AppOptions): AppSettings {
  const read = manifest === undefined ? undefined : manifestSchema.parse(manifest)
  const features = read?.features
  const has = (names: readonly string[] | undefined) => (name: string) => read === undefined || (names ?? []).includes(name)
  const view = features?.assistant_view === undefined ? 'none' : 'assistant_view'
  return {
    id: 'A1',
    clientId: '1.1',
    clientSecret: 'client-secret-of-tests',
    signingSecret,
    verificationToken: 'verification-token-of-tests',
    botName: features?.bot_user?.display_name ?? 'Cairn',
    scopes: scopes ?? (read === undefined ? EVERY_SCOPE : (read.oauth_config?.scopes?.bot ?? [])),
    agent: agent ?? (read === undefined || features?.agent_view !== undefined ? 'agent_view' : view),
    tokenRotation: tokenRotation ?? read?.settings?.token_rotation_enabled ?? false,
    interactive: read === undefined || read.settings?.interactivity?.is_enabled === true,
    hasCommand: has(features?.slash_commands?.map(({ command }) => command)),
    hasShortcut: has(features?.shortcuts?.map(({ callback_id }) => callback_id)),
    hasEvent: has(read?.settings?.event_subscriptions?.bot_events),
  }
}
