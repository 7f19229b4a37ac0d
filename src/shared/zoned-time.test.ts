import { describe, expect, it } from 'vitest'
import { daysAfter, isWorkingDay, isZone, minutesIn, momentOf, wallClock, workingDaysAfter } from './zoned-time.ts'

describe('the clock on the wall', () => {
  it.each([
    ['Europe/Berlin', '2026-03-02T09:00:00Z', '10:00'],
    ['America/New_York', '2026-03-02T09:00:00Z', '04:00'],
    ['Asia/Kolkata', '2026-03-02T09:00:00Z', '14:30'],
    ['Europe/Berlin', '2026-03-01T23:00:00Z', '00:00'],
    ['Mars/Olympus', '2026-03-02T09:00:00Z', '09:00'],
  ])('shows in %s at %s the time %s', (zone, at, time) => {
    const [hours, minutes] = time.split(':').map(Number) as [number, number]
    expect(minutesIn(zone, new Date(at))).toBe(hours * 60 + minutes)
  })

  it.each([
    ['2026-03-05', '17:00', 'Europe/Berlin', '2026-03-05T16:00:00.000Z'],
    ['2026-03-30', '17:00', 'Europe/Berlin', '2026-03-30T15:00:00.000Z'],
    // The clocks change at one o'clock UTC.
    ['2026-03-29', '01:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29', '02:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29', '03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-08', '03:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['2026-10-04', '02:10', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
    // Late on Saturday the clocks skip to Sunday.
    ['2026-03-28', '23:30', 'America/Nuuk', '2026-03-29T01:00:00.000Z'],
    // A day that Samoa never had.
    ['2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2026-11-01', '12:00', 'America/New_York', '2026-11-01T17:00:00.000Z'],
    ['2026-03-05', '09:15', 'Asia/Kolkata', '2026-03-05T03:45:00.000Z'],
    ['2026-03-05', '00:10', 'Pacific/Auckland', '2026-03-04T11:10:00.000Z'],
    ['2026-03-05', '17:00', 'Mars/Olympus', '2026-03-05T17:00:00.000Z'],
  ])('means on %s at %s in %s the moment %s', (day, time, zone, moment) => {
    expect(momentOf(day, time, zone).toISOString()).toBe(moment)
  })
})

describe('a zone', () => {
  it('has a name', () => {
    expect(['Europe/Berlin', 'Asia/Kolkata', 'UTC', 'CET'].filter((each) => !isZone(each))).toEqual([])
    expect(['', 'Mars/Olympus', '+02:00', 'UTC+2', 'Berlin'].filter(isZone)).toEqual([])
  })
})

describe('a day', () => {
  it('is another one elsewhere', () => {
    expect(wallClock('Pacific/Auckland', new Date('2026-12-31T12:05:59Z'))).toEqual({ day: '2027-01-01', minutes: 65 })
    expect(wallClock('America/New_York', new Date('2026-01-01T04:59:59Z'))).toEqual({ day: '2025-12-31', minutes: 1439 })
  })

  it('is counted over leap days and the ends of years', () => {
    expect([daysAfter('2028-02-28', 1), daysAfter('2028-03-01', -1), daysAfter('2026-12-31', 1), daysAfter('2026-01-01', -1)]).toEqual([
      '2028-02-29',
      '2028-02-29',
      '2027-01-01',
      '2025-12-31',
    ])
  })
})

describe('working days', () => {
  it('leave out Saturday and Sunday', () => {
    expect(['2026-03-02', '2026-03-06', '2026-03-07', '2026-03-08'].map(isWorkingDay)).toEqual([true, true, false, false])
    expect(workingDaysAfter('2026-03-02', 3)).toBe('2026-03-05')
    expect(workingDaysAfter('2026-03-05', 3)).toBe('2026-03-10')
    expect(workingDaysAfter('2026-03-07', 3)).toBe('2026-03-11')
    expect(workingDaysAfter('2026-12-30', 3)).toBe('2027-01-04')
  })
})
