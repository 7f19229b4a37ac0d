import { describe, expect, it } from 'vitest'
import { digestToTry, periodUntilNow } from './as-of-now.ts'
import { scheduleSchema } from './schedule.ts'

const NOW = new Date('2026-04-01T07:00:00Z')
const WEEKLY = scheduleSchema.parse({ kind: 'weekly', every: 1, weekdays: ['wednesday'], time: '09:00', zone: 'Europe/Berlin', anchor: '2026-01-07' })

describe('what would be told now', () => {
  it('begins where the last one ended, and is marked while it is short', () => {
    expect(periodUntilNow({ schedule: WEEKLY, toldUntil: '2026-03-30T07:00:00.000Z' }, NOW)).toEqual({
      from: '2026-03-30T07:00:00.000Z',
      to: '2026-04-01T07:00:00.000Z',
      partial: true,
    })
  })

  it('is whole where the clocks went forward in that week', () => {
    expect(periodUntilNow({ schedule: WEEKLY, toldUntil: '2026-03-25T08:00:00.000Z' }, NOW).partial).toBe(false)
  })

  it('before the first one is as long as there is between two of them', () => {
    expect(periodUntilNow({ schedule: WEEKLY }, NOW)).toMatchObject({ from: '2026-03-25T07:00:00.000Z', partial: false })
    const monthly = scheduleSchema.parse({ kind: 'monthly', on: { day: 1 }, time: '09:00', zone: 'UTC' })
    expect(periodUntilNow({ schedule: monthly }, NOW)).toMatchObject({ from: '2026-03-02T07:00:00.000Z', partial: false })
  })

  it.each([
    ['weekly', '2026-03-25'],
    ['monthly', '2026-03-04'],
    ['organisation', '2026-03-04'],
  ] as const)('of a %s one that nobody has set up is since %s', (kind, since) => {
    const digest = digestToTry({ kind, teams: ['payments'] }, { person: 'ada', zone: 'Europe/Berlin', now: NOW })
    expect(periodUntilNow(digest, NOW)).toMatchObject({ from: expect.stringContaining(since) as string, partial: false })
  })
})
