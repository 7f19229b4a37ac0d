/** What digests need besides what every part of the bot has. */

import type { TenantId } from '../../assessments/records.ts'
import { type DigestDeps as ContentDeps, composeDigest, type DigestRequest } from '../../digests/content/compose-digest.ts'
import type { DigestContent } from '../../digests/content/digest-content.ts'
import { AGREED, ORGANISATION_SETTING } from '../../digests/content/organisation-items.ts'
import type { DigestStore } from '../../digests/records.ts'
import type { ChatDeps } from '../feature.ts'

export interface DigestsDeps extends ChatDeps {
  digests: DigestStore
  compose(request: DigestRequest): Promise<DigestContent>
  /** A chat model's sentence about it, checked; undefined where there is none. */
  summarise?(content: DigestContent, tenant: TenantId): Promise<string | undefined>
}

/** From what the bot has anyway. */
export function composeFrom(deps: Pick<ChatDeps, 'assessments' | 'corpus' | 'store'>): DigestsDeps['compose'] {
  const content: ContentDeps = {
    store: deps.assessments.store.assessments,
    corpus: deps.corpus,
    agreed: (tenant) => agreedIds(tenant, deps),
    askedSince: (tenant, since) => deps.store.askedSince(tenant, since),
  }
  return (request) => composeDigest(request, content)
}

/** The teams whose people let them be shown beside others. */
export async function agreedIds(tenant: TenantId, { store }: Pick<ChatDeps, 'store'>): Promise<string[]> {
  return store.withSetting(tenant, 'team', ORGANISATION_SETTING, AGREED)
}

/** Whether those of this team do. */
export async function hasAgreed(tenant: TenantId, team: string, { store }: Pick<ChatDeps, 'store'>): Promise<boolean> {
  return (await store.setting(tenant, 'team', team, ORGANISATION_SETTING)) === AGREED
}
