/** `cairn backup`: a consistent copy of the database, also while Cairn runs. */
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { type Config, loadConfig } from '../config.ts'
import type { CommandIO } from './io.ts'

export function backupCommand(io: CommandIO): Command {
  return new Command('backup')
    .description('copy the database to a file, also while Cairn runs')
    .argument('[file]', 'where to; by default a file named after date and time in backups/ of the data directory')
    .option('--json', 'print the result as JSON')
    .action(async (file: string | undefined, { json }: { json?: boolean }) => {
      const config = loadConfig(io.env)
      const target = resolve(file ?? defaultTarget(config, new Date()))
      // Loaded only when it is used, so that other commands start without it.
      const { openStore } = await import('../store/open-store.ts')
      const store = await openStore(config.databaseUrl, { mustExist: true, onNotice: (notice) => io.err(`cairn: ${notice}\n`) })
      try {
        await store.backup(target)
      } finally {
        await store.close()
      }
      io.out(json === true ? `${JSON.stringify({ file: target })}\n` : `${target}\n`)
    })
}

function defaultTarget({ dataDirectory }: Config, now: Date): string {
  const moment = `${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`
  return join(dataDirectory, 'backups', `cairn-${moment}.db`)
}
