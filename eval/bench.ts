/**
 * `npm run bench`: times and memory, as medians unless they say otherwise, each beside the bound that the project holds itself to.
 * Machines are noisy: nothing here fails a build. `npm run bench -- --store 1000000` fills the larger of the two databases with so many answers.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { loadConfig } from '../src/config.ts'
import type { Embedder } from '../src/embeddings/embedder.ts'
import { createEmbedder, createEngine, type Engine } from '../src/engine.ts'
import { openChatEngine } from '../src/testing/chat-engine.ts'
import { honest } from '../src/testing/scripted-models/honest.ts'
import { readQuickAssessments, timeSteps } from './bench-assessments.ts'
import { loadSlack } from './bench-slack.ts'
import { loadTeams } from './bench-teams.ts'
import { quantile } from './metrics.ts'
import { readOwnSet } from './sets.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
/** As in `npm start`. */
const START_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=30']
/** As in `npm run cairn`. */
const COMMAND_FLAGS = ['--max-semi-space-size=32']
const BENCH_STORE = join(import.meta.dirname, 'bench-store.ts')
const REPEATS = 5
const SMALL_STORE = 10_000
const FIRST_SENTENCE_MS = 500
const STEP_MS = 20
const SLACK_ACK_MS = 100
const SLACK_REPLY_MS = 1_000
const TEAMS_RESPONSE_MS = 200
const own = readOwnSet(import.meta.dirname)
const questions = own.answerable.map(({ question }) => question)
const { store: largeStore } = z
  .object({ store: z.coerce.number().pipe(z.int().min(SMALL_STORE)) })
  .parse(parseArgs({ options: { store: { type: 'string', default: '200000' } } }).values)

const times = z.object({ p50: z.number(), p95: z.number() })
const storeFigures = z.object({ answers: z.number(), teams: z.number(), resultsMs: times, recordMs: times, syncMs: times })
type StoreFigures = z.infer<typeof storeFigures>

const directory = await mkdtemp(join(tmpdir(), 'cairn-bench-'))
try {
  const env = { ...process.env, CAIRN_DATA_DIR: directory, LOG_LEVEL: 'silent', PORT: '0' }
  spawnSync(process.execPath, [MAIN, 'index'], { env })

  report(
    'cold `cairn ask`',
    median(REPEATS, () => timed(() => spawnSync(process.execPath, [...COMMAND_FLAGS, MAIN, 'ask', questions[0] as string], { env }))),
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
  stores()
  for (const mode of ['socket', 'http'] as const) await slack(mode)
  await teams()
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
  const engine = await createEngine({ config, embedder, onNotice: () => {} })
  const { assistant } = engine
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
  embedder.embeddings.embedQuery = embedQuery
  await withChatModel(embedder)
  await assessments(engine)
  await embedder.close()
}

/** What is added to the model's own time: its stand-in answers at once. */
async function withChatModel(embedder: Embedder): Promise<void> {
  const engine = await openChatEngine({ embedder })
  try {
    engine.use(honest)
    // Sentences of passages that were not given before are embedded once.
    for (const round of ['', ', asked again']) {
      const firsts: number[] = []
      for (const question of questions) {
        const first = await firstSentenceMs(engine, question)
        if (first !== undefined) firsts.push(first)
      }
      report(`first sentence with a chat model${round}, p50 of ${firsts.length}`, quantile(firsts, 0.5), FIRST_SENTENCE_MS, 'ms')
      report('the same, p95', quantile(firsts, 0.95), FIRST_SENTENCE_MS, 'ms')
    }
  } finally {
    await engine.close()
  }
}

/** Undefined where the model wrote nothing that is shown: the question is declined, or the answer quoted. */
async function firstSentenceMs({ assistant }: Engine, question: string): Promise<number | undefined> {
  const started = performance.now()
  let first: number | undefined
  const { answerer } = await assistant.ask({ question }, (event) => {
    if (event.type === 'sentence') first ??= performance.now() - started
  })
  return answerer === 'extractive' ? undefined : first
}

async function assessments(engine: Engine): Promise<void> {
  for (const { model, questions: asked, minutes, minutesInOwnWords } of await readQuickAssessments(engine)) {
    reportAtMost(`quick ${model}: questions`, asked, model === 'fairwinds' ? 3 : 5)
    report(`quick ${model}: words shown, read at 200 a minute`, minutes, 3, 'min')
    say(`quick ${model}: the same, all answered in own words`, minutesInOwnWords, 'min')
  }
  const { button, freeText } = await timeSteps(
    engine,
    directory,
    own.placements.map(({ statement }) => statement),
  )
  for (const [what, times] of [
    ['with a button', button],
    ['in own words', freeText],
  ] as const) {
    report(`a step of an assessment ${what}, p50`, quantile(times, 0.5), STEP_MS, 'ms')
    report('the same, p95', quantile(times, 0.95), STEP_MS, 'ms')
  }
}

/** Half of the commands are questions, the others ask for help; people mention the bot besides. */
async function slack(mode: 'socket' | 'http'): Promise<void> {
  const { commands, mentions, acks, firstReplies, lost, doubled, faults } = await loadSlack({ mode, perSecond: 50, seconds: 30, questions })
  say(`Slack by ${mode}: commands sent at 50 a second, and mentions`, commands + mentions, '')
  report('acknowledged, p50', quantile(acks, 0.5), SLACK_ACK_MS, 'ms')
  report('the same, p99', quantile(acks, 0.99), SLACK_ACK_MS, 'ms')
  report('first visible reply, p95', quantile(firstReplies, 0.95), SLACK_REPLY_MS, 'ms')
  reportAtMost('lost, doubled, or not as Slack wants it', lost + doubled + faults.length, 0)
}

/** Half of those who write ask a question, the others for help. */
async function teams(): Promise<void> {
  const { activities, responses, firstReplies, lost, doubled, faults } = await loadTeams({ perSecond: 20, seconds: 30, questions })
  say('Teams: activities sent at 20 a second', activities, '')
  report('response to Microsoft, p50', quantile(responses, 0.5), TEAMS_RESPONSE_MS, 'ms')
  report('the same, p99', quantile(responses, 0.99), TEAMS_RESPONSE_MS, 'ms')
  say('first visible reply, p95', quantile(firstReplies, 0.95), 'ms')
  reportAtMost('lost, doubled, or not as Teams wants it', lost + doubled + faults.length, 0)
}

/** Each in a process of its own, so that neither warms the other up. */
function stores(): void {
  const [small, large] = [SMALL_STORE, largeStore].map((answers) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [BENCH_STORE, `${answers}`], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`bench-store.ts ended with ${status}: ${stderr}`)
    return storeFigures.parse(JSON.parse(stdout))
  }) as [StoreFigures, StoreFigures]
  for (const { answers, teams, resultsMs, recordMs } of [small, large]) {
    const of = `of ${answers.toLocaleString('en')} answers`
    report(`${of}, ${teams.toLocaleString('en')} teams: a team's results, p95`, resultsMs.p95, 20, 'ms')
    report(`${of}: recording an answer, p95`, recordMs.p95, 5, 'ms')
  }
  say('the disk alone, to keep a page, p95', large.syncMs.p95, 'ms')
  for (const quantile of ['p50', 'p95'] as const) {
    report(`a team's results, large to small, ${quantile}`, large.resultsMs[quantile] / small.resultsMs[quantile], 2, 'x')
    report(`recording an answer, large to small, ${quantile}`, large.recordMs[quantile] / small.recordMs[quantile], 2, 'x')
  }
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
  say(what, value, unit, `(under ${bound} ${unit}: ${value < bound ? 'yes' : 'NO'})`)
}

function reportAtMost(what: string, value: number, bound: number): void {
  say(what, value, '', `(at most ${bound}: ${value <= bound ? 'yes' : 'NO'})`)
}

function say(what: string, value: number, unit: string, verdict = ''): void {
  const shown = Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
  process.stdout.write(`${what.padEnd(62)} ${shown.padStart(7)} ${unit.padEnd(3)} ${verdict}`.trimEnd().concat('\n'))
}
