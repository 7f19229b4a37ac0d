/** The real engine with the real client, before a chat model that a test or an evaluation scripts. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../config.ts'
import type { Embedder } from '../embeddings/embedder.ts'
import { createEmbedder, createEngine, type Engine, type EngineOptions } from '../engine.ts'
import type { ChatScript } from './chat-server/chat-script.ts'
import { type ChatServer, startChatServer } from './chat-server/start-chat-server.ts'

export interface ChatEngine extends Engine {
  readonly server: ChatServer
  /** What the log would hold. */
  readonly notices: string[]
  /** The model that answers from now on. */
  use(script: ChatScript): void
  close(): Promise<void>
}

export interface ChatEngineOptions {
  /** One that is open already is left open. */
  embedder?: Embedder
  env?: Readonly<Record<string, string>>
  usage?: EngineOptions['usage']
}

export const CHAT_MODEL = 'scripted-1'

export async function openChatEngine({ embedder: given, env = {}, usage }: ChatEngineOptions = {}): Promise<ChatEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-chat-'))
  let script: ChatScript = () => ({ kind: 'empty' })
  const server = await startChatServer((call) => script(call))
  const notices: string[] = []
  const config = loadConfig({
    CAIRN_DATA_DIR: directory,
    OPENAI_BASE_URL: server.baseUrl,
    CAIRN_CHAT_MODEL: CHAT_MODEL,
    CAIRN_CHAT_TOKENS_PER_DAY: '1000000000',
    ...env,
  })
  const embedder = given ?? (await createEmbedder(config))
  const engine = await createEngine({ config, embedder, onNotice: (notice) => notices.push(notice), ...(usage === undefined ? {} : { usage }) })
  return {
    ...engine,
    server,
    notices,
    use(next) {
      script = next
    },
    async close() {
      await server.close()
      if (given === undefined) await embedder.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
