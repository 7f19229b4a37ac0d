/**
 * `npm run soak`: twenty respondents answer while the processes that they talk to are killed, 200 times on SQLite and 40 times on PostgreSQL.
 * Ends with 1 when anything that was acknowledged is lost or doubled, a run can't be finished, or time is up before all kills.
 * A failed series is repeated by its seed: `npm run soak -- --seed 17 --kills 10 --postgres-kills 0`.
 * `npm run soak -- --digests 10000 --minutes 40` instead: so many digests at once, sent by processes that are killed.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { RESPONDENTS, runSeries, type SeriesResult } from '../src/assessments/testing/crash-series.ts'
import { messageOf } from '../src/shared/errors.ts'
import { type PostgresServer, startPostgres } from '../src/testing/postgres-server.ts'
import { soakDigests } from './soak-digests.ts'

/** Each series has a database of its own, so that one can be repeated without the others. */
const KILLS_A_SERIES = 10
const SHOWN_VIOLATIONS = 20
const NOTHING: SeriesResult = { kills: 0, killsAtStart: 0, runs: 0, acknowledged: 0, recorded: 0, repeats: 0, violations: [] }

const count = z.coerce.number().pipe(z.int().min(0))
const {
  seed,
  kills,
  'postgres-kills': postgresKills,
  minutes,
  digests,
} = z.object({ seed: count, kills: count, 'postgres-kills': count, minutes: count, digests: count }).parse(
  parseArgs({
    options: {
      seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
      kills: { type: 'string', default: '200' },
      'postgres-kills': { type: 'string', default: '40' },
      minutes: { type: 'string', default: '15' },
      digests: { type: 'string', default: '0' },
    },
  }).values,
)

const deadline = Date.now() + minutes * 60_000
const timeIsUp = () => Date.now() > deadline
if (digests > 0) process.exit((await soakDigests({ digests, seed, timeIsUp, say })) ? 0 : 1)
const directory = await mkdtemp(join(tmpdir(), 'cairn-soak-'))
let server: PostgresServer | undefined
let failed = false
try {
  say(`${kills} kills on SQLite and ${postgresKills} on PostgreSQL while ${RESPONDENTS} respondents answer; first seed ${seed}, at most ${minutes} minutes`)
  const onSqlite = await runAll('SQLite', kills, async (of) => `sqlite:${join(directory, `${of}.db`)}`)
  if (postgresKills > 0) server = await startPostgres()
  const onPostgres = await runAll('PostgreSQL', postgresKills, (of) => (server as PostgresServer).createDatabase(`soak_${of}`))
  const all = [...onSqlite, ...onPostgres]
  const violations = sum(all, (result) => result.violations.length)
  const done = sum(all, (result) => result.kills)
  say(
    `${timeIsUp() ? '\nTIME IS UP' : ''}` +
      `\n${done} of ${kills + postgresKills} kills, and ${sum(all, (result) => result.killsAtStart)} while a database was opened` +
      `\n${sum(all, (result) => result.acknowledged)} answers acknowledged, ${sum(all, (result) => result.recorded)} recorded, ${sum(all, (result) => result.repeats)} pressed again after a kill` +
      `\n${sum(all, (result) => result.runs)} runs, each brought to its end` +
      `\n${violations === 0 ? 'none lost, none doubled, no other violation' : `${violations} VIOLATIONS`}`,
  )
  failed = violations > 0 || done < kills + postgresKills
} finally {
  await server?.stop()
  await rm(directory, { recursive: true, force: true })
}
// Of the PostgreSQL package: it ends the process with 0 when nothing else does.
if (failed) process.exit(1)

async function runAll(dialect: 'SQLite' | 'PostgreSQL', wanted: number, makeDatabase: (seed: number) => Promise<string>): Promise<SeriesResult[]> {
  const results: SeriesResult[] = []
  for (let first = 0; first < wanted && !timeIsUp(); first += KILLS_A_SERIES) {
    const own = seed + first / KILLS_A_SERIES
    const processes = dialect === 'PostgreSQL' ? 2 : 1 + (own % 2)
    const series = {
      databaseUrl: await makeDatabase(own),
      directory: await mkdtemp(join(directory, 'series-')),
      seed: own,
      kills: Math.min(KILLS_A_SERIES, wanted - first),
      processes,
      timeIsUp,
    }
    const result = await runSeries(series).catch((error: unknown) => ({ ...NOTHING, violations: [messageOf(error)] }))
    results.push(result)
    say(
      `${dialect}, seed ${own}, ${processes === 1 ? '1 process' : `${processes} processes`}: ${result.kills} kills, ` +
        `${result.acknowledged} answers acknowledged, ${result.runs} runs, ${result.violations.length === 0 ? 'ok' : 'FAILED'}`,
    )
    for (const violation of result.violations.slice(0, SHOWN_VIOLATIONS)) say(`  ${violation}`)
    if (result.violations.length > 0) {
      const [sqlite, postgres] = dialect === 'SQLite' ? [series.kills, 0] : [0, series.kills]
      say(`  repeat it with: npm run soak -- --seed ${own} --kills ${sqlite} --postgres-kills ${postgres}`)
    }
  }
  return results
}

function sum(results: readonly SeriesResult[], of: (result: SeriesResult) => number): number {
  return results.reduce((total, result) => total + of(result), 0)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
