/** What the page's digests need besides assessments. */
import type { TenantId } from '../../assessments/records.ts'
import type { DigestDeps } from '../../digests/content/compose-digest.ts'
import type { DigestStore } from '../../digests/records.ts'

export interface WebDigests {
  store: DigestStore
  /** What is known of chats. */
  chats: {
    placesOfTeam(tenant: TenantId, team: string): Promise<readonly string[]>
    withSetting(tenant: TenantId, of: 'team', name: string, value: string): Promise<readonly string[]>
    saveSetting(tenant: TenantId, of: 'team', id: string, name: string, value: string): Promise<void>
    askedSince: DigestDeps['askedSince']
  }
  now(): Date
}
