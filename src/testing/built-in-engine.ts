/** The real engine on the built-in corpus with the embedded model, in a directory of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../config.ts'
import { createEmbedder, createEngine, type Engine } from '../engine.ts'

export interface TestEngine extends Engine {
  close(): Promise<void>
}

export async function openBuiltInEngine(): Promise<TestEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-test-'))
  const config = loadConfig({ CAIRN_DATA_DIR: directory })
  const embedder = await createEmbedder(config)
  const engine = await createEngine({ config, embedder, onNotice: (notice) => Promise.reject(new Error(notice)) })
  return {
    ...engine,
    close: async () => {
      await embedder.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
