/**
 * The tables, as TypeScript sees them: the same on both dialects. Ids and times are text, flags are 0 or 1, and what has an inner shape is JSON as text.
 * Every key begins with the tenant. The migrations make the tables; a change here needs one there.
 */
import type { Answer, Round, Run, TenantId } from '../assessments/records.ts'

export interface Schema {
  persons: PersonRow
  teams: TeamRow
  members: MemberRow
  rounds: RoundRow
  invitations: InvitationRow
  runs: RunRow
  answers: AnswerRow
  targets: TargetRow
  actions: ActionRow
  usage: UsageRow
}

export interface PersonRow {
  tenant: TenantId
  id: string
  name: string
  timezone: string | null
}

export interface TeamRow {
  tenant: TenantId
  id: string
  name: string
  /** The name as it is looked up; unique within the tenant. */
  name_key: string
  created_at: string
}

export interface MemberRow {
  tenant: TenantId
  team: string
  person: string
}

export interface RoundRow {
  tenant: TenantId
  id: string
  team: string
  name: string
  scope: string
  started_by: string
  started_at: string
  deadline: string
  confidential: number
  shown_from: number
  state: Round['state']
  closed_at: string | null
  closed_by: Round['closedBy'] | null
  revote: string | null
}

export interface InvitationRow {
  tenant: TenantId
  round: string
  person: string
  /** Invitations are shown in the order in which they were made. */
  position: number
}

export interface RunRow {
  tenant: TenantId
  id: string
  person: string
  team: string
  /** Also inside `scope`: what finished runs are looked up by. */
  model: string
  scope: string
  round: string | null
  state: Run['state']
  model_version: string
  current: string | null
  pending: string | null
  started_at: string
  updated_at: string
  finished_at: string | null
  version: number
}

/** Only ever inserted. */
export interface AnswerRow {
  tenant: TenantId
  run: string
  /** The version that its run got by this answer: orders the answers of a run and can't be given twice. */
  seq: number
  question: string
  revision: number
  value: string
  said: string | null
  note: string | null
  seen: string
  model_version: string
  answered_at: string
  surface: Answer['surface']
  /** What the same press of a button carries again. */
  key: string
}

export interface TargetRow {
  tenant: TenantId
  team: string
  model: string
  section: string
  level: number
  set_by: string
  set_at: string
}

export interface ActionRow {
  tenant: TenantId
  id: string
  team: string
  model: string
  section: string
  passage: string
  text: string
  owner: string | null
  due: string | null
  created_by: string
  created_at: string
  done_at: string | null
  version: number
}

export interface UsageRow {
  tenant: TenantId
  day: string
  model: string
  calls: number
  input_tokens: number
  output_tokens: number
  cost: number
}
