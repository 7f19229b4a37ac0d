/** What chat models have cost, by tenant, day and model. */
import type { UsageLedger } from '../generation/usage-ledger.ts'
import { type Database, write } from './database.ts'

export function usageRepository(database: Database): UsageLedger {
  return {
    async usedOn(tenant, day) {
      const row = await database.db
        .selectFrom('usage')
        .select(({ fn }) => [
          fn.sum<number | null>('calls').as('calls'),
          fn.sum<number | null>('input_tokens').as('inputTokens'),
          fn.sum<number | null>('output_tokens').as('outputTokens'),
          fn.sum<number | null>('cost').as('cost'),
        ])
        .where('tenant', '=', tenant)
        .where('day', '=', day)
        .executeTakeFirstOrThrow()
      return { calls: row.calls ?? 0, inputTokens: row.inputTokens ?? 0, outputTokens: row.outputTokens ?? 0, cost: row.cost ?? 0 }
    },

    async add(tenant, day, model, { calls, inputTokens, outputTokens, cost }) {
      await write(database, (transaction) =>
        transaction
          .insertInto('usage')
          .values({ tenant, day, model, calls, input_tokens: inputTokens, output_tokens: outputTokens, cost })
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'day', 'model']).doUpdateSet((eb) => ({
              calls: eb('usage.calls', '+', eb.ref('excluded.calls')),
              input_tokens: eb('usage.input_tokens', '+', eb.ref('excluded.input_tokens')),
              output_tokens: eb('usage.output_tokens', '+', eb.ref('excluded.output_tokens')),
              cost: eb('usage.cost', '+', eb.ref('excluded.cost')),
            })),
          )
          .execute(),
      )
    },
  }
}
