import { describe, expect, it } from 'vitest'
import { readSchedule } from './read-schedule.ts'
import { scheduleSchema } from './schedule.ts'
import { describeSchedule, nextThree } from './schedule-wording.ts'

const NOW = new Date('2026-12-02T10:00:00Z')
const BERLIN = { time: '09:00', zone: 'Europe/Berlin' }
const weekly = (every: number, ...weekdays: string[]) => scheduleSchema.parse({ kind: 'weekly', every, weekdays, ...BERLIN, anchor: '2026-12-07' })
const monthly = (on: object, zone = 'America/New_York') => scheduleSchema.parse({ kind: 'monthly', on, time: '08:30', zone })
const WORKING = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']

const DESCRIBED = [
  [weekly(1, 'monday'), 'every Monday at 09:00 Berlin time'],
  [weekly(1, 'monday', 'wednesday', 'friday'), 'every Monday, Wednesday and Friday at 09:00 Berlin time'],
  [weekly(1, ...WORKING), 'Monday to Friday at 09:00 Berlin time'],
  [weekly(1, ...WORKING, 'saturday', 'sunday'), 'every day at 09:00 Berlin time'],
  [weekly(2, 'monday'), 'every other Monday at 09:00 Berlin time'],
  [weekly(2, 'monday', 'thursday'), 'every other week, on Monday and Thursday, at 09:00 Berlin time'],
  [weekly(2, ...WORKING), 'every other week, Monday to Friday, at 09:00 Berlin time'],
  [weekly(3, 'thursday'), 'every 3 weeks on Thursday at 09:00 Berlin time'],
  [monthly({ day: 1 }), 'on the 1st of every month at 08:30 New York time'],
  [monthly({ day: 2 }), 'on the 2nd of every month at 08:30 New York time'],
  [monthly({ day: 12 }), 'on the 12th of every month at 08:30 New York time'],
  [monthly({ day: 23 }, 'UTC'), 'on the 23rd of every month at 08:30 UTC'],
  [monthly({ day: 31 }, 'America/Argentina/Buenos_Aires'), 'on the last day of every month at 08:30 Buenos Aires time'],
  [monthly({ nth: 1, weekday: 'tuesday' }), 'on the first Tuesday of every month at 08:30 New York time'],
  [monthly({ nth: 'last', weekday: 'friday' }, 'Etc/GMT-3'), 'on the last Friday of every month at 08:30 Etc/GMT-3'],
] as const

describe('a schedule', () => {
  it.each(DESCRIBED)('%# is said in one sentence', (schedule, sentence) => {
    expect(describeSchedule(schedule)).toBe(sentence)
  })

  it('says what happens in short months', () => {
    expect(describeSchedule(monthly({ day: 30 }))).toBe('on the 30th of every month, or its last day if it is shorter, at 08:30 New York time')
  })

  it('shows a cron expression as it is, with its time', () => {
    const cron = scheduleSchema.parse({ kind: 'cron', expression: '5 9 * * 1', zone: 'Asia/Ho_Chi_Minh' })
    expect(describeSchedule(cron)).toBe('at 09:05 Ho Chi Minh time on the days of the cron expression “5 9 * * 1”')
  })

  it.each(DESCRIBED.filter(([{ zone }]) => !zone.startsWith('Etc/')))('%# can be written just as it is said', (schedule, sentence) => {
    expect(readSchedule(sentence, { now: NOW, zone: 'Asia/Tokyo' })).toMatchObject({
      schedule: { ...schedule, ...('anchor' in schedule && { anchor: expect.any(String) }) },
    })
  })
})

describe('the next three', () => {
  it('have day, time and zone', () => {
    expect(nextThree(weekly(2, 'monday'), NOW)).toEqual([
      'Monday 7 December 2026, 09:00 (Europe/Berlin)',
      'Monday 21 December 2026, 09:00 (Europe/Berlin)',
      'Monday 4 January 2027, 09:00 (Europe/Berlin)',
    ])
  })

  it('say the day that it is by the clock, also where it went past midnight', () => {
    const late = scheduleSchema.parse({ ...weekly(1, 'saturday'), time: '23:30', zone: 'America/Nuuk', anchor: '2026-01-01' })
    expect(nextThree(late, new Date('2026-03-28T12:00:00Z')).slice(0, 2)).toEqual([
      'Sunday 29 March 2026, 00:00 (America/Nuuk)',
      'Saturday 4 April 2026, 23:30 (America/Nuuk)',
    ])
  })
})
