import { describe, expect, it } from 'vitest'
import { dueAround, firstReminderOf, remindedSince } from './action-days.ts'

describe('an action is reminded of', () => {
  it('on the day it is due, or on the last working day before it', () => {
    // A Friday, the weekend, a Monday; a month's end, and a leap day on a Saturday.
    expect(['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'].map(firstReminderOf)).toEqual(['2026-03-06', '2026-03-06', '2026-03-06', '2026-03-09'])
    expect(firstReminderOf('2026-02-01')).toBe('2026-01-30')
    expect(firstReminderOf('2020-02-29')).toBe('2020-02-28')
  })

  it('from that day on, from a week later on once more, and after two weeks not any more', () => {
    const since = (today: string) => remindedSince('2026-03-04', today)
    expect(since('2026-03-03')).toBeUndefined()
    expect(since('2026-03-04')).toBe('2026-03-04')
    expect(since('2026-03-10')).toBe('2026-03-04')
    expect(since('2026-03-11')).toBe('2026-03-11')
    expect(since('2026-03-17')).toBe('2026-03-11')
    expect(since('2026-03-18')).toBeUndefined()
    expect(remindedSince('2026-03-08', '2026-03-05')).toBeUndefined()
    expect(remindedSince('2026-03-08', '2026-03-06')).toBe('2026-03-06')
  })

  it('among those that are looked at, wherever its owner is', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 1, n)).toISOString().slice(0, 10)
    const outside = Array.from({ length: 14 }, (_, n) => 20 + n).flatMap((now) => {
      const { from, to } = dueAround(new Date(`${day(now)}T23:30:00.000Z`))
      // It is the day before somewhere, and the next one elsewhere.
      const wheres = [now - 1, now, now + 1].flatMap((today) => Array.from({ length: 60 }, (_, due) => ({ today: day(today), due: day(due) })))
      return wheres.filter(({ today, due }) => remindedSince(due, today) !== undefined && (due < from || due > to))
    })
    expect(outside).toEqual([])
  })
})
