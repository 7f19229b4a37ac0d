import { Cron } from 'croner'
import { describe, expect, it } from 'vitest'
import { type Schedule, WEEKDAYS, type WeeklySchedule } from './schedule.ts'
import { type Occurrence, occurrencesAfter } from './schedule-occurrences.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const FROM = Date.UTC(2025, 0, 1)
const TO = Date.UTC(2028, 0, 1)
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'America/Santiago',
  'Africa/Cairo',
  'America/Nuuk',
]

/** What the clock shows, `2026-03-29 02:30`, asked of another format than the code asks. */
function createClock(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return (at) => format.format(at)
}

/** The hours, from 2025 to 2027, in which the clock begins to be off UTC by something else. */
function changesIn(zone: string): number[] {
  const shows = createClock(zone)
  const offset = (at: number) => Date.parse(`${shows(at).replace(' ', 'T')}Z`) - at
  const offsets = Array.from({ length: (TO - FROM) / HOUR_MS }, (_, index) => offset(FROM + index * HOUR_MS))
  return offsets.flatMap((each, index) => (index > 0 && each !== offsets[index - 1] ? [FROM + index * HOUR_MS] : []))
}

/** Minute by minute around a change: when the clock shows a time first, or else the next time that it shows at all. */
function createSearch(zone: string, change: number): (shown: string) => number {
  const shows = createClock(zone)
  const first = new Map<string, number>()
  for (let at = change - 2.5 * DAY_MS; at < change + 3 * DAY_MS; at += MINUTE_MS) {
    const shown = shows(at)
    if (!first.has(shown)) first.set(shown, at)
  }
  const inOrder = [...first.keys()].sort()
  return (shown) => first.get(shown) ?? (first.get(inOrder.find((each) => each > shown) as string) as number)
}

function daily(zone: string, time: string): WeeklySchedule {
  return { kind: 'weekly', every: 1, weekdays: [...WEEKDAYS], time, zone, anchor: '2024-12-01' }
}

function times(everyMinutes: number): string[] {
  return Array.from({ length: (24 * 60) / everyMinutes }, (_, index) => new Date(index * everyMinutes * MINUTE_MS).toISOString().slice(11, 16))
}

const CHANGES = new Map(ZONES.map((zone) => [zone, changesIn(zone)]))

describe('when the clocks change', () => {
  it('there is something to test', () => {
    const counts = Object.fromEntries(ZONES.map((zone) => [zone, (CHANGES.get(zone) ?? []).length]))
    expect(counts).toMatchObject({
      'Europe/Berlin': 6,
      'America/New_York': 6,
      'Australia/Lord_Howe': 6,
      'Asia/Kolkata': 0,
      'America/Sao_Paulo': 0,
      'America/Nuuk': 6,
    })
    expect(counts['Africa/Casablanca']).toBeGreaterThanOrEqual(4)
  })

  it.each(ZONES)('in %s, each time of the days around runs once, at its time or the next that exists', (zone) => {
    // Where they never change, any day will do.
    for (const change of [...(CHANGES.get(zone) ?? []), Date.UTC(2026, 5, 15)]) {
      const search = createSearch(zone, change)
      const after = change - 2 * DAY_MS
      for (const time of times(15)) {
        const found = occurrencesAfter(daily(zone, time), new Date(after), 4)
        expect(found.map(({ at }) => at)).toEqual(found.map(({ localDate }) => new Date(search(`${localDate} ${time}`)).toISOString()))
        expect(found.map(({ at, local }) => `${at} ${local}`)).toEqual(found.map(({ at }) => `${at} ${createClock(zone)(Date.parse(at)).slice(11)}`))
        const days = found.map(({ localDate }) => Date.parse(localDate) / DAY_MS)
        expect(days).toEqual(days.map((_, index) => (days[0] as number) + index))
      }
    }
  }, 30_000)

  it('half an hour on Lord Howe Island is half an hour', () => {
    const spring = occurrencesAfter(daily('Australia/Lord_Howe', '02:15'), new Date('2026-10-02T00:00:00Z'), 3)
    expect(spring.map(({ localDate, local }) => `${localDate} ${local}`)).toEqual(['2026-10-03 02:15', '2026-10-04 02:30', '2026-10-05 02:15'])
  })

  it('what is left out late on a Saturday runs as Sunday begins, and is still of Saturday', () => {
    const found = occurrencesAfter(daily('America/Nuuk', '23:30'), new Date('2026-03-28T12:00:00Z'), 2)
    expect(found).toEqual([
      { localDate: '2026-03-28', at: '2026-03-29T01:00:00.000Z', local: '00:00', zone: 'America/Nuuk' },
      { localDate: '2026-03-29', at: '2026-03-30T00:30:00.000Z', local: '23:30', zone: 'America/Nuuk' },
    ])
    // Also for those who ask only once it is Sunday.
    expect(occurrencesAfter(daily('America/Nuuk', '23:30'), new Date('2026-03-29T00:59:59Z'), 1)).toEqual(found.slice(0, 1))
  })

  it('the second time that the clock shows it, nothing runs', () => {
    const sundays: Schedule = { ...daily('Europe/Berlin', '02:30'), weekdays: ['sunday'], anchor: '2026-01-01' }
    const [first, next] = occurrencesAfter(sundays, new Date('2026-10-24T00:00:00Z'), 2)
    expect([first?.at, next?.at]).toEqual(['2026-10-25T00:30:00.000Z', '2026-11-01T01:30:00.000Z'])
    expect(occurrencesAfter(sundays, new Date('2026-10-25T00:45:00Z'), 1)).toEqual([next])
  })
})

describe('croner', () => {
  it('means the same moments by its own reckoning', () => {
    for (const zone of ZONES.filter((each) => each !== 'America/Nuuk')) {
      for (const change of CHANGES.get(zone) ?? []) {
        const from = new Date(change - 2 * DAY_MS)
        for (const time of times(30)) {
          const expression = `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * *`
          const theirs = new Cron(expression, { timezone: zone, mode: '5-part', paused: true }).nextRuns(4, from)
          expect(momentsOf(occurrencesAfter({ kind: 'cron', expression, zone }, from, 4))).toEqual(theirs.map((each) => each.toISOString()))
        }
      }
    }
  }, 30_000)

  it('leaves out what would run after midnight, which is why only its days are asked for', () => {
    const from = new Date('2026-03-28T12:00:00Z')
    const cron = { kind: 'cron', expression: '30 23 * * 6', zone: 'America/Nuuk' } as const
    expect(occurrencesAfter(cron, from, 1)).toMatchObject([{ localDate: '2026-03-28', at: '2026-03-29T01:00:00.000Z' }])
    const [theirs] = new Cron(cron.expression, { timezone: cron.zone, paused: true }).nextRuns(1, from)
    expect(theirs?.toISOString()).toBe('2026-04-05T00:30:00.000Z')
  })
})

describe('whatever the schedule', () => {
  it('occurrences increase, have a date of their own, and keep the local hour or the next that exists', () => {
    const random = createRandom(7)
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
    const clocks = new Map(ZONES.map((zone) => [zone, createClock(zone)]))
    for (let round = 0; round < 200; round++) {
      const zone = pick(ZONES)
      const time = pick(times(15))
      const after = new Date(FROM + Math.floor(random() * (TO - FROM)))
      const schedule = pick<Schedule>([
        {
          ...daily(zone, time),
          every: 1 + Math.floor(random() * 6),
          weekdays: WEEKDAYS.filter((day) => day === 'sunday' || random() < 0.3),
          anchor: '2025-01-01',
        },
        { kind: 'monthly', on: { day: 1 + Math.floor(random() * 31) }, time, zone },
        { kind: 'monthly', on: { nth: pick([1, 2, 3, 4, 'last']), weekday: pick(WEEKDAYS) }, time, zone },
        { kind: 'cron', expression: `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * ${pick(['0', '6', '1-5', '*'])}`, zone },
      ])
      const found = occurrencesAfter(schedule, after, 30)
      const moments = momentsOf(found)
      expect(moments).toEqual([...new Set(moments)].sort())
      expect(Date.parse(moments[0] as string)).toBeGreaterThan(after.getTime())
      expect(new Set(found.map(({ localDate }) => localDate)).size).toBe(30)
      for (const { localDate, at, local } of found) {
        const shown = clocks.get(zone)?.(Date.parse(at)) as string
        expect(shown.slice(11)).toBe(local)
        // Either its own time, or a minute before the clock showed less than that: the time was left out.
        const before = clocks.get(zone)?.(Date.parse(at) - MINUTE_MS) as string
        expect(shown === `${localDate} ${time}` || (shown > `${localDate} ${time}` && before < `${localDate} ${time}`)).toBe(true)
      }
      // Asking from one occurrence to the next gives the same ones.
      expect(occurrencesAfter(schedule, new Date(moments[4] as string), 25)).toEqual(found.slice(5))
    }
  }, 30_000)
})

function momentsOf(found: readonly Occurrence[]): string[] {
  return found.map(({ at }) => at)
}

/** The same numbers each time. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}
