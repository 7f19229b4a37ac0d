/** Runs: each change names the version that it was decided on. */
import type { ExpressionBuilder } from 'kysely'
import { type AssessmentStore, type RunChange, StaleRecordError } from '../assessments/assessment-store.ts'
import type { Run } from '../assessments/records.ts'
import { type Database, write } from './database.ts'
import type { RunRow, Schema } from './schema.ts'

type RunMethods = 'createRun' | 'run' | 'runsOf' | 'runsOfRound' | 'finishedRuns' | 'changeRun'

export function runRepository(database: Database): Pick<AssessmentStore, RunMethods> {
  const { db } = database
  return {
    async createRun(tenant, run) {
      await write(database, (transaction) => transaction.insertInto('runs').values(toRunRow(tenant, run)).execute())
    },

    async run(tenant, id) {
      const row = await db.selectFrom('runs').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
      return row && toRun(row)
    },

    async runsOf(tenant, person, { open = false } = {}) {
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('person', '=', person)
        .$if(open, (query) => query.where('state', 'in', ['open', 'paused']))
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toRun)
    },

    async runsOfRound(tenant, round) {
      const rows = await db.selectFrom('runs').selectAll().where('tenant', '=', tenant).where('round', '=', round).orderBy('started_at').orderBy('id').execute()
      return rows.map(toRun)
    },

    async finishedRuns(tenant, team, { model, limit } = {}) {
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('team', '=', team)
        .where('state', '=', 'finished')
        .$if(model !== undefined, (query) => query.where('model', '=', model as string))
        .orderBy('finished_at', 'desc')
        .orderBy('id')
        .$if(limit !== undefined, (query) => query.limit(limit as number))
        .execute()
      return rows.map(toRun)
    },

    async changeRun(tenant, id, version, change, at) {
      const row = await write(database, (transaction) =>
        transaction
          .updateTable('runs')
          .set((eb) => changedColumns(eb, change, at))
          .where('tenant', '=', tenant)
          .where('id', '=', id)
          .where('version', '=', version)
          .returningAll()
          .executeTakeFirst(),
      )
      if (row === undefined) throw new StaleRecordError(`run ${id} has changed since version ${version}`)
      return toRun(row)
    },
  }
}

/** What a change writes: it is the whole state of the run, so what it leaves out is gone, except for when a finished run was finished. */
export function changedColumns(eb: ExpressionBuilder<Schema, 'runs'>, { state, current, pending, finishedAt }: RunChange, at: string) {
  return {
    state,
    current: current ?? null,
    pending: pending === undefined ? null : JSON.stringify(pending),
    finished_at: finishedAt ?? (state === 'finished' ? eb.ref('finished_at') : null),
    updated_at: at,
    version: eb('version', '+', 1),
  }
}

export function toRunRow(tenant: string, run: Run): RunRow {
  return {
    tenant,
    id: run.id,
    person: run.person,
    team: run.team,
    model: run.scope.model,
    scope: JSON.stringify(run.scope),
    round: run.round ?? null,
    state: run.state,
    model_version: run.modelVersion,
    current: run.current ?? null,
    pending: run.pending === undefined ? null : JSON.stringify(run.pending),
    started_at: run.startedAt,
    updated_at: run.updatedAt,
    finished_at: run.finishedAt ?? null,
    version: run.version,
  }
}

export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    person: row.person,
    team: row.team,
    scope: JSON.parse(row.scope),
    ...(row.round === null ? {} : { round: row.round }),
    state: row.state,
    modelVersion: row.model_version,
    ...(row.current === null ? {} : { current: row.current }),
    ...(row.pending === null ? {} : { pending: JSON.parse(row.pending) }),
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    version: row.version,
  }
}
