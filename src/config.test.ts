import { describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { UserError } from './shared/errors.ts'

const failureOf = (env: Record<string, string | undefined>): Error => {
  try {
    loadConfig(env)
  } catch (error) {
    return error as Error
  }
  throw new Error('the settings were accepted')
}

describe('settings', () => {
  it('have defaults that need no network and reach no further than this machine', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: undefined,
      dataDirectory: 'data',
      modelsDirectory: undefined,
      databaseUrl: 'sqlite:data/cairn.db',
      importPrivateAddresses: false,
      embeddings: undefined,
      chat: undefined,
      slack: undefined,
      teams: undefined,
      memoryDays: 30,
      logLevel: 'info',
    })
  })

  it('take what the environment says', () => {
    const env = { HOST: '::1', PORT: '8080', CAIRN_DATA_DIR: '/var/cairn', CAIRN_MODELS_DIR: 'models', LOG_LEVEL: 'debug' }
    expect(loadConfig(env)).toMatchObject({ host: '::1', port: 8080, dataDirectory: '/var/cairn', modelsDirectory: 'models', logLevel: 'debug' })
  })

  it.each(['', ' ', '\t', undefined])('count as absent when they are %j', (value) => {
    const names = [
      'HOST',
      'PORT',
      'CAIRN_DATA_DIR',
      'CAIRN_MODELS_DIR',
      'OPENAI_API_KEY',
      'OPENAI_BASE_URL',
      'CAIRN_EMBEDDING_MODEL',
      'CAIRN_CHAT_MODEL',
      'CAIRN_CHAT_COST_PER_DAY',
      'LOG_LEVEL',
    ]
    expect(loadConfig(Object.fromEntries(names.map((name) => [name, value])))).toEqual(loadConfig({}))
  })

  it('ignore variables that are not theirs', () => {
    expect(loadConfig({ PATH: '/bin', CAIRN_SOMETHING: 'x' })).toEqual(loadConfig({}))
  })

  it('take an address of the page that is encrypted and is one of its own', () => {
    expect(loadConfig({ CAIRN_PUBLIC_URL: 'https://Cairn.example.com/' }).publicUrl).toBe('https://cairn.example.com')
    expect(loadConfig({ CAIRN_PUBLIC_URL: 'http://localhost:8080' }).publicUrl).toBe('http://localhost:8080')
    for (const CAIRN_PUBLIC_URL of [
      'http://cairn.example.com',
      'cairn.example.com',
      'https://example.com/cairn',
      'https://example.com/?a',
      'https://example.com#a',
    ])
      expect(failureOf({ CAIRN_PUBLIC_URL }).message).toContain('CAIRN_PUBLIC_URL must')
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true)
  })
})

describe('wrong settings', () => {
  it('are reported all at once, in one line', () => {
    const error = failureOf({ PORT: 'eighty', LOG_LEVEL: 'loud', OPENAI_BASE_URL: 'localhost:11434' })
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).not.toContain('\n')
    expect(error.message).toContain('PORT must be a whole number')
    expect(error.message).toContain('LOG_LEVEL must be fatal, error, warn')
    expect(error.message).toContain('OPENAI_BASE_URL must be an http(s) address')
    expect(error.message).toContain('.env.example')
  })

  it.each(['-1', '65536', '3.5', 'abc', '3000x', '1e9', 'NaN', 'Infinity'])('include the port %s', (port) => {
    expect(failureOf({ PORT: port }).message).toMatch(/^settings: PORT must be /)
  })

  it.each(['ftp://example.org', 'example.org', '/v1', 'http://'])('include the server address %s', (address) => {
    expect(failureOf({ OPENAI_BASE_URL: address }).message).toContain('OPENAI_BASE_URL must be an http(s) address')
  })

  it('never repeat a key', () => {
    expect(failureOf({ OPENAI_API_KEY: 'sk-secret', PORT: 'x' }).message).not.toContain('sk-secret')
  })
})

describe('an OpenAI-compatible server', () => {
  it('is used when there is a key', () => {
    expect(loadConfig({ OPENAI_API_KEY: 'sk-1' }).embeddings).toEqual({ apiKey: 'sk-1', baseUrl: undefined, model: 'text-embedding-3-small' })
  })

  it('is used when there is an address, which a local server wants without a key', () => {
    const embeddings = { apiKey: undefined, baseUrl: 'http://127.0.0.1:11434/v1', model: 'nomic-embed-text' }
    expect(loadConfig({ OPENAI_BASE_URL: embeddings.baseUrl, CAIRN_EMBEDDING_MODEL: embeddings.model }).embeddings).toEqual(embeddings)
  })

  it('is not used for the name of a model alone', () => {
    expect(loadConfig({ CAIRN_EMBEDDING_MODEL: 'nomic-embed-text' }).embeddings).toBeUndefined()
  })

  it('writes answers when a chat model is named, with a budget', () => {
    const { chat } = loadConfig({ OPENAI_API_KEY: 'sk-1', CAIRN_CHAT_MODEL: 'gpt-5-mini', CAIRN_CHAT_COST_PER_DAY: '2.5', CAIRN_CHAT_INPUT_PRICE: '0.25' })
    const budget = { tokensPerDay: 1_000_000, costPerDay: 2.5, inputPrice: 0.25, outputPrice: 0 }
    expect(chat).toEqual({ model: 'gpt-5-mini', apiKey: 'sk-1', baseUrl: undefined, budget })
    expect(loadConfig({ OPENAI_API_KEY: 'sk-1' }).chat).toBeUndefined()
  })

  it('is not asked for embeddings beside a chat model, unless their model is named', () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1', CAIRN_CHAT_MODEL: 'llama' }
    expect(loadConfig(env).embeddings).toBeUndefined()
    expect(loadConfig({ ...env, CAIRN_EMBEDDING_MODEL: 'bge' }).embeddings?.model).toBe('bge')
  })

  it('has to be there for a chat model', () => {
    expect(failureOf({ CAIRN_CHAT_MODEL: 'gpt-5-mini' }).message).toContain('set OPENAI_API_KEY, or OPENAI_BASE_URL')
    expect(failureOf({ OPENAI_API_KEY: 'k', CAIRN_CHAT_MODEL: 'm', CAIRN_CHAT_TOKENS_PER_DAY: 'lots' }).message).toContain(
      'CAIRN_CHAT_TOKENS_PER_DAY must be a number',
    )
  })
})

describe('Slack', () => {
  const KEY = 'ab'.repeat(32)
  const MANY = { SLACK_CLIENT_ID: 'id', SLACK_CLIENT_SECRET: 'secret', SLACK_STATE_SECRET: 'state', CAIRN_SECRET_KEY: KEY, SLACK_SIGNING_SECRET: 'sign' }

  it('is off without settings', () => {
    expect(loadConfig({}).slack).toBeUndefined()
  })

  it('runs over a socket with an app token, and over signed HTTP without', () => {
    expect(loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).slack).toMatchObject({
      appToken: 'xapp-1',
      workspaces: { kind: 'one', botToken: 'xoxb-1' },
    })
    expect(loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }).slack).toMatchObject({ appToken: undefined, signingSecret: 's' })
  })

  it('serves many workspaces with OAuth and a key for their tokens', () => {
    const former = 'cd'.repeat(32)
    expect(loadConfig({ ...MANY, CAIRN_SECRET_KEY_FORMER: `${former}, ${KEY}` }).slack?.workspaces).toEqual({
      kind: 'many',
      clientId: 'id',
      clientSecret: 'secret',
      stateSecret: 'state',
      secretKeys: [KEY, former, KEY],
    })
  })

  it('takes its address with or without a slash at the end', () => {
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }
    for (const url of ['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/'])
      expect(loadConfig({ ...env, SLACK_API_URL: url }).slack?.apiUrl).toBe('http://127.0.0.1:9/api/')
  })

  it.each([
    ['no token', { SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID for many'],
    ['neither socket nor signature', { SLACK_BOT_TOKEN: 'xoxb-secret' }, 'also needs SLACK_SIGNING_SECRET'],
    ['both one and many', { ...MANY, SLACK_BOT_TOKEN: 'xoxb-secret' }, 'set one of them'],
    ['a client without the rest', { SLACK_CLIENT_ID: 'id' }, 'SLACK_SIGNING_SECRET, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, CAIRN_SECRET_KEY'],
    ['a key of another form', { ...MANY, CAIRN_SECRET_KEY: 'short' }, 'CAIRN_SECRET_KEY must be 64 hexadecimal digits'],
  ])('refuses %s and says what is missing', (_, env, said) => {
    expect(failureOf(env).message).toContain(said)
    expect(failureOf(env).message).not.toContain('xoxb-secret')
  })
})

describe('Teams', () => {
  const APP = '11111111-2222-3333-4444-555555555555'
  const TENANT = '66666666-7777-8888-9999-000000000000'
  const CREDENTIALS = { MicrosoftAppId: APP, MicrosoftAppPassword: 'hush' }

  it('is off without settings, and never open to everybody because one was left out', () => {
    expect(loadConfig({}).teams).toBeUndefined()
    expect(loadConfig({ TEAMS_LOCAL: '0', TEAMS_ADMINS: APP }).teams).toBeUndefined()
    expect(failureOf({ MicrosoftAppPassword: 'hush' }).message).toBe('settings: Teams needs MicrosoftAppId (see .env.example)')
    expect(failureOf({ MicrosoftAppTenantId: TENANT }).message).toContain('MicrosoftAppId')
    expect(failureOf({ MicrosoftAppType: 'MultiTenant' }).message).toContain('MicrosoftAppId')
    expect(failureOf({ MicrosoftAppId: APP }).message).toBe('settings: Teams also needs MicrosoftAppPassword (see .env.example)')
    expect(failureOf({ MicrosoftAppId: APP, MicrosoftAppType: 'SingleTenant' }).message).toContain('MicrosoftAppPassword, MicrosoftAppTenantId')
    expect(failureOf({ ...CREDENTIALS, MicrosoftAppType: 'UserAssignedMSI' }).message).toContain('must be SingleTenant or MultiTenant')
    expect(failureOf({ ...CREDENTIALS, MicrosoftAppId: 'cairn' }).message).toContain('MicrosoftAppId must be the app’s id')
    expect(failureOf({ ...CREDENTIALS, MicrosoftAppId: 'cairn' }).message).not.toContain('hush')
  })

  it('is for one organisation with its id, and for many without', () => {
    const credentials = { appId: APP, password: 'hush' }
    expect(loadConfig({ ...CREDENTIALS, MicrosoftAppTenantId: TENANT }).teams?.credentials).toEqual({ ...credentials, tenantId: TENANT })
    expect(loadConfig(CREDENTIALS).teams?.credentials).toEqual({ ...credentials, tenantId: undefined })
    const both = { ...CREDENTIALS, MicrosoftAppTenantId: TENANT, MicrosoftAppType: 'MultiTenant' }
    expect(loadConfig(both).teams?.credentials).toEqual({ ...credentials, tenantId: undefined })
  })

  it('may be in another cloud, to which it speaks encrypted unless it is this machine', () => {
    const env = { ...CREDENTIALS, ToBotFromChannelOpenIdMetadataUrl: 'https://login.example/keys', ValidateAuthority: 'false' }
    expect(loadConfig(env).teams?.cloud).toEqual({ ToBotFromChannelOpenIdMetadataUrl: 'https://login.example/keys', ValidateAuthority: 'false' })
    expect(loadConfig({ ...CREDENTIALS, ToChannelFromBotLoginUrl: 'http://127.0.0.1:9/t' }).teams?.cloud).toEqual({
      ToChannelFromBotLoginUrl: 'http://127.0.0.1:9/t',
    })
    for (const url of ['http://login.example/keys', 'http://127.0.0.1.example/', 'ftp://127.0.0.1/', 'keys'])
      expect(failureOf({ ...CREDENTIALS, ToBotFromChannelOpenIdMetadataUrl: url }).message).toContain(
        'ToBotFromChannelOpenIdMetadataUrl must be an https address',
      )
  })

  it('has the administrators that are named', () => {
    expect(loadConfig({ ...CREDENTIALS, TEAMS_ADMINS: `${TENANT.toUpperCase()}, ${APP}` }).teams?.admins).toEqual([TENANT, APP])
    expect(failureOf({ ...CREDENTIALS, TEAMS_ADMINS: 'ada' }).message).toContain('TEAMS_ADMINS')
  })

  it('runs without authentication only when told so, and only on this machine', () => {
    expect(loadConfig({ TEAMS_LOCAL: '1' }).teams).toEqual({ credentials: undefined, cloud: {}, admins: [] })
    expect(loadConfig({ TEAMS_LOCAL: '1', HOST: '::1' }).teams?.credentials).toBeUndefined()
    for (const HOST of ['0.0.0.0', '::', '192.168.1.4', '127.example.org', 'cairn.example'])
      expect(failureOf({ TEAMS_LOCAL: '1', HOST }).message).toContain('HOST must be 127.0.0.1')
    expect(failureOf({ TEAMS_LOCAL: '1', ...CREDENTIALS }).message).toContain('set one of them')
    expect(failureOf({ TEAMS_LOCAL: 'yes' }).message).toContain('TEAMS_LOCAL must be 0 or 1')
  })
})
