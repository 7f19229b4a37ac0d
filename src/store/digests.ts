/** Digests, the teams they tell about, and when each is to be looked at. */
import type { Expression, ExpressionBuilder, Kysely } from 'kysely'
import { StaleRecordError } from '../assessments/assessment-store.ts'
import type { Digest, DigestChange, DigestStore } from '../digests/records.ts'
import { type Database, write, writeSoon } from './database.ts'
import type { DigestRow, Schema } from './schema.ts'

/** Comes before every time. */
const AT_ONCE = ''

type Key = Pick<DigestRow, 'tenant' | 'id'>

export function digestRepository(database: Database): DigestStore {
  const { db } = database

  /** Of those that are due the ones to take: in turn by tenant, so that one with thousands does not keep the others waiting. */
  const dueKeys = (now: string, most: number): Promise<Key[]> =>
    db
      .selectFrom((eb) =>
        eb
          .selectFrom('digests')
          .select(['tenant', 'id', 'next_at'])
          .select((own) =>
            own.fn
              .agg<number>('row_number')
              .over((over) => over.partitionBy('tenant').orderBy('next_at').orderBy('id'))
              .as('turn'),
          )
          .where('paused_at', 'is', null)
          .where('next_at', '<=', now)
          .as('due'),
      )
      .select(['tenant', 'id'])
      .orderBy('turn')
      .orderBy('next_at')
      .orderBy('tenant')
      .limit(most)
      .execute()

  /** Those of them that nobody else has taken meanwhile. */
  const take = (keys: readonly Key[], now: string, until: string): Promise<DigestRow[]> =>
    writeSoon(database, async (transaction) => {
      const rows = await transaction
        .selectFrom('digests')
        .selectAll()
        .where((eb) => amongKeys(eb, keys))
        .where('paused_at', 'is', null)
        .where('next_at', '<=', now)
        // In one order for all who take.
        .orderBy('tenant')
        .orderBy('id')
        .$if(database.locksRows, (query) => query.forUpdate())
        .execute()
      if (rows.length === 0) return []
      await transaction
        .updateTable('digests')
        .set({ next_at: until })
        .where((eb) => amongKeys(eb, rows))
        .execute()
      return rows
    })

  return {
    async createDigest(tenant, digest) {
      const created = { ...digest, version: 1 }
      await write(database, async (transaction) => {
        await transaction.insertInto('digests').values(toDigestRow(tenant, created)).execute()
        await saveTeams(transaction, tenant, created)
      })
      return created
    },

    async changeDigest(tenant, digest) {
      return write(database, async (transaction) => {
        const row = await transaction
          .updateTable('digests')
          .set((eb) => ({
            ...changedColumns(digest),
            dealt_with_until: later(eb, eb.ref('dealt_with_until'), digest.dealtWithUntil),
            version: eb('version', '+', 1),
          }))
          .where('tenant', '=', tenant)
          .where('id', '=', digest.id)
          .where('version', '=', digest.version)
          .returningAll()
          .executeTakeFirst()
        if (row === undefined) throw new StaleRecordError(`digest ${digest.id} has changed since version ${digest.version}`)
        await transaction.deleteFrom('digest_teams').where('tenant', '=', tenant).where('digest', '=', digest.id).execute()
        await saveTeams(transaction, tenant, digest)
        return toDigest(row, digest.teams)
      })
    },

    async removeDigest(tenant, id) {
      await write(database, (transaction) => transaction.deleteFrom('digests').where('tenant', '=', tenant).where('id', '=', id).execute())
    },

    async digest(tenant, id) {
      const rows = await db.selectFrom('digests').selectAll().where('tenant', '=', tenant).where('id', '=', id).execute()
      return (await withTeams(db, rows))[0]?.digest
    },

    async digestsOfTeam(tenant, team) {
      const rows = await db
        .selectFrom('digests')
        .innerJoin('digest_teams', (join) => join.onRef('digest_teams.tenant', '=', 'digests.tenant').onRef('digest_teams.digest', '=', 'digests.id'))
        .selectAll('digests')
        .where('digest_teams.tenant', '=', tenant)
        .where('digest_teams.team', '=', team)
        .orderBy('digests.created_at')
        .orderBy('digests.id')
        .execute()
      return (await withTeams(db, rows)).map(({ digest }) => digest)
    },

    async digestsBy(tenant, person) {
      const rows = await db
        .selectFrom('digests')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('created_by', '=', person)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return (await withTeams(db, rows)).map(({ digest }) => digest)
    },

    async takeDueDigests(now, until, most) {
      for (;;) {
        const keys = await dueKeys(now, most)
        if (keys.length === 0) return []
        const taken = await take(keys, now, until)
        // Somebody else was faster, and there may be more.
        if (taken.length > 0) return withTeams(db, taken)
      }
    },

    async setNext(tenant, id, at, version) {
      await writeSoon(database, (transaction) =>
        transaction
          .updateTable('digests')
          .set({ next_at: at })
          .where('tenant', '=', tenant)
          .where('id', '=', id)
          .$if(version !== undefined, (query) => query.where('version', '=', version as number))
          .execute(),
      )
    },

    async settleDigest(tenant, { id, version }, { dealtWithUntil, toldUntil }, next) {
      await writeSoon(database, (transaction) =>
        transaction
          .updateTable('digests')
          .set((eb) => ({
            dealt_with_until: later(eb, eb.ref('dealt_with_until'), dealtWithUntil),
            ...(toldUntil === undefined ? {} : { told_until: later(eb, eb.fn.coalesce('told_until', eb.val('')), toldUntil) }),
            next_at: eb.case().when('version', '=', version).then(next).else(eb.ref('next_at')).end(),
            version: eb('version', '+', 1),
          }))
          .where('tenant', '=', tenant)
          .where('id', '=', id)
          .execute(),
      )
    },
  }
}

/** Who goes, and whose team goes: what is left of digests. Before the person or team itself goes. */
export async function removeDigestsOfPerson(db: Kysely<Schema>, tenant: string, person: string, removed: string): Promise<void> {
  await db.deleteFrom('digests').where('tenant', '=', tenant).where('to_kind', '=', 'person').where('to_id', '=', person).execute()
  await db
    .updateTable('digests')
    .set((eb) => ({ created_by: removed, version: eb('version', '+', 1) }))
    .where('tenant', '=', tenant)
    .where('created_by', '=', person)
    .execute()
}

/** One that tells about other teams too goes on without it. */
export async function removeDigestsOfTeam(db: Kysely<Schema>, tenant: string, team: string): Promise<void> {
  const ofTeam = (eb: ExpressionBuilder<Schema, 'digests'>) =>
    eb.selectFrom('digest_teams').select('digest').where('tenant', '=', tenant).where('team', '=', team)
  const ofOthers = (eb: ExpressionBuilder<Schema, 'digests'>) =>
    eb.selectFrom('digest_teams').select('digest').where('tenant', '=', tenant).where('team', '!=', team)
  await db.deleteFrom('digests').where('tenant', '=', tenant).where('id', 'in', ofTeam).where('id', 'not in', ofOthers).execute()
  // Whoever has read one with the team in it must not write it back.
  await db
    .updateTable('digests')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('tenant', '=', tenant)
    .where('id', 'in', ofTeam)
    .execute()
}

async function saveTeams(db: Kysely<Schema>, tenant: string, { id, teams }: Pick<Digest, 'id' | 'teams'>): Promise<void> {
  await db
    .insertInto('digest_teams')
    .values([...new Set(teams)].map((team, position) => ({ tenant, digest: id, team, position })))
    .execute()
}

/** In the order of the rows. */
async function withTeams(db: Kysely<Schema>, rows: readonly DigestRow[]): Promise<{ tenant: string; digest: Digest }[]> {
  if (rows.length === 0) return []
  const all = await db
    .selectFrom('digest_teams')
    .selectAll()
    .where((eb) => eb.or(rows.map(({ tenant, id }) => eb.and({ tenant, digest: id }))))
    .orderBy('position')
    .execute()
  const teams = Map.groupBy(all, ({ tenant, digest }) => `${tenant}\n${digest}`)
  return rows.map((row) => ({
    tenant: row.tenant,
    digest: toDigest(
      row,
      (teams.get(`${row.tenant}\n${row.id}`) ?? []).map(({ team }) => team),
    ),
  }))
}

function amongKeys(eb: ExpressionBuilder<Schema, 'digests'>, keys: readonly Key[]) {
  return eb.or(keys.map(({ tenant, id }) => eb.and({ tenant, id })))
}

/** Whatever stands there, or this where it is later. */
function later(eb: ExpressionBuilder<Schema, 'digests'>, known: Expression<string>, time: string) {
  return eb.case().when(known, '<', time).then(time).else(known).end()
}

function changedColumns({ kind, model, to, schedule, sendWhenEmpty, paused }: DigestChange) {
  return {
    kind,
    model: model ?? null,
    to_kind: to.kind,
    to_id: to.kind === 'place' ? to.place : to.person,
    schedule: JSON.stringify(schedule),
    send_when_empty: sendWhenEmpty ? 1 : 0,
    paused_at: paused?.at ?? null,
    paused_why: paused?.why ?? null,
    next_at: AT_ONCE,
  }
}

function toDigestRow(tenant: string, digest: Digest): DigestRow {
  return {
    tenant,
    id: digest.id,
    created_by: digest.createdBy,
    created_at: digest.createdAt,
    dealt_with_until: digest.dealtWithUntil,
    told_until: digest.toldUntil ?? null,
    version: digest.version,
    ...changedColumns(digest),
  }
}

function toDigest(row: DigestRow, teams: readonly string[]): Digest {
  return {
    id: row.id,
    kind: row.kind,
    teams,
    ...(row.model === null ? {} : { model: row.model }),
    to: row.to_kind === 'place' ? { kind: 'place', place: row.to_id } : { kind: 'person', person: row.to_id },
    schedule: JSON.parse(row.schedule),
    sendWhenEmpty: row.send_when_empty === 1,
    createdBy: row.created_by,
    createdAt: row.created_at,
    ...(row.paused_at === null || row.paused_why === null ? {} : { paused: { at: row.paused_at, why: row.paused_why } }),
    dealtWithUntil: row.dealt_with_until,
    ...(row.told_until === null ? {} : { toldUntil: row.told_until }),
    version: row.version,
  }
}
