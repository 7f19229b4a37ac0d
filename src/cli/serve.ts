/** `cairn serve`: the web page. */
import { Command } from 'commander'
import { loadConfig } from '../config.ts'
import type { CommandIO } from './io.ts'

export function serveCommand(io: CommandIO): Command {
  return new Command('serve')
    .description('serve the web page (also what cairn does without a command)')
    .option('--json', 'print the address as JSON, before the log')
    .action(async ({ json }: { json?: boolean }) => {
      // The other commands start faster without the web server.
      const { startApp } = await import('../app.ts')
      const app = await startApp(loadConfig(io.env))
      if (json === true) io.out(`${JSON.stringify({ url: app.url })}\n`)
      io.err(`Cairn is at ${app.url}\n`)
      await io.stopped()
      await app.stop()
    })
}
