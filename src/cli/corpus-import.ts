/** `cairn corpus import`, `imports` and `remove`: documents beside the models. */
import { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { formatProblem } from '../corpus/problem.ts'
import { type ImportedSummary, importDocuments } from '../imports/import-documents.ts'
import { importsDirectory, readImports } from '../imports/import-store.ts'
import { refusesPrivate, refusesSpecial } from '../imports/private-addresses.ts'
import { removeDocuments } from '../imports/remove-documents.ts'
import type { CommandIO } from './io.ts'

interface JsonOption {
  json?: boolean
}

export function importCommand(io: CommandIO, setExitCode: (code: number) => void): Command {
  return new Command('import')
    .description('add documents, or bring them up to date: Markdown, HTML, text, RSS, Atom, PDF, Word (.docx)')
    .argument('<file-or-url...>', 'files and web addresses')
    .option('--json', 'print the result as JSON')
    .action(async (sources: string[], { json }: JsonOption) => {
      const config = loadConfig(io.env)
      const { corpus } = await loadCorpus(config.modelsDirectory)
      const results = await importDocuments(sources, {
        directory: importsDirectory(config.dataDirectory),
        reserved: new Set(corpus.models.map(({ id }) => id)),
        now: () => new Date(),
        fetch: { refuses: config.importPrivateAddresses ? refusesSpecial : refusesPrivate },
      })
      const documents = results.flatMap((result) => ('documents' in result ? result.documents : []))
      const failures = results.flatMap((result) => ('error' in result ? [result] : []))
      for (const { error } of failures) io.err(`cairn: ${error}\n`)
      io.out(json === true ? `${JSON.stringify({ documents, failures }, null, 2)}\n` : documents.map(describe).join(''))
      if (failures.length > 0) setExitCode(1)
    })
}

function describe({ id, title, address, passages, status }: ImportedSummary): string {
  return `${status}: ${title} (${passages} ${passages === 1 ? 'passage' : 'passages'}) as ${id}, from ${address}\n`
}

export function importsCommand(io: CommandIO): Command {
  return new Command('imports')
    .description('list the imported documents')
    .option('--json', 'print them as one JSON array')
    .action(async ({ json }: JsonOption) => {
      const { documents, problems } = await readImports(importsDirectory(loadConfig(io.env).dataDirectory))
      for (const problem of problems) io.err(`cairn: left out: ${formatProblem(problem)}\n`)
      const list = documents.map(({ id, title, address, source, importedAt, sections }) => ({
        id,
        title,
        address,
        source,
        importedAt,
        passages: sections.length,
      }))
      io.out(
        json === true
          ? `${JSON.stringify(list, null, 2)}\n`
          : list.map(({ id, title, address, importedAt, passages }) => `${id}  ${title} (${passages}, ${importedAt.slice(0, 10)})  ${address}\n`).join(''),
      )
    })
}

export function removeCommand(io: CommandIO, setExitCode: (code: number) => void): Command {
  return new Command('remove')
    .description('take imported documents out again')
    .argument('<id-or-address...>', 'ids, web addresses or names of files; a feed takes its items with it')
    .option('--json', 'print the result as JSON')
    .action(async (names: string[], { json }: JsonOption) => {
      const results = await removeDocuments(names, importsDirectory(loadConfig(io.env).dataDirectory))
      const removed = results.flatMap((result) => ('removed' in result ? result.removed : []))
      const failures = results.flatMap((result) => ('error' in result ? [result] : []))
      for (const { error } of failures) io.err(`cairn: ${error}\n`)
      io.out(json === true ? `${JSON.stringify({ removed, failures }, null, 2)}\n` : removed.map(({ id, title }) => `removed: ${title} (${id})\n`).join(''))
      if (failures.length > 0) setExitCode(1)
    })
}
