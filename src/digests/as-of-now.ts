/** What a digest would tell this moment, also one that nobody has set up. */

import { wallClock } from '../shared/zoned-time.ts'
import type { Period } from './content/digest-content.ts'
import type { Digest } from './records.ts'
import { occurrencesAfter } from './schedule-occurrences.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Since the last one told; before the first one as much time as there is between two of them. */
export function periodUntilNow({ schedule, toldUntil }: Pick<Digest, 'schedule' | 'toldUntil'>, now: Date): Period {
  const [next = now, following = now] = occurrencesAfter(schedule, now, 2).map(({ at }) => new Date(at))
  const usual = following.getTime() - next.getTime()
  const from = toldUntil ?? new Date(now.getTime() - usual).toISOString()
  // Clocks that are changed make a week an hour shorter.
  const days = (ms: number) => Math.round(ms / DAY_MS)
  return { from, to: now.toISOString(), partial: days(now.getTime() - Date.parse(from)) < days(usual) }
}

/** One that nobody has set up, to be looked at: every Monday, or the first of a month, for the person alone. */
export function digestToTry(about: Pick<Digest, 'kind' | 'teams' | 'model'>, { person, zone, now }: { person: string; zone: string; now: Date }): Digest {
  const at = now.toISOString()
  const clock = { time: '09:00', zone }
  return {
    id: 'preview',
    ...about,
    to: { kind: 'person', person },
    schedule:
      about.kind === 'weekly'
        ? { kind: 'weekly', every: 1, weekdays: ['monday'], anchor: wallClock(zone, now).day, ...clock }
        : { kind: 'monthly', on: { nth: 1, weekday: 'monday' }, ...clock },
    sendWhenEmpty: false,
    createdBy: person,
    createdAt: at,
    dealtWithUntil: at,
    version: 0,
  }
}
