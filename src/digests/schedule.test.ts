import { describe, expect, it } from 'vitest'
import { scheduleSchema } from './schedule.ts'

const weekly = { kind: 'weekly', every: 2, weekdays: ['thursday', 'monday', 'thursday'], time: '09:00', zone: 'Europe/Berlin', anchor: '2026-12-07' }
const monthly = { kind: 'monthly', on: { nth: 'last', weekday: 'friday' }, time: '16:00', zone: 'America/New_York' }
const cron = { kind: 'cron', expression: '0 9 * * 1', zone: 'Asia/Kolkata' }

const problemsOf = (schedule: object) => scheduleSchema.safeParse(schedule).error?.issues.map(({ message }) => message)

describe('a schedule', () => {
  it('is kept as JSON and read again as it was', () => {
    for (const each of [weekly, monthly, { ...monthly, on: { day: 31 } }, cron]) {
      const schedule = scheduleSchema.parse(each)
      expect(scheduleSchema.parse(JSON.parse(JSON.stringify(schedule)))).toEqual(schedule)
    }
  })

  it('has each weekday once, in the order of the week', () => {
    expect(scheduleSchema.parse(weekly)).toMatchObject({ weekdays: ['monday', 'thursday'] })
  })

  it.each([
    { ...weekly, every: 0 },
    { ...weekly, every: 53 },
    { ...weekly, every: 1.5 },
    { ...weekly, weekdays: [] },
    { ...weekly, weekdays: ['someday'] },
    { ...weekly, time: '9:00' },
    { ...weekly, time: '24:00' },
    { ...weekly, zone: 'Mars/Olympus' },
    { ...weekly, zone: '+02:00' },
    { ...weekly, anchor: '2026-02-29' },
    { ...weekly, anchor: '9999-12-31' },
    { ...monthly, on: { day: 0 } },
    { ...monthly, on: { day: 32 } },
    { ...monthly, on: { nth: 5, weekday: 'monday' } },
    { ...monthly, on: {} },
    { ...cron, expression: `0 9 1${',1'.repeat(100)} * *` },
    { kind: 'hourly' },
  ])('is not %j', (each) => {
    expect(scheduleSchema.safeParse(each).success).toBe(false)
  })
})

describe('a cron expression', () => {
  it.each([
    '0 9 * * 1',
    '00 09 * * MON-FRI',
    '59 23 L * *',
    '0 9 29 2 *',
    '0 9 LW * *',
    '0 9 1W * *',
    '0 9 * * MON#1,MON#3',
    '0 9 1 */3 *',
    '0 9 1-7 * +1',
  ])('can be %s', (expression) => {
    expect(problemsOf({ ...cron, expression })).toBeUndefined()
  })

  it.each([
    ['0 0 9 * * 1', /five fields/],
    ['0 9 * *', /five fields/],
    ['@weekly', /five fields/],
    ['', /five fields/],
    ['* * * * *', /once a day at most/],
    ['*/30 9 * * *', /once a day at most/],
    ['0 9,17 * * *', /once a day at most/],
    ['0 9-10 * * *', /once a day at most/],
    ['? 9 * * *', /once a day at most/],
    ['60 9 * * *', /can't be read/],
    ['0 24 * * *', /can't be read/],
    ['0 9 * * 8', /can't be read/],
    ['0 9 * * someday', /can't be read/],
    ['0 9 32 * *', /can't be read/],
    ['0 9 31 2 *', /never comes/],
    ['0 9 30 2 *', /never comes/],
  ])('can not be %j', (expression, problem) => {
    expect(problemsOf({ ...cron, expression })).toEqual([expect.stringMatching(problem)])
  })
})
