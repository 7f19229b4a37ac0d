/** Fills a database with as many answers as a test of its speed needs, in the shape that real use has: teams that assess themselves quickly, again and again. */
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Database, write } from '../database.ts'
import { toPersonRow } from '../people.ts'
import { toRunRow } from '../runs.ts'
import { toTeamRow } from '../teams.ts'

export const FILLED_TENANT = 'local'
export const QUESTIONS = ['infrastructure', 'automation', 'security', 'observability', 'developer-experience'].map((section) => `kmm/${section}`)

const ANSWERS_PER_TEAM = 500
const PEOPLE_PER_TEAM = 5
/** Within the number of values that one statement takes. */
const RUNS_AT_ONCE = 2_000
const FIRST_DAY = Date.UTC(2025, 0, 1)
const DAY_MS = 24 * 60 * 60 * 1000

export interface Filled {
  teams: readonly string[]
  answers: number
}

/** All in one tenant, 500 answers a team: 10,000 answers are 20 teams, 1,000,000 are 2,000. Each run is finished and has five answers. */
export async function fillStore(database: Database, answers: number): Promise<Filled> {
  // Nobody waits for these answers, and what is lost in a crash is filled again.
  if (!database.locksRows) await sql`pragma synchronous = off`.execute(database.db)
  const teams = Array.from({ length: Math.ceil(answers / ANSWERS_PER_TEAM) }, () => randomUUID())
  const runsPerTeam = ANSWERS_PER_TEAM / QUESTIONS.length
  const rows = []
  for (const [i, team] of teams.entries()) {
    const people = Array.from({ length: PEOPLE_PER_TEAM }, () => randomUUID())
    await write(database, async (db) => {
      await db
        .insertInto('teams')
        .values(toTeamRow(FILLED_TENANT, { id: team, name: `Team ${i + 1}`, createdAt: at(0) }))
        .execute()
      await db
        .insertInto('persons')
        .values(people.map((id, n) => toPersonRow(FILLED_TENANT, { id, name: `Person ${n + 1} of team ${i + 1}` })))
        .execute()
      await db
        .insertInto('members')
        .values(people.map((person) => ({ tenant: FILLED_TENANT, team, person })))
        .execute()
    })
    for (let n = 0; n < runsPerTeam; n++) rows.push(finishedRun(team, people[n % people.length] as string, Math.floor(n / people.length) * 18))
    while (rows.length >= RUNS_AT_ONCE || (i === teams.length - 1 && rows.length > 0)) await insertRuns(database, rows.splice(0, RUNS_AT_ONCE))
  }
  if (!database.locksRows) await sql`pragma synchronous = full`.execute(database.db)
  await sql`analyze`.execute(database.db)
  // The disk must not be busy with this while something is measured.
  if (!database.locksRows) await sql`pragma wal_checkpoint(TRUNCATE)`.execute(database.db)
  return { teams, answers: teams.length * ANSWERS_PER_TEAM }
}

function at(day: number): string {
  return new Date(FIRST_DAY + day * DAY_MS).toISOString()
}

function finishedRun(team: string, person: string, day: number) {
  return toRunRow(FILLED_TENANT, {
    id: randomUUID(),
    person,
    team,
    scope: { model: 'kmm', extent: 'quick' },
    state: 'finished',
    modelVersion: '2024',
    startedAt: at(day),
    updatedAt: at(day),
    finishedAt: at(day),
    version: QUESTIONS.length + 1,
  })
}

/** The database itself writes the answers, those of a run together, as they are given. */
async function insertRuns(database: Database, runs: readonly ReturnType<typeof finishedRun>[]): Promise<void> {
  const given = QUESTIONS.map((question, i) => {
    const seen = [1, 2, 3, 4, 5].map((level) => ({ passage: `${question}/${level}`, hash: hashOf(`${question}/${level}`) }))
    const value = { kind: 'level', level: 1 + (i % 5) }
    return sql`select ${sql.lit(i + 2)} as seq, ${sql.lit(question)} as question, ${sql.lit(JSON.stringify(value))} as value, ${sql.lit(JSON.stringify(seen))} as seen`
  })
  await write(database, async (db) => {
    await db.insertInto('runs').values(runs).execute()
    await sql`
      insert into answers (tenant, run, seq, question, revision, value, said, note, seen, model_version, answered_at, surface, key)
      select tenant, id, seq, question, 1, value, 'We do this for most services since last year', null, seen, model_version, updated_at, 'web', question
      from runs cross join (${sql.join(given, sql` union all `)}) as given
      where tenant = ${FILLED_TENANT} and id in (${sql.join(runs.map(({ id }) => id))})
      order by id, seq`.execute(db)
  })
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
