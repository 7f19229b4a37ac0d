/**
 * The tables, as TypeScript sees them: the same on both dialects. Ids and times are text, flags are 0 or 1, and what has an inner shape is JSON as text.
 * Every key begins with the tenant, but for what comes before it is known whose it is: `inbox` and `installations` belong to a platform, and
 * `sign_ins` are found by a secret alone.
 * The migrations make the tables; a change here needs one there.
 */
import type { Answer, Round, Run, TenantId } from '../assessments/records.ts'
import type { Asked, Card, Conversation, Delivery, Vote } from '../chat/chat-store.ts'
import type { Digest } from '../digests/records.ts'
import type { SignIn } from '../shared/sign-ins.ts'

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
  asked: AskedRow
  votes: VoteRow
  places: PlaceRow
  cards: CardRow
  settings: SettingRow
  deliveries: DeliveryRow
  inbox: InboxRow
  installations: InstallationRow
  conversations: ConversationRow
  contacts: ContactRow
  digests: DigestRow
  digest_teams: DigestTeamRow
  sign_ins: SignIn
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

export interface AskedRow {
  tenant: TenantId
  id: string
  person: string
  place: string
  thread: string
  at: string
  /** Counted within the thread: orders what was asked at the same time. */
  position: number
  question: string
  outcome: Asked['outcome']
  answer: string
}

export interface VoteRow {
  tenant: TenantId
  answer: string
  person: string
  vote: Vote['vote']
  comment: string | null
  at: string
}

export interface PlaceRow {
  tenant: TenantId
  place: string
  team: string
  /** Counted within the team: places are listed in the order in which they were linked. */
  position: number
}

export interface CardRow {
  tenant: TenantId
  kind: Card['kind']
  id: string
  place: string
  message: string
  thread: string | null
  at: string
  /** Counted within the place: orders what was shown at the same time. */
  position: number
  settled: number
}

export interface SettingRow {
  tenant: TenantId
  kind: 'team' | 'person'
  owner: string
  name: string
  value: string
}

export interface DeliveryRow {
  tenant: TenantId
  key: string
  state: Delivery['state']
  first_at: string
  /** While it is being sent: nobody else may send it before then. */
  claimed_until: string
  attempts: number
  message: string | null
}

export interface InboxRow {
  platform: string
  key: string
  /** Until it is dealt with. */
  body: string | null
  received_at: string
  attempts: number
  /** Of the process that is at it. */
  taken_by: string | null
  until: string
}

export interface InstallationRow {
  platform: string
  id: string
  sealed: string
  at: string
}

export interface ConversationRow {
  tenant: TenantId
  place: string
  kind: Conversation['kind']
  service_url: string
  bot: string
  person: string | null
  team: string | null
  at: string
}

export interface ContactRow {
  tenant: TenantId
  person: string
  account: string
  name: string | null
  timezone: string | null
}

export interface DigestRow {
  tenant: TenantId
  id: string
  kind: Digest['kind']
  model: string | null
  to_kind: Digest['to']['kind']
  to_id: string
  schedule: string
  send_when_empty: number
  created_by: string
  created_at: string
  paused_at: string | null
  paused_why: NonNullable<Digest['paused']>['why'] | null
  dealt_with_until: string
  told_until: string | null
  /** When it is to be looked at; empty: at once. */
  next_at: string
  version: number
}

export interface DigestTeamRow {
  tenant: TenantId
  digest: string
  team: string
  /** Teams are told of in the order in which they were chosen. */
  position: number
}
