import { describe, expect, it } from 'vitest'
import { type MonthlyDay, type Schedule, scheduleSchema } from './schedule.ts'
import { isLate, lastMissed, occurrencesAfter } from './schedule-occurrences.ts'

const BERLIN = { time: '09:00', zone: 'Europe/Berlin' }
const weekly = (every: number, weekdays: string[], anchor: string) => scheduleSchema.parse({ kind: 'weekly', every, weekdays, anchor, ...BERLIN })
const monthly = (on: MonthlyDay) => scheduleSchema.parse({ kind: 'monthly', on, ...BERLIN })
const cron = (expression: string) => scheduleSchema.parse({ kind: 'cron', expression, zone: 'Europe/Berlin' })
const datesOf = (schedule: Schedule, after: string, count: number) => occurrencesAfter(schedule, new Date(after), count).map(({ localDate }) => localDate)

describe('an occurrence', () => {
  it('says its day and time by the clock of the zone, and the moment in UTC', () => {
    expect(occurrencesAfter(weekly(1, ['monday'], '2026-03-01'), new Date('2026-03-20T00:00:00Z'), 2)).toEqual([
      { localDate: '2026-03-23', at: '2026-03-23T08:00:00.000Z', local: '09:00', zone: 'Europe/Berlin' },
      { localDate: '2026-03-30', at: '2026-03-30T07:00:00.000Z', local: '09:00', zone: 'Europe/Berlin' },
    ])
  })

  it('comes after the moment that is asked about, not at it', () => {
    const schedule = weekly(1, ['monday'], '2026-03-01')
    expect(datesOf(schedule, '2026-03-23T07:59:59.999Z', 1)).toEqual(['2026-03-23'])
    expect(datesOf(schedule, '2026-03-23T08:00:00Z', 1)).toEqual(['2026-03-30'])
  })

  it('is on the day that it is there, not in UTC', () => {
    const schedule = scheduleSchema.parse({ ...weekly(1, ['monday'], '2026-03-01'), time: '00:30', zone: 'Pacific/Auckland' })
    expect(occurrencesAfter(schedule, new Date('2026-03-01T00:00:00Z'), 1)).toEqual([
      { localDate: '2026-03-02', at: '2026-03-01T11:30:00.000Z', local: '00:30', zone: 'Pacific/Auckland' },
    ])
  })
})

describe('weeks', () => {
  it('are counted over the ends of years, those with 53 weeks too', () => {
    // 2026 has a week 53, and so has 2032.
    const mondays = datesOf(weekly(2, ['monday'], '2026-12-07'), '2026-12-01T00:00:00Z', 170)
    expect(mondays.slice(0, 4)).toEqual(['2026-12-07', '2026-12-21', '2027-01-04', '2027-01-18'])
    const days = mondays.map((each) => Date.parse(each) / 86_400_000)
    expect(new Set(days.slice(1).map((day, index) => day - (days[index] as number)))).toEqual(new Set([14]))
    expect(mondays.at(-1)?.slice(0, 4)).toBe('2033')
  })

  it('are counted the same whenever one asks', () => {
    const schedule = weekly(3, ['thursday'], '2026-01-08')
    const all = datesOf(schedule, '2026-01-01T00:00:00Z', 60)
    for (const [index, each] of all.slice(0, -1).entries()) expect(datesOf(schedule, `${each}T12:00:00Z`, 1)).toEqual([all[index + 1]])
  })

  it('go from Monday to Sunday: the other days of an on-week belong to it', () => {
    expect(datesOf(weekly(2, ['monday', 'thursday', 'sunday'], '2026-12-10'), '2026-12-01T00:00:00Z', 5)).toEqual([
      '2026-12-10',
      '2026-12-13',
      '2026-12-21',
      '2026-12-24',
      '2026-12-27',
    ])
  })

  it('begin with the anchor', () => {
    expect(datesOf(weekly(1, ['monday'], '2026-12-14'), '2026-01-01T00:00:00Z', 1)).toEqual(['2026-12-14'])
    expect(datesOf(weekly(52, ['friday'], '2026-12-14'), '2026-01-01T00:00:00Z', 2)).toEqual(['2026-12-18', '2027-12-17'])
  })
})

describe('months', () => {
  it('that are shorter have their last day instead', () => {
    expect(datesOf(monthly({ day: 31 }), '2026-01-01T00:00:00Z', 5)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'])
    expect(datesOf(monthly({ day: 30 }), '2028-01-01T00:00:00Z', 3)).toEqual(['2028-01-30', '2028-02-29', '2028-03-30'])
    expect(datesOf(monthly({ day: 29 }), '2027-01-15T00:00:00Z', 3)).toEqual(['2027-01-29', '2027-02-28', '2027-03-29'])
  })

  it('have leap days', () => {
    expect(datesOf(monthly({ day: 29 }), '2028-02-01T00:00:00Z', 2)).toEqual(['2028-02-29', '2028-03-29'])
    expect(datesOf(monthly({ nth: 'last', weekday: 'tuesday' }), '2028-02-01T00:00:00Z', 1)).toEqual(['2028-02-29'])
    expect(datesOf(weekly(1, ['tuesday'], '2028-01-01'), '2028-02-23T00:00:00Z', 2)).toEqual(['2028-02-29', '2028-03-07'])
    expect(datesOf(cron('0 9 29 2 *'), '2026-01-01T00:00:00Z', 2)).toEqual(['2028-02-29', '2032-02-29'])
  })

  it('have a first, a fourth and a last of each weekday', () => {
    const from = '2026-10-31T12:00:00Z'
    expect(datesOf(monthly({ nth: 1, weekday: 'sunday' }), from, 2)).toEqual(['2026-11-01', '2026-12-06'])
    expect(datesOf(monthly({ nth: 1, weekday: 'tuesday' }), from, 2)).toEqual(['2026-11-03', '2026-12-01'])
    expect(datesOf(monthly({ nth: 2, weekday: 'monday' }), from, 2)).toEqual(['2026-11-09', '2026-12-14'])
    expect(datesOf(monthly({ nth: 4, weekday: 'thursday' }), from, 2)).toEqual(['2026-11-26', '2026-12-24'])
    expect(datesOf(monthly({ nth: 'last', weekday: 'thursday' }), from, 3)).toEqual(['2026-11-26', '2026-12-31', '2027-01-28'])
  })

  it('go over the end of the year', () => {
    expect(datesOf(monthly({ day: 1 }), '2026-12-01T08:00:00Z', 1)).toEqual(['2027-01-01'])
    expect(datesOf(monthly({ day: 31 }), '2026-12-31T07:59:00Z', 2)).toEqual(['2026-12-31', '2027-01-31'])
  })
})

describe('a cron expression', () => {
  it('names its days', () => {
    expect(datesOf(cron('0 9 * * 1'), '2026-12-07T07:59:00Z', 2)).toEqual(['2026-12-07', '2026-12-14'])
    expect(datesOf(cron('0 9 1 1,4,7,10 *'), '2026-12-07T00:00:00Z', 3)).toEqual(['2027-01-01', '2027-04-01', '2027-07-01'])
    // The first and the last working day.
    expect(datesOf(cron('0 9 1W * *'), '2026-07-31T12:00:00Z', 2)).toEqual(['2026-08-03', '2026-09-01'])
    expect(datesOf(cron('0 9 LW * *'), '2026-10-01T00:00:00Z', 2)).toEqual(['2026-10-30', '2026-11-30'])
  })
})

describe('after downtime', () => {
  const daily = weekly(1, ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], '2026-01-01')
  const missed = (schedule: Schedule, since: string, now: string) => lastMissed(schedule, new Date(since), new Date(now))?.localDate

  it('the last missed occurrence is the one to make up for', () => {
    expect(missed(daily, '2026-05-01T00:00:00Z', '2026-05-08T10:00:00Z')).toBe('2026-05-08')
    expect(missed(daily, '2026-05-01T00:00:00Z', '2026-05-08T06:00:00Z')).toBe('2026-05-07')
    expect(missed(weekly(1, ['monday'], '2026-01-01'), '2026-05-01T00:00:00Z', '2026-05-04T07:00:00Z')).toBe('2026-05-04')
  })

  it('nothing is made up for that had its turn or is a day old', () => {
    const mondays = weekly(1, ['monday'], '2026-01-01')
    expect(missed(mondays, '2026-05-04T07:00:00Z', '2026-05-04T09:00:00Z')).toBeUndefined()
    expect(missed(mondays, '2026-05-04T06:59:59Z', '2026-05-05T06:59:59Z')).toBe('2026-05-04')
    expect(missed(mondays, '2026-05-04T06:59:59Z', '2026-05-05T07:00:00Z')).toBeUndefined()
    expect(missed(mondays, '2026-05-01T00:00:00Z', '2026-05-04T06:59:59Z')).toBeUndefined()
  })

  it('what is due for more than an hour is late', () => {
    const occurrence = { at: '2026-05-04T07:00:00.000Z' }
    expect(isLate(occurrence, new Date('2026-05-04T08:00:00Z'))).toBe(false)
    expect(isLate(occurrence, new Date('2026-05-04T08:00:01Z'))).toBe(true)
  })
})
