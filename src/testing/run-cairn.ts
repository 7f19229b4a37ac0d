/** Runs one command as main.ts would, with buffers for standard input, output and error. */
import type { CommandIO } from '../cli/io.ts'
import { runCommand } from '../cli/program.ts'

export interface CairnRun {
  code: number
  out: string
  err: string
}

export interface CairnInput {
  env?: CommandIO['env']
  /** Lines of standard input; what is not a string is written as JSON. */
  lines?: readonly unknown[]
  stopped?: () => Promise<string>
}

export async function runCairn(args: readonly string[], { env = {}, lines = [], stopped = () => new Promise(() => {}) }: CairnInput = {}): Promise<CairnRun> {
  let out = ''
  let err = ''
  const code = await runCommand(args, {
    env,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    async *lines() {
      for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line)
    },
    isTerminal: false,
    stopped,
  })
  return { code, out, err }
}

/** Each line of an output, parsed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was printed
export function jsonLines(out: string): any[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}
