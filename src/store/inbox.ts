/** What platforms have sent: taken on by one process at a time, dealt with once, and known again when it is sent again. */
import type { InboxStore, Received } from '../chat/chat-store.ts'
import { type Database, plainText, write, writeSoon } from './database.ts'
import type { InboxRow } from './schema.ts'

export function inboxRepository(database: Database): InboxStore {
  return {
    async receive({ platform, key, body, receivedAt }, by, until) {
      const { numInsertedOrUpdatedRows } = await write(database, (transaction) =>
        transaction
          .insertInto('inbox')
          .values({ platform, key, body: plainText(body), received_at: receivedAt, attempts: 0, taken_by: by, until })
          .onConflict((conflict) => conflict.columns(['platform', 'key']).doNothing())
          .executeTakeFirstOrThrow(),
      )
      return numInsertedOrUpdatedRows === 1n
    },

    async settle(platform, key) {
      await writeSoon(database, (transaction) =>
        transaction.updateTable('inbox').set({ body: null, taken_by: null }).where('platform', '=', platform).where('key', '=', key).execute(),
      )
    },

    async postpone(platform, key, notBefore) {
      await writeSoon(database, (transaction) =>
        transaction
          .updateTable('inbox')
          // Nobody's any more, so that nobody prolongs it.
          .set({ until: notBefore, taken_by: null })
          .where('platform', '=', platform)
          .where('key', '=', key)
          .execute(),
      )
    },

    async prolong(by, until) {
      await writeSoon(database, (transaction) =>
        transaction.updateTable('inbox').set({ until }).where('taken_by', '=', by).where('body', 'is not', null).execute(),
      )
    },

    takeOver: (platform, by, now, until, most) =>
      write(database, async (transaction) => {
        const rows = await transaction
          .selectFrom('inbox')
          .selectAll()
          .where('platform', '=', platform)
          .where('body', 'is not', null)
          .where('until', '<=', now)
          .orderBy('until')
          .orderBy('key')
          .limit(most)
          // Somebody else is just taking those.
          .$if(database.locksRows, (query) => query.forUpdate().skipLocked())
          .execute()
        if (rows.length === 0) return []
        await transaction
          .updateTable('inbox')
          .set((eb) => ({ taken_by: by, until, attempts: eb('attempts', '+', 1) }))
          .where('platform', '=', platform)
          .where(
            'key',
            'in',
            rows.map(({ key }) => key),
          )
          .execute()
        return rows.map((row) => toReceived({ ...row, attempts: row.attempts + 1 }))
      }),

    async forgetReceived(before) {
      const { numDeletedRows } = await writeSoon(database, (transaction) =>
        transaction.deleteFrom('inbox').where('received_at', '<', before).executeTakeFirstOrThrow(),
      )
      return Number(numDeletedRows)
    },
  }
}

function toReceived({ platform, key, body, received_at, attempts }: InboxRow): Received {
  return { platform, key, body: body as string, receivedAt: received_at, attempts }
}
