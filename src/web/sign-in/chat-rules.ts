/** What the page asks of a chat about those who come from there: who sees and does what is decided as it is in the chat. */
import type { Team, TenantId } from '../../assessments/records.ts'

export interface ChatPerson {
  tenant: TenantId
  person: string
}

export interface ChatRules {
  /** Still one of the chat's people. */
  isThere(who: ChatPerson): Promise<boolean>
  /** Whether the team's results are open to them: then they may join it by themselves. */
  mayJoin(who: ChatPerson, team: Pick<Team, 'id'>): Promise<boolean>
  /** Whether they may have something posted in the channel: who is in it, and administrators. */
  mayPost(who: ChatPerson, place: string): Promise<boolean>
  /** Undefined where nobody can say. */
  placeName(tenant: TenantId, place: string): Promise<string | undefined>
}

/** Tenants begin with their platform. */
export function chatNameOf(tenant: TenantId): string {
  return tenant.startsWith('teams:') ? 'Teams' : 'Slack'
}
