/** The other end of a crash process: calls it, kills it, and knows what was never acknowledged. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Turn } from '../turn.ts'
import type { Call, Reply } from './crash-process.ts'

const PROGRAM = fileURLToPath(new URL('./crash-process.ts', import.meta.url))
/** Longer than any lock is waited for. */
const REPLY_LIMIT_MS = 60_000

/** The process ended before it acknowledged: whether it did what it was asked to is not known. */
export class UnacknowledgedError extends Error {
  override readonly name = 'UnacknowledgedError'
}

export interface CrashProcess {
  /** Resolves when it takes calls. */
  ready: Promise<void>
  /** @throws UnacknowledgedError */
  turn(call: Exclude<Call, { do: 'list' }>): Promise<Turn>
  /** Ids of the runs that the person has open. @throws UnacknowledgedError */
  openRuns(person: string): Promise<string[]>
  alive(): boolean
  /** At once, by SIGKILL. */
  kill(): Promise<void>
}

export function startCrashProcess(databaseUrl: string): CrashProcess {
  const child = spawn(process.execPath, [PROGRAM, databaseUrl], { stdio: ['pipe', 'pipe', 'pipe'] })
  const closed = once(child, 'close')
  const waiting = new Map<number, PromiseWithResolvers<Reply>>()
  const ready = Promise.withResolvers<void>()
  let said = ''
  let calls = 0

  // A killed process does not read what was sent to it.
  child.stdin.on('error', () => {})
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ...reply } = parseLine(line) ?? {}
    if (id === undefined) return ready.resolve()
    waiting.get(id)?.resolve(reply as Reply)
    waiting.delete(id)
  })
  closed.then(() => {
    const error = new UnacknowledgedError(`the process ended${said === '' ? '' : `: ${said}`}`)
    ready.reject(error)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  // Whoever kills it while it starts does not wait for it.
  ready.promise.catch(() => {})

  const send = async (call: Call): Promise<Reply> => {
    if (child.exitCode !== null || child.signalCode !== null) throw new UnacknowledgedError('the process has ended')
    const id = ++calls
    const reply = Promise.withResolvers<Reply>()
    waiting.set(id, reply)
    child.stdin.write(`${JSON.stringify({ id, ...call })}\n`)
    const timer = setTimeout(() => reply.reject(new Error(`no reply in ${REPLY_LIMIT_MS / 1000} s to ${JSON.stringify(call)}`)), REPLY_LIMIT_MS)
    try {
      const given = await reply.promise
      if ('error' in given) throw new Error(`${given.error} (to ${JSON.stringify(call)})`)
      return given
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    ready: ready.promise,
    turn: async (call) => ((await send(call)) as { turn: Turn }).turn,
    openRuns: async (person) => ((await send({ do: 'list', person })) as { runs: string[] }).runs,
    alive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

/** What was cut off in the middle of a line was not acknowledged. */
function parseLine(line: string): (Partial<Reply> & { id?: number }) | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return { id: -1 }
  }
}
