/** What was asked and answered in chats, and what people thought of the answers. */
import { sql } from 'kysely'
import type { Asked, AskedStore, Vote } from '../chat/chat-store.ts'
import { type Database, plainText, write, writeSoon } from './database.ts'
import type { AskedRow, VoteRow } from './schema.ts'

export function askedRepository(database: Database): AskedStore {
  const { db, locksRows } = database
  return {
    async saveAsked(tenant, asked) {
      const position = sql<number>`(select coalesce(max(position), 0) + 1 from asked where tenant = ${tenant} and thread = ${asked.thread})`
      await writeSoon(database, (transaction) =>
        transaction
          .insertInto('asked')
          .values({ ...toAskedRow(tenant, asked), position })
          .onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing())
          .execute(),
      )
    },

    async asked(tenant, id) {
      const row = await db.selectFrom('asked').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
      return row && toAsked(row)
    },

    async lastAsked(tenant, thread, { since, most }) {
      const rows = await db
        .selectFrom('asked')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('thread', '=', thread)
        .where('at', '>=', since)
        .orderBy('at', 'desc')
        .orderBy('position', 'desc')
        .orderBy('id', 'desc')
        .limit(most)
        .execute()
      return rows.map(toAsked).reverse()
    },

    async askedSince(tenant, since) {
      const rows = await db
        .selectFrom('asked')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('at', '>=', since)
        .orderBy('at')
        .orderBy('thread')
        .orderBy('position')
        .orderBy('id')
        .execute()
      return rows.map(toAsked)
    },

    async forgetAsked(before) {
      const { numDeletedRows } = await write(database, (transaction) => transaction.deleteFrom('asked').where('at', '<', before).executeTakeFirstOrThrow())
      return Number(numDeletedRows)
    },

    async saveVote(tenant, given) {
      const { vote, at, comment, ...key } = toVoteRow(tenant, given)
      await write(database, async (transaction) => {
        const answer = await transaction
          .selectFrom('asked')
          .select('id')
          .where('tenant', '=', tenant)
          .where('id', '=', given.answer)
          .$if(locksRows, (query) => query.forUpdate())
          .executeTakeFirst()
        if (answer === undefined) return
        await transaction
          .insertInto('votes')
          .values({ ...key, vote, at, comment })
          .onConflict((conflict) => conflict.columns(['tenant', 'answer', 'person']).doUpdateSet({ vote, at, ...(comment === null ? {} : { comment }) }))
          .execute()
      })
    },

    async votes(tenant, { since } = {}) {
      const rows = await db
        .selectFrom('votes')
        .selectAll()
        .where('tenant', '=', tenant)
        .$if(since !== undefined, (query) => query.where('at', '>=', since as string))
        .orderBy('at')
        .orderBy('answer')
        .orderBy('person')
        .execute()
      return rows.map(toVote)
    },
  }
}

function toAskedRow(tenant: string, { id, person, place, thread, at, question, outcome, answer }: Asked): Omit<AskedRow, 'position'> {
  return { tenant, id, person, place, thread, at, question: plainText(question), outcome, answer: JSON.stringify(answer) }
}

function toAsked({ id, person, place, thread, at, question, outcome, answer }: AskedRow): Asked {
  return { id, person, place, thread, at, question, outcome, answer: JSON.parse(answer) }
}

function toVoteRow(tenant: string, { answer, person, vote, comment, at }: Vote): VoteRow {
  return { tenant, answer, person, vote, comment: comment === undefined ? null : plainText(comment), at }
}

function toVote({ answer, person, vote, comment, at }: VoteRow): Vote {
  return { answer, person, vote, ...(comment === null ? {} : { comment }), at }
}
