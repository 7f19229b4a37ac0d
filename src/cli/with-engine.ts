/** Opens the engine for one command and closes it after. */
import { type Config, loadConfig } from '../config.ts'
import { prepareDataDirectory } from '../data-directory.ts'
import { createEmbedder, createEngine, type Engine, type EngineOptions } from '../engine.ts'
import type { Store } from '../store/open-store.ts'
import type { CommandIO } from './io.ts'

export async function withEngine<Result>(
  io: CommandIO,
  use: (engine: Engine) => Promise<Result>,
  options: Partial<Pick<EngineOptions, 'force' | 'onProgress'>> = {},
): Promise<Result> {
  const config = loadConfig(io.env)
  const onNotice = (notice: string) => io.err(`cairn: ${notice}\n`)
  const embedder = await createEmbedder(config)
  // What a chat model costs is counted for the day, whoever asks; quoted answers need no database.
  const store = config.chat === undefined ? undefined : await openConfiguredStore(config, onNotice)
  try {
    return await use(await createEngine({ config, embedder, onNotice, ...(store === undefined ? {} : { usage: store.usage }), ...options }))
  } finally {
    await store?.close()
    await embedder.close()
  }
}

/** The database that the settings name. @throws UserError when it can't be opened */
export async function openConfiguredStore(config: Config, onNotice: (notice: string) => void): Promise<Store> {
  // Loaded only when it is used: a question that is answered with quotes starts without it.
  const { openStore } = await import('../store/open-store.ts')
  await prepareDataDirectory(config.dataDirectory)
  return openStore(config.databaseUrl, { onNotice })
}
