/** A run in which somebody answered one section once more is known by its id. */
import { createHash } from 'node:crypto'
import type { Run, TenantId } from './records.ts'

const MARK = 'again-'

export interface AskedAgain {
  tenant: TenantId
  person: string
  team: string
  model: string
  section: string
  /** The message in which it was asked. */
  askedIn: string
  /** `2026-12-24`: whoever presses on another day answers anew. */
  day: string
}

/** The same for the same question, person and day, so that pressing twice is changing one's mind. */
export function reassessmentId({ tenant, person, team, model, section, askedIn, day }: AskedAgain): string {
  const whole = JSON.stringify([tenant, person, team, model, section, askedIn, day])
  return `${MARK}${createHash('sha256').update(whole).digest('hex').slice(0, 32)}`
}

export function isReassessment({ id }: Pick<Run, 'id'>): boolean {
  return id.startsWith(MARK)
}
