/** Cairn as a process of its own, the way people start it: in another directory, with settings of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface CairnProcess {
  child: ChildProcessByStdio<Writable, Readable, Readable>
  /** What it has written so far. */
  out(): string
  err(): string
  /** Resolves once standard output or error matches. @throws Error when it ends before that */
  wrote(pattern: RegExp): Promise<RegExpMatchArray>
  ended: Promise<{ code: number | null; signal: string | null }>
  /** Ends it without ceremony, if it still runs. */
  kill(): Promise<void>
}

export interface CairnProcessOptions {
  directory: string
  env?: Record<string, string>
  input?: string
}

export function startCairn(args: readonly string[], { directory, env = {}, input = '' }: CairnProcessOptions): CairnProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: directory, PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // One that ends early does not read its input.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }))
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    wrote(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = out.match(pattern) ?? err.match(pattern)
          if (match !== null) resolve(match)
        }
        child.stdout.on('data', look)
        child.stderr.on('data', look)
        ended.then(() => reject(new Error(`it ended without writing ${pattern}:\n${out}\n${err}`)))
        look()
      })
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}
