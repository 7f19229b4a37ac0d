/** Holds a database against what respondents know: every difference is a sentence. */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Corpus } from '../../corpus/passage.ts'
import { toAnswer } from '../../store/answers.ts'
import type { Database } from '../../store/database.ts'
import { toRun } from '../../store/runs.ts'
import type { AnswerRow } from '../../store/schema.ts'
import { catalogueOf } from '../catalogue.ts'
import { nextQuestion } from '../course.ts'
import type { Run } from '../records.ts'
import type { Entry, Press } from './crash-journal.ts'

export interface Kept {
  runs: readonly Run[]
  answers: readonly AnswerRow[]
}

export async function readKept({ db }: Database): Promise<Kept> {
  const runs = (await db.selectFrom('runs').selectAll().execute()).map(toRun)
  const answers = await db.selectFrom('answers').selectAll().orderBy('run').orderBy('seq').execute()
  return { runs, answers }
}

/** @param sqlite whether the file itself can be asked */
export async function damageOf({ db }: Database, sqlite: boolean): Promise<string[]> {
  if (!sqlite) return []
  const integrity = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
  const broken = await sql`pragma foreign_key_check`.execute(db)
  return [
    ...integrity.rows.flatMap((row) => (row.integrity_check === 'ok' ? [] : [`integrity_check: ${row.integrity_check}`])),
    ...broken.rows.map((row) => `foreign_key_check: ${JSON.stringify(row)}`),
  ]
}

export function differences({ runs, answers }: Kept, entries: readonly Entry[], corpus: Corpus): string[] {
  const presses = new Map(entries.flatMap((entry) => (entry.kind === 'pressed' ? [[keyOf(entry), entry]] : [])))
  const rows = Map.groupBy(answers, keyOf)
  const byRun = Map.groupBy(answers, ({ run }) => run)
  return [
    ...[...rows].flatMap(([key, same]) => faultsOfRows(key, same, presses.get(key))),
    ...entries.flatMap((entry) => (entry.kind === 'recorded' ? lost(entry, rows.get(keyOf(entry))?.[0]) : [])),
    ...seenLater(entries, runs),
    ...runs.flatMap((run) => [...faultsOfVersions(run, byRun.get(run.id) ?? []), ...faultsOfCourse(run, byRun.get(run.id) ?? [], corpus)]),
  ]
}

const keyOf = ({ run, key }: { run: string; key: string }) => `${run} ${key}`

function faultsOfRows(key: string, rows: readonly AnswerRow[], press: Press | undefined): string[] {
  if (press === undefined) return [`nobody pressed ${key}`]
  const value: unknown = JSON.parse((rows[0] as AnswerRow).value)
  return [
    ...(rows.length === 1 ? [] : [`doubled: ${key} is there ${rows.length} times`]),
    ...(rows[0]?.question === press.question && isDeepStrictEqual(value, press.value) ? [] : [`${key} is another answer than was pressed`]),
    ...(rows[0]?.seq === press.version + 1 ? [] : [`${key} was pressed on version ${press.version} and is recorded as ${rows[0]?.seq}`]),
  ]
}

function lost(entry: Entry & { kind: 'recorded' }, row: AnswerRow | undefined): string[] {
  if (row === undefined) return [`lost: ${keyOf(entry)} was acknowledged with version ${entry.version}`]
  const fits = entry.repeated ? row.seq <= entry.version : row.seq === entry.version
  return fits ? [] : [`${keyOf(entry)} was acknowledged with version ${entry.version} and is recorded as ${row.seq}`]
}

/** What somebody has seen is never taken back, also where no answer was recorded. */
function seenLater(entries: readonly Entry[], runs: readonly Run[]): string[] {
  const now = new Map(runs.map((run) => [run.id, run]))
  return entries.flatMap((entry) => {
    if (entry.kind !== 'seen') return []
    const run = now.get(entry.run)
    if (run === undefined) return [`lost: run ${entry.run} was shown`]
    if (run.version < entry.version) return [`run ${run.id} was shown at version ${entry.version} and is at ${run.version}`]
    return run.version === entry.version && run.state !== entry.state ? [`run ${run.id} was shown ${entry.state} and is ${run.state}`] : []
  })
}

/** Each change of a run has its own version, each answer to a question its own revision, without gaps. */
function faultsOfVersions(run: Run, rows: readonly AnswerRow[]): string[] {
  const faults = []
  if (new Set(rows.map(({ seq }) => seq)).size !== rows.length) faults.push(`two answers of run ${run.id} have one version`)
  if (rows.some(({ seq }) => seq < 2 || seq > run.version)) faults.push(`an answer of run ${run.id} has a version that the run never had`)
  for (const [question, same] of Map.groupBy(rows, (row) => row.question))
    if (same.some(({ revision }, i) => revision !== i + 1)) faults.push(`the revisions of ${question} in run ${run.id} are ${same.map((row) => row.revision)}`)
  return faults
}

/** The run stands at a question that there is, or is finished and has an answer to each. */
function faultsOfCourse(run: Run, rows: readonly AnswerRow[], corpus: Corpus): string[] {
  const catalogue = catalogueOf(run.scope, corpus)
  const next = nextQuestion(catalogue, new Map(rows.map((row) => [row.question, toAnswer(row)])))
  if (run.state === 'finished') return next === undefined && run.finishedAt !== undefined ? [] : [`run ${run.id} is finished without an answer to ${next?.id}`]
  const isQuestion = catalogue.questions.some(({ id }) => id === run.current)
  const fits = isQuestion && (run.pending === undefined || run.pending.question === run.current)
  return fits ? [] : [`run ${run.id} is ${run.state} at ${run.current}, waiting for ${JSON.stringify(run.pending)}`]
}
