/** Rounds and who is invited to them. */
import type { Kysely } from 'kysely'
import type { AssessmentStore } from '../assessments/assessment-store.ts'
import type { Round } from '../assessments/records.ts'
import { type Database, plainText, write } from './database.ts'
import type { RoundRow, Schema } from './schema.ts'

type RoundMethods = 'createRound' | 'round' | 'rounds' | 'invite' | 'closeRound' | 'overdueRounds'

export function roundRepository(database: Database): Pick<AssessmentStore, RoundMethods> {
  const { db } = database
  return {
    async createRound(tenant, round) {
      await write(database, async (transaction) => {
        await transaction.insertInto('rounds').values(toRoundRow(tenant, round)).execute()
        await invitePersons(transaction, tenant, round.id, round.invited)
      })
    },

    async round(tenant, id) {
      const rows = await db.selectFrom('rounds').selectAll().where('tenant', '=', tenant).where('id', '=', id).execute()
      return (await withInvited(db, tenant, rows))[0]
    },

    async rounds(tenant, team) {
      const rows = await db
        .selectFrom('rounds')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('team', '=', team)
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .execute()
      return withInvited(db, tenant, rows)
    },

    async invite(tenant, round, persons) {
      await write(database, (transaction) => invitePersons(transaction, tenant, round, persons))
    },

    async closeRound(tenant, id, closedBy, at) {
      const { numUpdatedRows } = await write(database, (transaction) =>
        transaction
          .updateTable('rounds')
          .set({ state: 'closed', closed_by: closedBy, closed_at: at })
          .where('tenant', '=', tenant)
          .where('id', '=', id)
          .where('state', '=', 'open')
          .executeTakeFirstOrThrow(),
      )
      return numUpdatedRows === 1n
    },

    async overdueRounds(now) {
      const rows = await db.selectFrom('rounds').selectAll().where('state', '=', 'open').where('deadline', '<=', now).orderBy('deadline').execute()
      return Promise.all(
        rows.map(async (row) => {
          const [round] = await withInvited(db, row.tenant, [row])
          return { tenant: row.tenant, round: round as Round }
        }),
      )
    },
  }
}

/** Whoever is invited already keeps their place. */
export async function invitePersons(db: Kysely<Schema>, tenant: string, round: string, persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return
  const last = await db
    .selectFrom('invitations')
    .select((eb) => eb.fn.max('position').as('position'))
    .where('tenant', '=', tenant)
    .where('round', '=', round)
    .executeTakeFirst()
  const first = (last?.position ?? 0) + 1
  await db
    .insertInto('invitations')
    .values(persons.map((person, i) => ({ tenant, round, person, position: first + i })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function withInvited(db: Kysely<Schema>, tenant: string, rows: readonly RoundRow[]): Promise<Round[]> {
  if (rows.length === 0) return []
  const invitations = await db
    .selectFrom('invitations')
    .selectAll()
    .where('tenant', '=', tenant)
    .where(
      'round',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('position')
    .orderBy('person')
    .execute()
  const invited = Map.groupBy(invitations, ({ round }) => round)
  return rows.map((row) =>
    toRound(
      row,
      (invited.get(row.id) ?? []).map(({ person }) => person),
    ),
  )
}

export function toRoundRow(tenant: string, round: Round): RoundRow {
  return {
    tenant,
    id: round.id,
    team: round.team,
    name: plainText(round.name),
    scope: JSON.stringify(round.scope),
    started_by: round.startedBy,
    started_at: round.startedAt,
    deadline: round.deadline,
    confidential: round.confidential ? 1 : 0,
    shown_from: round.shownFrom,
    state: round.state,
    closed_at: round.closedAt ?? null,
    closed_by: round.closedBy ?? null,
    revote: round.revote === undefined ? null : JSON.stringify(round.revote),
  }
}

function toRound(row: RoundRow, invited: readonly string[]): Round {
  return {
    id: row.id,
    team: row.team,
    name: row.name,
    scope: JSON.parse(row.scope),
    startedBy: row.started_by,
    startedAt: row.started_at,
    deadline: row.deadline,
    confidential: row.confidential === 1,
    shownFrom: row.shown_from,
    invited,
    state: row.state,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.closed_by === null || row.closed_by === undefined ? {} : { closedBy: row.closed_by }),
    ...(row.revote === null ? {} : { revote: JSON.parse(row.revote) }),
  }
}
