/** `cairn corpus`: what is in the corpus, and whether it is in order. */
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { checkCorpus } from '../corpus/check-corpus.ts'
import { checkExpansions, checkOutOfScope, readQuestionLines } from '../corpus/check-expansions.ts'
import { checkSignals } from '../corpus/check-signals.ts'
import { readOriginals } from '../corpus/copied-runs.ts'
import { EXPANSIONS, OUT_OF_SCOPE } from '../corpus/expansions.ts'
import { BUILT_IN_CORPUS, loadCorpus, readModelFiles } from '../corpus/load-corpus.ts'
import type { ModelFile } from '../corpus/parse-model-file.ts'
import { formatProblem, type Problem } from '../corpus/problem.ts'
import { SIGNALS } from '../corpus/signals.ts'
import { checkCrosswalk } from '../crosswalk/check-crosswalk.ts'
import { CROSSWALK } from '../crosswalk/load-crosswalk.ts'
import { addImports } from '../imports/add-imports.ts'
import { importsDirectory } from '../imports/import-store.ts'
import { importCommand, importsCommand, removeCommand } from './corpus-import.ts'
import type { CommandIO } from './io.ts'

/** The project's own question sets. */
const QUESTIONS = fileURLToPath(new URL('../../eval/', import.meta.url))

interface CheckOptions {
  originals?: string
  questions?: string[]
  json?: boolean
}

export function corpusCommand(io: CommandIO, setExitCode: (code: number) => void): Command {
  const list = new Command('list')
    .description('list all passages')
    .option('--json', 'print them as one JSON array')
    .action(async ({ json }: { json?: boolean }) => {
      const { modelsDirectory, dataDirectory } = loadConfig(io.env)
      const { corpus, problems } = await addImports(await loadCorpus(modelsDirectory), importsDirectory(dataDirectory))
      for (const problem of problems) io.err(`cairn: left out: ${formatProblem(problem)}\n`)
      const passages = corpus.passages.map(({ id, model, section, level, title, url, indicator, text }) => ({
        id,
        model,
        section,
        level,
        title,
        url,
        indicator,
        text,
      }))
      io.out(json === true ? `${JSON.stringify(passages, null, 2)}\n` : passages.map(({ id, title }) => `${id}  ${title}\n`).join(''))
    })

  const check = new Command('check')
    .description("check coverage and form of the built-in models and of a team's own")
    .option('--originals <directory>', 'also look for runs of words copied from these documents')
    .option('--questions <directories...>', 'also hold the expansions apart from the question sets in these directories')
    .option('--json', 'print the problems as JSON')
    .action(async ({ originals, questions = [], json }: CheckOptions) => {
      const { modelsDirectory } = loadConfig(io.env)
      const builtIn = await readModelFiles(BUILT_IN_CORPUS)
      const team = modelsDirectory === undefined ? [] : await readModelFiles(modelsDirectory)
      const files = [...builtIn, ...team]
      const measured = await Promise.all([QUESTIONS, ...questions].map(readQuestionLines))
      const problems = [
        ...(await checkExpansions(
          EXPANSIONS,
          builtIn.flatMap((file) => file.passages),
          measured.flat(),
        )),
        ...(await checkOutOfScope(OUT_OF_SCOPE, measured.flat())),
        ...(await checkSignals(
          SIGNALS,
          builtIn.flatMap((file) => file.passages),
          measured.flat(),
        )),
        ...(await checkCrosswalk(
          CROSSWALK,
          builtIn.flatMap((file) => file.passages),
        )),
        ...takenIds(builtIn, team),
        ...checkCorpus(files, originals === undefined ? undefined : await readOriginals(originals)),
      ]
      const passages = files.reduce((sum, file) => sum + file.passages.length, 0)
      if (json === true) io.out(`${JSON.stringify({ files: files.length, passages, problems }, null, 2)}\n`)
      else
        io.out(
          `${problems.map((problem) => `${formatProblem(problem)}\n`).join('')}${passages} passages in ${files.length} files, ${problems.length} problems\n`,
        )
      if (problems.length > 0) setExitCode(1)
    })

  return new Command('corpus')
    .description('the models, the imported documents, and their passages')
    .addCommand(list)
    .addCommand(check)
    .addCommand(importCommand(io, setExitCode))
    .addCommand(importsCommand(io))
    .addCommand(removeCommand(io, setExitCode))
}

/** Loading leaves out a team's file that would change a built-in model. */
function takenIds(builtIn: readonly ModelFile[], team: readonly ModelFile[]): Problem[] {
  const taken = new Set(builtIn.map((file) => file.head?.id))
  return team.flatMap(({ file, head }) =>
    head !== undefined && taken.has(head.id) ? [{ file, line: 1, reason: `the id "${head.id}" belongs to a built-in model: choose another` }] : [],
  )
}
