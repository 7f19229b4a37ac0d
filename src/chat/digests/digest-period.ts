/** What a digest tells about: from where the last one ended to the moment at which this one is due. */
import type { Period } from '../../digests/content/digest-content.ts'
import type { Digest } from '../../digests/records.ts'
import { type Occurrence, occurrencesAfter } from '../../digests/schedule-occurrences.ts'

/** A first one begins when it was made. What was not told, since there was nothing to say or it did not arrive, is told now. */
export function periodOf({ toldUntil, createdAt, schedule }: Digest, { at }: Pick<Occurrence, 'at'>): Period {
  const begin = toldUntil ?? createdAt
  const from = begin < at ? begin : at
  const [first] = occurrencesAfter(schedule, new Date(Date.parse(from) - 1), 1)
  // Where none came before it, the time is shorter than it is between two of them.
  return { from, to: at, partial: first === undefined || first.at >= at }
}
