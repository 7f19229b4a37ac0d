/** The command line: `cairn <command>`. Exit code 0 on success, 1 on failure, 2 on wrong usage. */
import { Command, CommanderError } from 'commander'
import { messageOf, UserError } from '../shared/errors.ts'
import { askCommand } from './ask.ts'
import { assessCommand } from './assess.ts'
import { backupCommand } from './backup.ts'
import { corpusCommand } from './corpus.ts'
import { crosswalkCommand } from './crosswalk.ts'
import { digestCommand } from './digest.ts'
import { indexCommand } from './index-command.ts'
import type { CommandIO } from './io.ts'
import { placeCommand } from './place.ts'
import { resultsCommand } from './results.ts'
import { serveCommand } from './serve.ts'
import { deleteCommand, exportCommand, importCommand } from './team-data.ts'
import { teamsCommand } from './teams.ts'

const FAILURE = 1
const WRONG_USAGE = 2

/** Runs one command and returns its exit code; without a command it serves the page. */
export async function runCommand(args: readonly string[], io: CommandIO): Promise<number> {
  let exitCode = 0
  const setExitCode = (code: number) => {
    exitCode = code
  }
  const program = new Command('cairn')
    .description('Answers, with citations, what maturity models say about a use of Kubernetes and cloud native technology.')
    .addHelpText('after', '\nWithout a command, cairn serves the web page. Settings are environment variables: see .env.example.')
  const commands = [
    serveCommand(io),
    askCommand(io, setExitCode),
    placeCommand(io, setExitCode),
    corpusCommand(io, setExitCode),
    indexCommand(io),
    crosswalkCommand(io),
    assessCommand(io),
    resultsCommand(io),
    digestCommand(io),
    exportCommand(io),
    importCommand(io),
    deleteCommand(io),
    backupCommand(io),
    teamsCommand(io),
  ]
  for (const command of commands) program.addCommand(command)
  prepare(program, io)
  try {
    await program.parseAsync(args.length === 0 ? ['serve'] : [...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE
    if (!(error instanceof UserError)) throw error
    io.err(`cairn: ${messageOf(error)}\n`)
    return FAILURE
  }
}

/** The library would end the process by itself, and each subcommand has its own settings. */
function prepare(command: Command, io: CommandIO): void {
  command
    .exitOverride()
    .showHelpAfterError('(cairn --help tells all commands)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .allowExcessArguments(false)
  for (const sub of command.commands) prepare(sub, io)
}
