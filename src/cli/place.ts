/** `cairn place`: the level that a statement describes. */
import { Command } from 'commander'
import { type Placement, placeRequest, type Reason } from '../placement/placement.ts'
import type { CommandIO } from './io.ts'
import { eachJsonLine } from './json-lines.ts'
import { withEngine } from './with-engine.ts'

interface PlaceOptions {
  model?: string
  section?: string
  json?: boolean
  jsonl?: boolean
}

export function placeCommand(io: CommandIO, setExitCode: (code: number) => void): Command {
  return new Command('place')
    .description("tell which level of a section a team's own words describe")
    .argument('[statement]', 'how the team works, in quotes')
    .option('--model <id>', 'the model, for example kmm')
    .option('--section <id>', 'the section, for example security')
    .option('--json', 'print the placement as JSON')
    .option('--jsonl', 'read {"id", "model", "section", "statement"} a line from standard input, print one JSON placement a line')
    .action(async (statement: string | undefined, { model, section, json, jsonl }: PlaceOptions, command: Command) => {
      if (jsonl === true) {
        const failed = await withEngine(io, ({ placer }) => eachJsonLine(io, placeRequest, async (request) => placer.place(request)))
        if (failed > 0) setExitCode(1)
        return
      }
      if (statement === undefined || model === undefined || section === undefined) {
        command.error('error: model, section and statement are needed: cairn place --model kmm --section security "We scan every image in CI"')
      }
      const placement = await withEngine(io, async ({ placer }) => placer.place({ model, section, statement }))
      io.out(json === true ? `${JSON.stringify(placement, null, 2)}\n` : toText(placement))
    })
}

function toText({ outcome, passage, candidates, because, question }: Placement): string {
  const odds = candidates.map(({ level, score }) => `level ${level}: ${Math.round(score * 100)}%`).join(', ')
  const reasons = (because ?? []).map((reason) => `  because “${reason.claim}”${spokenBy(reason)}\n`).join('')
  return outcome === 'placed' ? `${passage}\n${odds}\n${reasons}` : `unclear\n${question}\n${odds}\n${reasons}`
}

/** " (GitOps; drift is undone; words: reverted, declarative)" */
function spokenBy({ signals, words }: Reason): string {
  return ` (${[...signals, ...(words.length === 0 ? [] : [`words: ${words.join(', ')}`])].join('; ')})`
}
