/** Counts usage for as long as the process lives: where there is no database, and in tests. */
import { NO_USAGE, type UsageLedger } from './usage-ledger.ts'

export function createMemoryLedger(): UsageLedger {
  const used = new Map<string, typeof NO_USAGE>()
  const keyOf = (tenant: string, day: string) => `${day} ${tenant}`
  return {
    usedOn: async (tenant, day) => used.get(keyOf(tenant, day)) ?? NO_USAGE,
    async add(tenant, day, _model, { calls, inputTokens, outputTokens, cost }) {
      const before = used.get(keyOf(tenant, day)) ?? NO_USAGE
      used.set(keyOf(tenant, day), {
        calls: before.calls + calls,
        inputTokens: before.inputTokens + inputTokens,
        outputTokens: before.outputTokens + outputTokens,
        cost: before.cost + cost,
      })
    },
  }
}
