/** `cairn ask`: one answer, or one a line. */
import { Command } from 'commander'
import { type Answer, askRequest } from '../answers/answer.ts'
import { explain } from './explain.ts'
import type { CommandIO } from './io.ts'
import { eachJsonLine } from './json-lines.ts'
import { withEngine } from './with-engine.ts'

interface AskOptions {
  model?: string
  explain?: boolean
  json?: boolean
  jsonl?: boolean
}

export function askCommand(io: CommandIO, setExitCode: (code: number) => void): Command {
  return new Command('ask')
    .description('answer a question, each sentence with its source')
    .argument('[question]', 'the question, in quotes')
    .option('--model <id>', 'look only into this model')
    .option('--explain', 'also tell, on standard error, why the passages rank as they do')
    .option('--json', 'print the answer as JSON')
    .option('--jsonl', 'read {"id", "question", "history"?, "model"?} a line from standard input, print one JSON answer a line')
    .action(async (question: string | undefined, { model, explain: explained, json, jsonl }: AskOptions, command: Command) => {
      if (jsonl === true) {
        if (question !== undefined) command.error('error: with --jsonl the questions come from standard input: leave out the one in quotes')
        const defaults = model === undefined ? {} : { model }
        const failed = await withEngine(io, ({ assistant }) =>
          eachJsonLine(io, askRequest, async (request) => toJson(await assistant.ask({ ...defaults, ...request }))),
        )
        if (failed > 0) setExitCode(1)
        return
      }
      if (question === undefined) command.error('error: the question is missing: cairn ask "What comes after level 2?"')
      const answer = await withEngine(io, async (engine) => {
        if (explained === true) io.err(`${await explain(question, model, engine)}\n`)
        return engine.assistant.ask({ question, ...(model === undefined ? {} : { model }) })
      })
      io.out(json === true ? `${JSON.stringify(toJson(answer), null, 2)}\n` : toText(answer))
    })
}

/** The parts are for surfaces that render them; `text` says the same. */
function toJson({ parts: _, ...answer }: Answer): Omit<Answer, 'parts'> {
  return answer
}

function toText({ text, citations }: Answer): string {
  const sources = Map.groupBy(citations, (citation) => citation.passage)
  const list = [...sources.values()].map((group) => `${group.map(({ n }) => `[${n}]`).join('')} ${group[0]?.title}\n    ${group[0]?.url}`)
  return `${text}\n${list.length === 0 ? '' : `\nSources\n${list.join('\n')}\n`}`
}
