/** The messages that show a run or a round and are changed with it. */
import { sql } from 'kysely'
import type { Card, CardStore } from '../chat/chat-store.ts'
import { type Database, write } from './database.ts'
import type { CardRow } from './schema.ts'

export function cardRepository(database: Database): CardStore {
  const { db } = database
  const latest = (tenant: string, place: string) =>
    db
      .selectFrom('cards')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('place', '=', place)
      .orderBy('at', 'desc')
      .orderBy('position', 'desc')
      .orderBy('id', 'desc')
      .limit(1)

  return {
    async saveCard(tenant, card) {
      const row = toCardRow(tenant, card)
      const position = sql<number>`(select coalesce(max(position), 0) + 1 from cards where tenant = ${tenant} and place = ${row.place})`
      const { place, message, thread, at, settled } = row
      await write(database, (transaction) =>
        transaction
          .insertInto('cards')
          .values({ ...row, position })
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'kind', 'id']).doUpdateSet((eb) => ({ place, message, thread, at, settled, position: eb.ref('excluded.position') })),
          )
          .execute(),
      )
    },

    async card(tenant, kind, id) {
      const row = await db.selectFrom('cards').selectAll().where('tenant', '=', tenant).where('kind', '=', kind).where('id', '=', id).executeTakeFirst()
      return row && toCard(row)
    },

    async cardInThread(tenant, place, thread) {
      const row = await latest(tenant, place)
        .where((eb) => eb.or([eb('message', '=', thread), eb('thread', '=', thread)]))
        .executeTakeFirst()
      return row && toCard(row)
    },

    async lastCard(tenant, place, kind) {
      const row = await latest(tenant, place).where('kind', '=', kind).executeTakeFirst()
      return row && toCard(row)
    },

    async settleCard(tenant, kind, id) {
      await write(database, (transaction) =>
        transaction.updateTable('cards').set({ settled: 1 }).where('tenant', '=', tenant).where('kind', '=', kind).where('id', '=', id).execute(),
      )
    },

    async unsettledCards(kind) {
      const rows = await db
        .selectFrom('cards')
        .selectAll()
        .where('settled', '=', 0)
        .where('kind', '=', kind)
        .orderBy('at')
        .orderBy('tenant')
        .orderBy('id')
        .execute()
      return rows.map((row) => ({ tenant: row.tenant, card: toCard(row) }))
    },
  }
}

function toCardRow(tenant: string, { kind, id, message, at }: Card): Omit<CardRow, 'position'> {
  return { tenant, kind, id, place: message.place, message: message.id, thread: message.thread ?? null, at, settled: 0 }
}

function toCard({ kind, id, place, message, thread, at }: CardRow): Card {
  return { kind, id, message: { place, id: message, ...(thread === null ? {} : { thread }) }, at }
}
