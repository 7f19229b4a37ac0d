/** All settings, from the environment, checked at start. */
import * as z from 'zod'
import { UserError } from './shared/errors.ts'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDirectory: string
  /** A team's own model files. */
  readonly modelsDirectory: string | undefined
  readonly openAI: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined; readonly embeddingModel: string } | undefined
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

const DEFAULT_EMBEDDING_MODEL = 'text-embedding-3-small'

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.string().default('3000').transform(Number).pipe(z.int('must be a whole number').min(0, 'must be 0 or more').max(65535, 'must be 65535 at most')),
  CAIRN_DATA_DIR: z.string().default('data'),
  CAIRN_MODELS_DIR: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  CAIRN_EMBEDDING_MODEL: z.string().default(DEFAULT_EMBEDDING_MODEL),
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
  const { HOST, PORT, CAIRN_DATA_DIR, CAIRN_MODELS_DIR, OPENAI_API_KEY, OPENAI_BASE_URL, CAIRN_EMBEDDING_MODEL, LOG_LEVEL } = parsed.data
  const remote = OPENAI_API_KEY !== undefined || OPENAI_BASE_URL !== undefined
  return Object.freeze({
    host: HOST,
    port: PORT,
    dataDirectory: CAIRN_DATA_DIR,
    modelsDirectory: CAIRN_MODELS_DIR,
    openAI: remote ? { apiKey: OPENAI_API_KEY, baseUrl: OPENAI_BASE_URL, embeddingModel: CAIRN_EMBEDDING_MODEL } : undefined,
    logLevel: LOG_LEVEL,
  })
}
