/**
 * `node eval/bench-store.ts [ANSWERS] [DATABASE_URL]`: how long one team's results take to read and an answer to record, with so many answers stored.
 * Prints one JSON object. Without an address the database is a file of its own that is removed afterwards; a named one must be empty.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { openDatabase, openStore, type Store } from '../src/store/open-store.ts'
import { FILLED_TENANT, fillStore, QUESTIONS } from '../src/store/testing/fill.ts'
import { quantile } from './metrics.ts'

const READS = 300
const RUNS_RECORDED = 60
const WARM_UP = 20
const SYNCS = 300

const [count, url] = z.tuple([z.coerce.number().pipe(z.int().min(500)).default(10_000), z.string().optional()]).parse([process.argv[2], process.argv[3]])

const directory = await mkdtemp(join(tmpdir(), 'cairn-bench-'))
try {
  const file = join(directory, 'cairn.db')
  process.stdout.write(`${JSON.stringify(await bench(count, url ?? `sqlite:${file}`, url === undefined ? file : undefined), null, 2)}\n`)
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function bench(wanted: number, databaseUrl: string, file: string | undefined) {
  const filling = performance.now()
  const database = await openDatabase(databaseUrl)
  const { teams, answers } = await fillStore(database, wanted)
  await database.close()
  const fillSeconds = (performance.now() - filling) / 1000

  const opening = performance.now()
  const store = await openStore(databaseUrl)
  const openMs = performance.now() - opening
  try {
    const reads = []
    for (let i = 0; i < WARM_UP + READS; i++) {
      const team = teams[Math.floor(Math.random() * teams.length)] as string
      reads.push(await timed(() => readResults(store, team)))
    }
    const records = []
    for (let i = 0; i < RUNS_RECORDED; i++) records.push(...(await recordRun(store, teams[i % teams.length] as string)))
    return {
      answers,
      teams: teams.length,
      fillSeconds: round(fillSeconds),
      openMs: round(openMs),
      fileMb: file === undefined ? undefined : round((await stat(file)).size / 1e6),
      resultsMs: figures(reads.slice(WARM_UP)),
      recordMs: figures(records.slice(WARM_UP)),
      syncMs: figures(await bareSyncs(directory)),
    }
  } finally {
    await store.close()
  }
}

/** What a page of results asks for: the teams to choose from, the team's finished runs, their answers. */
async function readResults({ assessments }: Store, team: string): Promise<void> {
  await assessments.teams(FILLED_TENANT)
  const runs = await assessments.finishedRuns(FILLED_TENANT, team)
  const answers = await assessments.answersOf(
    FILLED_TENANT,
    runs.map(({ id }) => id),
  )
  if (answers.flat().length < 500) throw new Error(`team ${team} has ${answers.flat().length} answers`)
}

async function recordRun({ assessments }: Store, team: string): Promise<number[]> {
  const [person] = await assessments.members(FILLED_TENANT, team)
  const id = randomUUID()
  const at = new Date().toISOString()
  const run = { id, person: person?.id ?? '', team, scope: { model: 'kmm', extent: 'quick' as const }, modelVersion: '2024', startedAt: at, updatedAt: at }
  await assessments.createRun(FILLED_TENANT, { ...run, state: 'open', version: 1 })
  const times = []
  for (const [i, question] of QUESTIONS.entries()) {
    const answer = {
      run: id,
      question,
      value: { kind: 'level' as const, level: 3 },
      said: 'We do this for most services since last year',
      seen: [{ passage: `${question}/3`, hash: '0123456789abcdef' }],
      modelVersion: '2024',
      answeredAt: at,
      surface: 'web' as const,
    }
    times.push(await timed(() => assessments.recordAnswer(FILLED_TENANT, answer, { key: randomUUID(), version: i + 1, change: { state: 'open' } })))
  }
  return times
}

/** What a disk alone takes to keep a page: no answer can be recorded faster. */
async function bareSyncs(where: string): Promise<number[]> {
  const file = await open(join(where, 'sync'), 'w')
  const times = []
  try {
    for (let i = 0; i < SYNCS; i++) {
      times.push(
        await timed(async () => {
          await file.write(Buffer.alloc(4096), 0, 4096, i * 4096)
          await file.datasync()
        }),
      )
    }
  } finally {
    await file.close()
  }
  return times
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function figures(times: readonly number[]) {
  return { p50: round(quantile(times, 0.5)), p95: round(quantile(times, 0.95)), max: round(Math.max(...times)) }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
