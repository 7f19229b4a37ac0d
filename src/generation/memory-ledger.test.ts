import { expect, it } from 'vitest'
import { createMemoryLedger } from './memory-ledger.ts'

it('counts by tenant and day, all models together', async () => {
  const ledger = createMemoryLedger()
  await ledger.add('a', '2026-11-21', 'one', { calls: 1, inputTokens: 10, outputTokens: 2, cost: 0.5 })
  await ledger.add('a', '2026-11-21', 'two', { calls: 2, inputTokens: 5, outputTokens: 1, cost: 0.25 })
  await ledger.add('a', '2026-11-22', 'one', { calls: 1, inputTokens: 1, outputTokens: 1, cost: 1 })
  expect(await ledger.usedOn('a', '2026-11-21')).toEqual({ calls: 3, inputTokens: 15, outputTokens: 3, cost: 0.75 })
  expect(await ledger.usedOn('b', '2026-11-21')).toEqual({ calls: 0, inputTokens: 0, outputTokens: 0, cost: 0 })
})
