/** `cairn export`, `cairn import`, `cairn delete`: everything of a team as one file, back again, and gone for good. */
import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { parseTeamExport } from '../assessments/team-export.ts'
import { codeOf, messageOf, UserError } from '../shared/errors.ts'
import type { Store } from '../store/open-store.ts'
import { DEFAULT_TEAM } from './assess.ts'
import type { CommandIO } from './io.ts'
import { findTeam, TENANT, withStore } from './with-assessments.ts'

export function exportCommand(io: CommandIO): Command {
  return new Command('export')
    .description('write everything of a team to a JSON file')
    .argument('[file]', 'where to; without it to standard output')
    .option('--team <name>', 'the team', DEFAULT_TEAM)
    .option('--json', 'the file is JSON in any case')
    .action(async (file: string | undefined, { team: name }: { team: string }) => {
      await withStore(io, async (store) => {
        const team = await findTeam(store, name)
        await refuseWhileAnswering(store, team.id)
        const text = `${JSON.stringify(await store.exportTeam(TENANT, team.id), null, 2)}\n`
        if (file === undefined) return io.out(text)
        await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
          if (codeOf(error) === 'EEXIST') throw new UserError(`the file ${file} is there already: choose another name`)
          throw new UserError(`the file ${file} can't be written (${messageOf(error)}): choose another place`, { cause: error })
        })
        io.err(`${team.name} is in ${file}\n`)
      })
    })
}

/** Answers of an open round are private, also from who exports. */
async function refuseWhileAnswering({ assessments }: Store, team: string): Promise<void> {
  const open = (await assessments.rounds(TENANT, team)).find((round) => round.state === 'open')
  if (open !== undefined) throw new UserError(`the round "${open.name}" is still open, and its answers are private until it closes: export after`)
}

export function importCommand(io: CommandIO): Command {
  return new Command('import')
    .description('add what a file written by "cairn export" holds; the same file again adds nothing')
    .argument('<file>', 'the JSON file')
    .option('--json', 'print what was added as JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const content = parseTeamExport(await readJson(file))
      await withStore(io, async (store) => {
        const { team, added } = await store.importTeam(TENANT, content)
        const counts = Object.entries(added).map(([what, count]) => `${count} ${what}`)
        io.out(json === true ? `${JSON.stringify({ team, added }, null, 2)}\n` : `${team.name}: added ${counts.join(', ')}\n`)
      })
    })
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`the file ${file} can't be read (${codeOf(error) ?? messageOf(error)})`, { cause: error })
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`the file ${file} is not JSON: take one that "cairn export" wrote`, { cause: error })
  }
}

interface DeleteOptions {
  team?: string
  person?: string
  yes?: boolean
  json?: boolean
}

export function deleteCommand(io: CommandIO): Command {
  return new Command('delete')
    .description('remove a team, or a person, with all their answers; nothing of them stays in the database')
    .option('--team <name>', 'the team')
    .option('--person <id>', 'the person, by id as in an export')
    .option('--yes', 'really do it')
    .option('--json', 'print what was removed as JSON')
    .action(async ({ team: name, person, yes, json }: DeleteOptions, command: Command) => {
      if ((name === undefined) === (person === undefined)) command.error('error: name one of --team and --person')
      if (yes !== true) command.error('error: this can not be undone: add --yes (cairn export and cairn backup keep a copy)')
      await withStore(io, async (store) => {
        if (name !== undefined) {
          const team = await findTeam(store, name)
          await store.assessments.deleteTeam(TENANT, team.id)
        } else if (person !== undefined) {
          if ((await store.assessments.person(TENANT, person)) === undefined) throw new UserError(`there is no person "${person}"`)
          await store.assessments.deletePerson(TENANT, person)
        }
        io.out(json === true ? `${JSON.stringify({ removed: name ?? person })}\n` : `Removed ${name ?? person}.\n`)
      })
    })
}
