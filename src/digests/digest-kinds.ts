/** What kinds of digests there are, in the same words on every surface. */
import type { DigestKind } from './records.ts'

export const DIGEST_KINDS = ['weekly', 'monthly', 'organisation'] as const satisfies readonly DigestKind[]

export const KIND_WORDS: Readonly<Record<DigestKind, { label: string; about: string }>> = {
  weekly: { label: 'What changed', about: 'Levels that moved, one next step, what is due. Six lines at most.' },
  monthly: { label: 'The longer one', about: 'Besides that trends, gaps to targets, answers far apart, what people asked.' },
  organisation: { label: 'Teams side by side', about: 'For leads: teams that agreed to be in it, never a ranking.' },
}
