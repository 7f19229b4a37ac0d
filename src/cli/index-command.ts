/** `cairn index`: builds or refreshes the vector index. */
import { join } from 'node:path'
import { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { prepareDataDirectory } from '../data-directory.ts'
import type { CommandIO } from './io.ts'
import { withEngine } from './with-engine.ts'

export function indexCommand(io: CommandIO): Command {
  return new Command('index')
    .description('build or refresh the vector index')
    .option('--force', 'embed every passage anew')
    .option('--json', 'print the result as JSON')
    .action(async ({ force = false, json }: { force?: boolean; json?: boolean }) => {
      const started = performance.now()
      // The other commands go on without an index on disk; here it is the purpose.
      await prepareDataDirectory(join(loadConfig(io.env).dataDirectory, 'index'))
      const bar = io.isTerminal ? await createBar() : undefined
      const result = await withEngine(
        io,
        async ({ index, corpus }) => ({ passages: corpus.passages.length, windows: index.store.documents.length, embedded: index.embedded, from: index.from }),
        {
          force,
          ...(bar === undefined ? {} : { onProgress: bar.show }),
        },
      )
      const seconds = Math.round((performance.now() - started) / 100) / 10
      bar?.stop()
      if (json === true) io.out(`${JSON.stringify({ ...result, seconds }, null, 2)}\n`)
      else
        io.out(
          `${result.passages} passages in ${result.windows} windows, ${result.embedded} embedded, ${result.from === 'disk' ? 'index was up to date' : 'index written'} (${seconds} s)\n`,
        )
    })
}

/** Appears only once something has to be embedded. */
async function createBar(): Promise<{ show(done: number, total: number): void; stop(): void }> {
  const { progress } = await import('@clack/prompts')
  let bar: ReturnType<typeof progress> | undefined
  let shown = 0
  return {
    show(done, total) {
      if (bar === undefined) {
        bar = progress({ max: total, output: process.stderr })
        bar.start('Embedding passages')
      }
      bar.advance(done - shown, `${done} of ${total}`)
      shown = done
    },
    stop: () => bar?.stop('Embedded'),
  }
}
