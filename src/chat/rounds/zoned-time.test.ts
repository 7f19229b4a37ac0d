import { describe, expect, it } from 'vitest'
import { isWorkingDay, minutesIn, momentOf, workingDaysAfter } from './zoned-time.ts'

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
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29', '03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-08', '03:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01', '12:00', 'America/New_York', '2026-11-01T17:00:00.000Z'],
    ['2026-03-05', '09:15', 'Asia/Kolkata', '2026-03-05T03:45:00.000Z'],
    ['2026-03-05', '00:10', 'Pacific/Auckland', '2026-03-04T11:10:00.000Z'],
    ['2026-03-05', '17:00', 'Mars/Olympus', '2026-03-05T17:00:00.000Z'],
  ])('means on %s at %s in %s the moment %s', (day, time, zone, moment) => {
    expect(momentOf(day, time, zone).toISOString()).toBe(moment)
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
