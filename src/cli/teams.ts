/** `cairn teams package`: what an administrator uploads to Teams. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import * as z from 'zod'
import { loadConfig } from '../config.ts'
import { codeOf, messageOf, UserError } from '../shared/errors.ts'
import type { CommandIO } from './io.ts'

interface PackageOptions {
  out: string
  appId?: string
  json?: boolean
}

export function teamsCommand(io: CommandIO): Command {
  const command = new Command('teams').description('Cairn in Microsoft Teams')
  command
    .command('package')
    .description('write the app package that is uploaded to Teams')
    .option('--out <file>', 'where to', 'cairn-teams.zip')
    .option('--app-id <id>', 'the id of the app’s registration, instead of MicrosoftAppId')
    .option('--json', 'print the result as JSON')
    .action(async ({ out, appId, json }: PackageOptions) => {
      const id = appIdOf(appId, io)
      const { packageApp } = await import('../teams/app/package-app.ts')
      const file = resolve(out)
      await writeFile(file, await packageApp(id)).catch((error: unknown) => {
        throw new UserError(`the file ${file} can't be written (${codeOf(error) ?? messageOf(error)}): choose another place`, { cause: error })
      })
      io.out(json === true ? `${JSON.stringify({ file, appId: id })}\n` : `${file}\n`)
    })
  return command
}

/** An id that is named needs no other setting: a package can be made before there is a password. */
function appIdOf(named: string | undefined, { env }: CommandIO): string {
  if (named === undefined) {
    const id = loadConfig(env).teams?.credentials?.appId
    if (id === undefined) throw new UserError('the package needs the id of the app’s registration: set MicrosoftAppId, or name it with --app-id')
    return id
  }
  if (!z.guid().safeParse(named).success) throw new UserError(`--app-id must be an id like 11111111-2222-3333-4444-555555555555, not "${named}"`)
  return named
}
