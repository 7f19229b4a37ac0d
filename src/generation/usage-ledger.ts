/** What chat models have cost, by tenant and day, so that a budget can be kept across restarts. */

export interface Usage {
  calls: number
  inputTokens: number
  outputTokens: number
  /** In the currency that the prices are set in. */
  cost: number
}

export interface UsageLedger {
  /** All models together; `day` is a date in UTC, `2026-11-21`. */
  usedOn(tenant: string, day: string): Promise<Usage>
  add(tenant: string, day: string, model: string, usage: Usage): Promise<void>
}

export const NO_USAGE: Usage = { calls: 0, inputTokens: 0, outputTokens: 0, cost: 0 }
