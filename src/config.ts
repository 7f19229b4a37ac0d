/** All settings, from the environment, checked at start. */
import { join } from 'node:path'
import * as z from 'zod'
import { UserError } from './shared/errors.ts'
import { isLoopback } from './shared/loopback.ts'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDirectory: string
  /** The origin under which people of the chats reach the web page; absent: on this machine only. */
  readonly publicUrl: string | undefined
  /** A team's own model files. */
  readonly modelsDirectory: string | undefined
  /** `sqlite:FILE` or `postgres://…`. */
  readonly databaseUrl: string
  /** Whether documents may be imported from addresses that are not public. */
  readonly importPrivateAddresses: boolean
  /** Absent: the embedded model. */
  readonly embeddings: RemoteModel | undefined
  /** Absent: answers are quoted. */
  readonly chat: (RemoteModel & { readonly budget: ChatBudget }) | undefined
  /** Absent: Cairn is not in Slack. */
  readonly slack: SlackConfig | undefined
  /** Absent: Cairn is not in Teams. */
  readonly teams: TeamsConfig | undefined
  /** How long questions and their answers are kept, in days. */
  readonly memoryDays: number
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/** A model of an OpenAI-compatible server. */
export interface RemoteModel {
  readonly model: string
  readonly apiKey: string | undefined
  readonly baseUrl: string | undefined
}

export interface SlackConfig {
  /** Socket Mode; absent: signed HTTP at `/slack/events`. */
  readonly appToken: string | undefined
  readonly signingSecret: string | undefined
  /** Absent for api.slack.com; ends with a slash. */
  readonly apiUrl: string | undefined
  readonly workspaces: OneWorkspace | ManyWorkspaces
}

export interface OneWorkspace {
  readonly kind: 'one'
  readonly botToken: string
}

export interface ManyWorkspaces {
  readonly kind: 'many'
  readonly clientId: string
  readonly clientSecret: string
  readonly stateSecret: string
  /** The current key, then former ones that only open what they once sealed. */
  readonly secretKeys: readonly [string, ...string[]]
}

export interface TeamsConfig {
  /** Absent for Microsoft's local client, which signs nothing: then everything is on this machine. */
  readonly credentials: TeamsCredentials | undefined
  /** Where another cloud than Microsoft's public one is, by botbuilder's names; empty for the public one. */
  readonly cloud: Readonly<Record<string, string>>
  /** People, by their Microsoft Entra object ids: Teams doesn't say who looks after an organisation. */
  readonly admins: readonly string[]
}

export interface TeamsCredentials {
  readonly appId: string
  readonly password: string
  /** Of an app for one organisation; absent for one for many. */
  readonly tenantId: string | undefined
}

export interface ChatBudget {
  /** Input and output together, a day (UTC) and tenant. */
  readonly tokensPerDay: number
  /** In the currency of the prices; absent: only tokens count. */
  readonly costPerDay: number | undefined
  /** For a million tokens. */
  readonly inputPrice: number
  readonly outputPrice: number
}

const DEFAULT_EMBEDDING_MODEL = 'text-embedding-3-small'

const amount = z.string().transform(Number).pipe(z.number('must be a number').min(0, 'must be 0 or more'))

const secretKey = z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits: `openssl rand -hex 32` makes some')

const guid = (what: string) => z.guid(`must be ${what}, for example 11111111-2222-3333-4444-555555555555`)

/** Over the network only encrypted: tokens are sent there, and what comes from there is believed. */
const secureAddress = z
  .url({ protocol: /^https?$/, error: 'must be an https address' })
  .refine((url) => url.startsWith('https:') || isLoopback(URL.parse(url)?.hostname ?? ''), 'must be an https address')

/** botbuilder's names, for sovereign clouds. */
const TEAMS_CLOUD = {
  ChannelService: secureAddress.optional(),
  ToBotFromChannelOpenIdMetadataUrl: secureAddress.optional(),
  ToBotFromEmulatorOpenIdMetadataUrl: secureAddress.optional(),
  ToBotFromChannelTokenIssuer: z.string().optional(),
  ToChannelFromBotLoginUrl: secureAddress.optional(),
  ToChannelFromBotOAuthScope: z.string().optional(),
  OAuthUrl: secureAddress.optional(),
  ValidateAuthority: z.enum(['true', 'false'], { error: 'must be true or false' }).optional(),
}

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.string().default('3000').transform(Number).pipe(z.int('must be a whole number').min(0, 'must be 0 or more').max(65535, 'must be 65535 at most')),
  CAIRN_PUBLIC_URL: secureAddress.refine((url) => /^\/?$/.test(url.replace(/^https?:\/\/[^/?#]+/, '')), 'must have nothing after the host').optional(),
  CAIRN_DATA_DIR: z.string().default('data'),
  DATABASE_URL: z.string().optional(),
  CAIRN_IMPORT_PRIVATE_ADDRESSES: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('0'),
  CAIRN_MODELS_DIR: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  CAIRN_EMBEDDING_MODEL: z.string().optional(),
  CAIRN_CHAT_MODEL: z.string().optional(),
  CAIRN_CHAT_TOKENS_PER_DAY: amount.default(1_000_000),
  CAIRN_CHAT_COST_PER_DAY: amount.optional(),
  CAIRN_CHAT_INPUT_PRICE: amount.default(0),
  CAIRN_CHAT_OUTPUT_PRICE: amount.default(0),
  CAIRN_MEMORY_DAYS: z
    .string()
    .default('30')
    .transform(Number)
    .pipe(z.int('must be a whole number').min(1, 'must be 1 or more').max(3650, 'must be 3650 at most')),
  CAIRN_SECRET_KEY: secretKey.optional(),
  CAIRN_SECRET_KEY_FORMER: z
    .string()
    .transform((keys) => keys.split(',').map((key) => key.trim()))
    .pipe(z.array(secretKey))
    .optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  MicrosoftAppId: guid('the app’s id').optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppTenantId: guid('the id of the organisation that the app is registered in').optional(),
  MicrosoftAppType: z.enum(['SingleTenant', 'MultiTenant'], { error: 'must be SingleTenant or MultiTenant' }).optional(),
  ...TEAMS_CLOUD,
  TEAMS_ADMINS: z
    .string()
    .transform((ids) => ids.split(',').map((id) => id.trim().toLowerCase()))
    .pipe(z.array(z.guid('must be Microsoft Entra object ids with commas between them')))
    .optional(),
  TEAMS_LOCAL: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('0'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { error: 'must be fatal, error, warn, info, debug, trace or silent' })
    .default('info'),
})

/**
 * Empty means absent.
 * @throws UserError that names every wrong setting at once
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = environment.safeParse(set)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new UserError(`settings: ${wrong.join('; ')} (see .env.example)`)
  }
  const { HOST, PORT, CAIRN_DATA_DIR, CAIRN_MODELS_DIR, LOG_LEVEL } = parsed.data
  return Object.freeze({
    host: HOST,
    port: PORT,
    publicUrl: parsed.data.CAIRN_PUBLIC_URL === undefined ? undefined : new URL(parsed.data.CAIRN_PUBLIC_URL).origin,
    dataDirectory: CAIRN_DATA_DIR,
    modelsDirectory: CAIRN_MODELS_DIR,
    databaseUrl: parsed.data.DATABASE_URL ?? `sqlite:${join(CAIRN_DATA_DIR, 'cairn.db')}`,
    importPrivateAddresses: parsed.data.CAIRN_IMPORT_PRIVATE_ADDRESSES === '1',
    embeddings: embeddingsOf(parsed.data),
    chat: chatOf(parsed.data),
    slack: slackOf(parsed.data),
    teams: teamsOf(parsed.data),
    memoryDays: parsed.data.CAIRN_MEMORY_DAYS,
    logLevel: LOG_LEVEL,
  })
}

type Environment = z.infer<typeof environment>

/** A server for chat need not have embeddings: beside a chat model they come from it only when their model is named. */
function embeddingsOf({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, CAIRN_EMBEDDING_MODEL, CAIRN_CHAT_MODEL }: Environment): Config['embeddings'] {
  const hasServer = apiKey !== undefined || baseUrl !== undefined
  const wanted = CAIRN_EMBEDDING_MODEL !== undefined || CAIRN_CHAT_MODEL === undefined
  return hasServer && wanted ? { model: CAIRN_EMBEDDING_MODEL ?? DEFAULT_EMBEDDING_MODEL, apiKey, baseUrl } : undefined
}

function chatOf(settings: Environment): Config['chat'] {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, CAIRN_CHAT_MODEL: model } = settings
  if (model === undefined) return undefined
  if (apiKey === undefined && baseUrl === undefined)
    throw new UserError('settings: CAIRN_CHAT_MODEL needs a server: set OPENAI_API_KEY, or OPENAI_BASE_URL for another than api.openai.com')
  return {
    model,
    apiKey,
    baseUrl,
    budget: {
      tokensPerDay: settings.CAIRN_CHAT_TOKENS_PER_DAY,
      costPerDay: settings.CAIRN_CHAT_COST_PER_DAY,
      inputPrice: settings.CAIRN_CHAT_INPUT_PRICE,
      outputPrice: settings.CAIRN_CHAT_OUTPUT_PRICE,
    },
  }
}

/** Everything that is missing is named at once. */
function slackOf(settings: Environment): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken, SLACK_CLIENT_ID: clientId } = settings
  if (botToken === undefined && clientId === undefined) {
    if (signingSecret === undefined && appToken === undefined) return undefined
    throw new UserError('settings: Slack needs SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID for many (see .env.example)')
  }
  if (botToken !== undefined && clientId !== undefined)
    throw new UserError('settings: SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many: set one of them')
  const needed = {
    ...(appToken === undefined ? { SLACK_SIGNING_SECRET: signingSecret } : {}),
    ...(clientId === undefined ? {} : installationSettings(settings)),
  }
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []))
  if (missing.length > 0) throw new UserError(`settings: Slack also needs ${missing.join(', ')} (see .env.example)`)
  return {
    appToken,
    signingSecret,
    apiUrl: settings.SLACK_API_URL?.replace(/\/*$/, '/'),
    workspaces: botToken === undefined ? manyWorkspaces(settings) : { kind: 'one', botToken },
  }
}

function installationSettings({ SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, CAIRN_SECRET_KEY }: Environment): Record<string, string | undefined> {
  return { SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, CAIRN_SECRET_KEY }
}

function manyWorkspaces(settings: Environment): ManyWorkspaces {
  return {
    kind: 'many',
    clientId: settings.SLACK_CLIENT_ID as string,
    clientSecret: settings.SLACK_CLIENT_SECRET as string,
    stateSecret: settings.SLACK_STATE_SECRET as string,
    secretKeys: [settings.CAIRN_SECRET_KEY as string, ...(settings.CAIRN_SECRET_KEY_FORMER ?? [])],
  }
}

/** Off unless it is known who may speak to it: nothing that is left out makes it open to everybody. */
function teamsOf(settings: Environment): TeamsConfig | undefined {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: password, MicrosoftAppTenantId: tenantId, HOST: host } = settings
  const admins = settings.TEAMS_ADMINS ?? []
  if (settings.TEAMS_LOCAL === '1') {
    if (appId !== undefined) throw new UserError('settings: TEAMS_LOCAL is for Microsoft’s local client and MicrosoftAppId for Teams: set one of them')
    if (!isLoopback(host)) throw new UserError(`settings: with TEAMS_LOCAL nobody is asked who they are, so HOST must be 127.0.0.1, not ${host}`)
    return { credentials: undefined, cloud: {}, admins }
  }
  if (appId === undefined) {
    if (password === undefined && tenantId === undefined && settings.MicrosoftAppType === undefined) return undefined
    throw new UserError('settings: Teams needs MicrosoftAppId (see .env.example)')
  }
  const isSingle = (settings.MicrosoftAppType ?? (tenantId === undefined ? 'MultiTenant' : 'SingleTenant')) === 'SingleTenant'
  const missing = [...(password === undefined ? ['MicrosoftAppPassword'] : []), ...(isSingle && tenantId === undefined ? ['MicrosoftAppTenantId'] : [])]
  if (password === undefined || missing.length > 0) throw new UserError(`settings: Teams also needs ${missing.join(', ')} (see .env.example)`)
  const cloud = Object.keys(TEAMS_CLOUD).flatMap((name) => {
    const value = settings[name as keyof typeof TEAMS_CLOUD]
    return value === undefined ? [] : [[name, value]]
  })
  return { credentials: { appId, password, tenantId: isSingle ? tenantId : undefined }, cloud: Object.fromEntries(cloud), admins }
}
