/** What was sent on the bot's own account. Whoever has claimed a delivery sends it; the others keep out until the claim's time is up. */
import type { Delivery, OutboxStore } from '../chat/chat-store.ts'
import { type Database, write, writeSoon } from './database.ts'
import type { DeliveryRow } from './schema.ts'

export function outboxRepository(database: Database): OutboxStore {
  const change = (tenant: string, key: string, values: Partial<DeliveryRow>, { from }: { from: Delivery['state'][] }) =>
    writeSoon(database, (transaction) =>
      transaction.updateTable('deliveries').set(values).where('tenant', '=', tenant).where('key', '=', key).where('state', 'in', from).execute(),
    )

  return {
    async claimDelivery(tenant, key, at, until) {
      const row = await write(database, (transaction) =>
        transaction
          .insertInto('deliveries')
          .values({ tenant, key, state: 'sending', first_at: at, claimed_until: until, attempts: 1, message: null })
          .onConflict((conflict) =>
            conflict
              .columns(['tenant', 'key'])
              .doUpdateSet((eb) => ({ claimed_until: until, attempts: eb('deliveries.attempts', '+', 1) }))
              .where('deliveries.state', '=', 'sending')
              .where('deliveries.claimed_until', '<=', at),
          )
          .returningAll()
          .executeTakeFirst(),
      )
      return row && toDelivery(row)
    },

    async markSent(tenant, key, message) {
      // Whatever somebody else has made of it meanwhile: it did arrive.
      await change(tenant, key, { state: 'sent', message: JSON.stringify(message) }, { from: ['sending', 'given-up'] })
    },

    async noteSent(tenant, key, message, at) {
      const sent = { state: 'sent', message: JSON.stringify(message) } as const
      await writeSoon(database, (transaction) =>
        transaction
          .insertInto('deliveries')
          .values({ tenant, key, ...sent, first_at: at, claimed_until: at, attempts: 1 })
          .onConflict((conflict) => conflict.columns(['tenant', 'key']).doUpdateSet(sent))
          .execute(),
      )
    },

    async releaseDelivery(tenant, key, notBefore) {
      await change(tenant, key, { claimed_until: notBefore }, { from: ['sending'] })
    },

    async giveUpDelivery(tenant, key) {
      await change(tenant, key, { state: 'given-up' }, { from: ['sending'] })
    },

    async delivery(tenant, key) {
      const row = await database.db.selectFrom('deliveries').selectAll().where('tenant', '=', tenant).where('key', '=', key).executeTakeFirst()
      return row && toDelivery(row)
    },

    async forgetDeliveries(before) {
      const { numDeletedRows } = await write(database, (transaction) =>
        transaction.deleteFrom('deliveries').where('first_at', '<', before).executeTakeFirstOrThrow(),
      )
      return Number(numDeletedRows)
    },
  }
}

function toDelivery({ tenant, key, state, first_at, attempts, message }: DeliveryRow): Delivery {
  return { tenant, key, state, firstAt: first_at, attempts, ...(message === null ? {} : { message: JSON.parse(message) }) }
}
