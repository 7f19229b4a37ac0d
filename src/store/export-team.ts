/** Reads everything of a team at one moment. */
import type { Answer, Person, Round, TenantId } from '../assessments/records.ts'
import type { ExportedRun, TeamExport } from '../assessments/team-export.ts'
import { UserError } from '../shared/errors.ts'
import { actionRepository } from './actions.ts'
import { toAnswer } from './answers.ts'
import type { Database } from './database.ts'
import { toPerson } from './people.ts'
import { roundRepository } from './rounds.ts'
import { toRun } from './runs.ts'
import { targetRepository } from './targets.ts'
import { teamRepository } from './teams.ts'

const PERSONS_AT_ONCE = 1_000

export function exportTeam(database: Database, tenant: TenantId, id: string): Promise<TeamExport> {
  return database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const now: Database = { ...database, db }
      const team = await teamRepository(now).team(tenant, id)
      if (team === undefined) throw new UserError(`there is no team ${JSON.stringify(id)}: cairn results names those that there are`)
      const members = await teamRepository(now).members(tenant, id)
      const rounds = (await roundRepository(now).rounds(tenant, id)).reverse()
      const confidential = new Set(rounds.flatMap((round) => (round.confidential ? [round.id] : [])))
      const runs = withoutIdentities(await runsWithAnswers(now, tenant, id), confidential)
      const targets = await targetRepository(now).targets(tenant, id)
      const actions = await actionRepository(now).actions(tenant, id, { done: true })
      const named = new Set([
        ...rounds.flatMap(({ invited, startedBy }) => [startedBy, ...invited]),
        ...runs.flatMap((run) => (isConfidential(run, confidential) ? [] : [run.person])),
        ...targets.map(({ setBy }) => setBy),
        ...actions.flatMap(({ createdBy, owner }) => (owner === undefined ? [createdBy] : [createdBy, owner])),
      ])
      for (const { id: member } of members) named.delete(member)
      const hidden = runs.filter((run) => isConfidential(run, confidential)).map(({ person }): Person => ({ id: person, name: 'Confidential' }))
      return {
        format: 'cairn-team',
        version: 1,
        team,
        persons: [...members, ...(await personsOf(now, tenant, [...named])), ...hidden],
        members: members.map((member) => member.id),
        rounds: rounds.map(({ team: _, ...round }): Omit<Round, 'team'> => round),
        runs,
        targets: targets.map(({ team: _, ...target }) => target),
        actions: actions.map(({ team: _, ...action }) => action),
      }
    })
}

const isConfidential = ({ round }: ExportedRun, confidential: ReadonlySet<string>) => round !== undefined && confidential.has(round)

/** Made of the run alone: an id made of the person could be found by trying all persons. */
function withoutIdentities(runs: readonly ExportedRun[], confidential: ReadonlySet<string>): ExportedRun[] {
  return runs.map((run) => (isConfidential(run, confidential) ? { ...run, person: `confidential-${run.id}` } : run))
}

async function runsWithAnswers({ db }: Database, tenant: TenantId, team: string): Promise<ExportedRun[]> {
  const runs = await db.selectFrom('runs').selectAll().where('tenant', '=', tenant).where('team', '=', team).orderBy('started_at').orderBy('id').execute()
  const answers = await db
    .selectFrom('answers')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('run', 'in', (eb) => eb.selectFrom('runs').select('id').where('tenant', '=', tenant).where('team', '=', team))
    .orderBy('run')
    .orderBy('seq')
    .execute()
  const byRun = Map.groupBy(answers, ({ run }) => run)
  return runs.map((row) => {
    const { team: _, ...run } = toRun(row)
    return { ...run, answers: (byRun.get(row.id) ?? []).map((answer): Omit<Answer, 'run'> => withoutRun(toAnswer(answer))) }
  })
}

function withoutRun({ run: _, ...answer }: Answer): Omit<Answer, 'run'> {
  return answer
}

async function personsOf({ db }: Database, tenant: TenantId, ids: readonly string[]): Promise<Person[]> {
  const rows = []
  for (let start = 0; start < ids.length; start += PERSONS_AT_ONCE) {
    rows.push(
      ...(await db
        .selectFrom('persons')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('id', 'in', ids.slice(start, start + PERSONS_AT_ONCE))
        .orderBy('name')
        .orderBy('id')
        .execute()),
    )
  }
  return rows.map(toPerson)
}
