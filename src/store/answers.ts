/** Answers: appended, never changed. Writing one is the transaction that everything else may lean on. */
import { type AssessmentStore, StaleRecordError } from '../assessments/assessment-store.ts'
import type { Answer } from '../assessments/records.ts'
import { type Database, plainText, write } from './database.ts'
import { changedColumns, toRun } from './runs.ts'
import type { AnswerRow } from './schema.ts'

type AnswerMethods = 'recordAnswer' | 'answers' | 'answersOf' | 'answerHistory'

/** Databases bound how many values one statement takes. */
const RUNS_AT_ONCE = 1_000

export function answerRepository(database: Database): Pick<AssessmentStore, AnswerMethods> {
  const { db, locksRows } = database

  async function answersOf(tenant: string, runs: readonly string[]): Promise<Answer[][]> {
    const counting = new Map(runs.map((run) => [run, new Map<string, Answer>()]))
    for (let start = 0; start < runs.length; start += RUNS_AT_ONCE) {
      const rows = await db
        .selectFrom('answers')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('run', 'in', runs.slice(start, start + RUNS_AT_ONCE))
        .orderBy('run')
        .orderBy('seq')
        .execute()
      // A later revision takes the place of the earlier one.
      for (const row of rows) counting.get(row.run)?.set(row.question, toAnswer(row))
    }
    return runs.map((run) => [...(counting.get(run)?.values() ?? [])])
  }

  return {
    recordAnswer: (tenant, answer, { key, version, change }) =>
      write(database, async (transaction) => {
        const run = await transaction
          .selectFrom('runs')
          .selectAll()
          .where('tenant', '=', tenant)
          .where('id', '=', answer.run)
          .$if(locksRows, (query) => query.forUpdate())
          .executeTakeFirst()
        if (run === undefined) throw new StaleRecordError(`there is no run ${answer.run}`)

        const ofRun = transaction.selectFrom('answers').where('tenant', '=', tenant).where('run', '=', answer.run)
        // Before the version: the second press of a button names the version that the first one has just used up.
        const stored = await ofRun.selectAll().where('key', '=', key).executeTakeFirst()
        if (stored !== undefined) return { run: toRun(run), answer: toAnswer(stored), repeated: true }
        if (run.version !== version) throw new StaleRecordError(`run ${answer.run} has changed since version ${version}`)

        const last = await ofRun
          .select((eb) => eb.fn.max('revision').as('revision'))
          .where('question', '=', answer.question)
          .executeTakeFirst()
        const row = toAnswerRow(tenant, { ...answer, revision: (last?.revision ?? 0) + 1 }, { seq: version + 1, key })
        await transaction.insertInto('answers').values(row).execute()
        const changed = await transaction
          .updateTable('runs')
          .set((eb) => changedColumns(eb, change, answer.answeredAt))
          .where('tenant', '=', tenant)
          .where('id', '=', answer.run)
          .returningAll()
          .executeTakeFirstOrThrow()
        return { run: toRun(changed), answer: toAnswer(row), repeated: false }
      }),

    async answers(tenant, run) {
      return (await answersOf(tenant, [run])).flat()
    },

    answersOf,

    async answerHistory(tenant, run, question) {
      const rows = await db
        .selectFrom('answers')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('run', '=', run)
        .$if(question !== undefined, (query) => query.where('question', '=', question as string))
        .orderBy('seq')
        .execute()
      return rows.map(toAnswer)
    },
  }
}

export function toAnswerRow(tenant: string, answer: Answer, { seq, key }: Pick<AnswerRow, 'seq' | 'key'>): AnswerRow {
  return {
    tenant,
    run: answer.run,
    seq,
    question: answer.question,
    revision: answer.revision,
    value: JSON.stringify(answer.value),
    said: answer.said === undefined ? null : plainText(answer.said),
    note: answer.note === undefined ? null : plainText(answer.note),
    seen: JSON.stringify(answer.seen),
    model_version: answer.modelVersion,
    answered_at: answer.answeredAt,
    surface: answer.surface,
    key,
  }
}

export function toAnswer(row: AnswerRow): Answer {
  return {
    run: row.run,
    question: row.question,
    value: JSON.parse(row.value),
    ...(row.said === null ? {} : { said: row.said }),
    ...(row.note === null ? {} : { note: row.note }),
    seen: JSON.parse(row.seen),
    modelVersion: row.model_version,
    revision: row.revision,
    answeredAt: row.answered_at,
    surface: row.surface,
  }
}
