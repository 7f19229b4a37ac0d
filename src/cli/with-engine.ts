/** Opens the engine for one command and closes it after. */
import { loadConfig } from '../config.ts'
import { createEmbedder, createEngine, type Engine, type EngineOptions } from '../engine.ts'
import type { CommandIO } from './io.ts'

export async function withEngine<Result>(
  io: CommandIO,
  use: (engine: Engine) => Promise<Result>,
  options: Partial<Pick<EngineOptions, 'force' | 'onProgress'>> = {},
): Promise<Result> {
  const config = loadConfig(io.env)
  const embedder = await createEmbedder(config)
  try {
    return await use(await createEngine({ config, embedder, onNotice: (notice) => io.err(`cairn: ${notice}\n`), ...options }))
  } finally {
    await embedder.close()
  }
}
