/**
 * `npm run bench`: times and memory, as medians, each beside the bound that the project holds itself to.
 * Machines are noisy: nothing here fails a build.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadConfig } from '../src/config.ts'
import { createEmbedder, createEngine } from '../src/engine.ts'
import { quantile } from './metrics.ts'
import { readOwnSet } from './sets.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
/** As in `npm start`. */
const START_FLAGS = ['--max-semi-space-size=4']
const REPEATS = 5
const questions = readOwnSet(import.meta.dirname).answerable.map(({ question }) => question)

const directory = await mkdtemp(join(tmpdir(), 'cairn-bench-'))
try {
  const env = { ...process.env, CAIRN_DATA_DIR: directory, LOG_LEVEL: 'silent', PORT: '0' }
  spawnSync(process.execPath, [MAIN, 'index'], { env })

  report(
    'cold `cairn ask`',
    median(REPEATS, () => timed(() => spawnSync(process.execPath, [MAIN, 'ask', questions[0] as string], { env }))),
    1500,
    'ms',
  )
  const fresh = await freshStart(env)
  report('fresh start to the first answer', fresh.firstAnswerMs, 3000, 'ms')
  report('resident memory of the server after 100 questions', fresh.residentMb, 350, 'MB')
  report(
    'index of the five models, empty data directory',
    median(3, () => indexSeconds(env, [])),
    15,
    's',
  )
  report('the same with every window embedded anew', indexSeconds(env, ['--force']), 15, 's')
  await inProcess()
} finally {
  await rm(directory, { recursive: true, force: true })
}

/** A server on an empty data directory: time from its start to the first answer, then its memory. */
async function freshStart(env: NodeJS.ProcessEnv): Promise<{ firstAnswerMs: number; residentMb: number }> {
  const data = await mkdtemp(join(tmpdir(), 'cairn-bench-'))
  const started = performance.now()
  const server = spawn(process.execPath, [...START_FLAGS, MAIN], { env: { ...env, CAIRN_DATA_DIR: data }, stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    let said = ''
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    while (!/Cairn is at (\S+)/.test(said)) await once(server.stderr, 'data')
    const address = /Cairn is at (\S+)/.exec(said)?.[1] as string
    const ask = async (question: string) => {
      const response = await fetch(`${address}/api/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question }),
      })
      await response.text()
    }
    await ask(questions[0] as string)
    const firstAnswerMs = performance.now() - started
    for (const question of questions.slice(0, 100)) await ask(question)
    const residentMb = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024
    return { firstAnswerMs, residentMb }
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
    await rm(data, { recursive: true, force: true })
  }
}

function indexSeconds(env: NodeJS.ProcessEnv, args: string[]): number {
  const fresh = join(directory, `index-${performance.now()}`)
  const result = spawnSync(process.execPath, [MAIN, 'index', '--json', ...args], { env: { ...env, CAIRN_DATA_DIR: fresh }, encoding: 'utf8' })
  return (JSON.parse(result.stdout) as { seconds: number }).seconds
}

/** One answer after the other, then eight at once. */
async function inProcess(): Promise<void> {
  const config = loadConfig({ CAIRN_DATA_DIR: directory })
  const embedder = await createEmbedder(config)
  const { assistant } = await createEngine({ config, embedder, onNotice: () => {} })
  const embedding: number[] = []
  const embedQuery = embedder.embeddings.embedQuery.bind(embedder.embeddings)
  embedder.embeddings.embedQuery = async (text) => {
    const started = performance.now()
    const vector = await embedQuery(text)
    embedding.push(performance.now() - started)
    return vector
  }
  for (const question of questions) await assistant.ask({ question: `${question} again` })
  embedding.length = 0
  const totals: number[] = []
  const rest: number[] = []
  for (const question of questions) {
    const { ms } = await assistant.ask({ question })
    totals.push(ms.total)
    rest.push(ms.total - (embedding.at(-1) ?? 0))
  }
  report('`ask` in a running process, p50', quantile(totals, 0.5), 20, 'ms')
  report('of which all but embedding the question', quantile(rest, 0.5), 2, 'ms')

  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  for (let i = 0; i + 8 <= questions.length; i += 8)
    await Promise.all(questions.slice(i, i + 8).map((question) => assistant.ask({ question: `${question} please` })))
  delay.disable()
  report('event-loop delay p99 with eight questions at once', delay.percentile(99) / 1e6, 20, 'ms')
  await embedder.close()
}

function timed(work: () => unknown): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

function median(times: number, measure: () => number): number {
  return quantile(Array.from({ length: times }, measure), 0.5)
}

function report(what: string, value: number, bound: number, unit: string): void {
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(1)
  process.stdout.write(`${what.padEnd(55)} ${shown.padStart(7)} ${unit.padEnd(3)} (under ${bound} ${unit}: ${value < bound ? 'yes' : 'NO'})\n`)
}
