import { describe, expect, it } from 'vitest'
import { readSchedule } from './read-schedule.ts'
import { describeSchedule, nextThree } from './schedule-wording.ts'

/** A Wednesday. */
const NOW = new Date('2026-12-02T10:00:00Z')

const read = (text: string, zone = 'Europe/Madrid', now = NOW) => readSchedule(text, { now, zone })

/** What was read, said again. */
function saidOf(text: string, zone?: string): string {
  const found = read(text, zone)
  return 'problem' in found ? found.problem : describeSchedule(found.schedule)
}

function firstOf(text: string): string | undefined {
  const found = read(text)
  return 'problem' in found ? found.problem : nextThree(found.schedule, NOW)[0]?.split(',')[0]
}

function assumedOf(text: string, zone?: string): string[] | string {
  const found = read(text, zone)
  return 'problem' in found ? found.problem : found.assumed
}

describe('weeks', () => {
  it.each([
    ['weekly', 'every Monday at 09:00 Madrid time'],
    ['once a week', 'every Monday at 09:00 Madrid time'],
    ['every Monday at 9', 'every Monday at 09:00 Madrid time'],
    ['MONDAY 9', 'every Monday at 09:00 Madrid time'],
    ['weekly on Fridays, 8.30', 'every Friday at 08:30 Madrid time'],
    ['every other Monday at 9 in Berlin', 'every other Monday at 09:00 Berlin time'],
    ['alternate mondays 9h30', 'every other Monday at 09:30 Madrid time'],
    ['fortnightly on tuesday', 'every other Tuesday at 09:00 Madrid time'],
    ['every two weeks', 'every other Monday at 09:00 Madrid time'],
    ['every 2nd week on fri', 'every other Friday at 09:00 Madrid time'],
    ['every other Monday and Thursday at 9', 'every other week, on Monday and Thursday, at 09:00 Madrid time'],
    ['every 3 weeks on thu 14:00', 'every 3 weeks on Thursday at 14:00 Madrid time'],
    ['every three weeks on tuesday at nine', 'every 3 weeks on Tuesday at 09:00 Madrid time'],
    ['every four weeks on friday 11am sydney', 'every 4 weeks on Friday at 11:00 Sydney time'],
    ['weekdays at 9', 'Monday to Friday at 09:00 Madrid time'],
    ['Mon–Fri 9:00', 'Monday to Friday at 09:00 Madrid time'],
    ['from Monday to Wednesday at 9', 'every Monday, Tuesday and Wednesday at 09:00 Madrid time'],
    ['Friday to Monday 9', 'every Monday, Friday, Saturday and Sunday at 09:00 Madrid time'],
    ['mon/wed/fri 9', 'every Monday, Wednesday and Friday at 09:00 Madrid time'],
    ['weekends at 10', 'every Saturday and Sunday at 10:00 Madrid time'],
    ['every day at 9', 'every day at 09:00 Madrid time'],
    ['Please send me a digest every Thursday at 4 in the afternoon, London time', 'every Thursday at 16:00 London time'],
  ])('%s', (text, said) => {
    expect(saidOf(text)).toBe(said)
  })
})

describe('months', () => {
  it.each([
    ['monthly', 'on the first Monday of every month at 09:00 Madrid time'],
    ['monthly on the 1st at 8:30 am New York', 'on the 1st of every month at 08:30 New York time'],
    ['first of the month', 'on the 1st of every month at 09:00 Madrid time'],
    ['monthly on 15 at 9', 'on the 15th of every month at 09:00 Madrid time'],
    ['day 15 at noon', 'on the 15th of every month at 12:00 Madrid time'],
    ['22nd of each month 16:00', 'on the 22nd of every month at 16:00 Madrid time'],
    ['on the 31st at 17:00', 'on the last day of every month at 17:00 Madrid time'],
    ['last day of the month', 'on the last day of every month at 09:00 Madrid time'],
    ['end of the month at 5pm', 'on the last day of every month at 17:00 Madrid time'],
    ['first Tuesday of the month at 10', 'on the first Tuesday of every month at 10:00 Madrid time'],
    ['last Friday of the month 16:00', 'on the last Friday of every month at 16:00 Madrid time'],
    ['every last friday', 'on the last Friday of every month at 09:00 Madrid time'],
    ['second Monday 9am', 'on the second Monday of every month at 09:00 Madrid time'],
    ['every month on the first Monday at 9', 'on the first Monday of every month at 09:00 Madrid time'],
    ['every third Thursday of the month at 10', 'on the third Thursday of every month at 10:00 Madrid time'],
    ['at 9 on the last friday of each month, tokyo time', 'on the last Friday of every month at 09:00 Tokyo time'],
  ])('%s', (text, said) => {
    expect(saidOf(text)).toBe(said)
  })
})

describe('cron expressions', () => {
  it.each([
    ['cron 0 9 * * 1 Europe/Berlin', { expression: '0 9 * * 1', zone: 'Europe/Berlin' }],
    ['cron: `0 9 1W * *` in London', { expression: '0 9 1W * *', zone: 'Europe/London' }],
    ['cron 0 9 * * MON,THU', { expression: '0 9 * * MON,THU', zone: 'Europe/Madrid' }],
    ['0 9 * * 1-5', { expression: '0 9 * * 1-5', zone: 'Europe/Madrid' }],
  ])('%s', (text, cron) => {
    expect(read(text)).toMatchObject({ schedule: { kind: 'cron', ...cron } })
  })

  it.each([
    ['cron 0 0 9 * * 1', /five fields.*Seconds are left out/],
    ['cron 0 9', /five fields/],
    ['*/15 * * * *', /once a day at most/],
    ['cron 0 9 31 2 *', /never comes/],
    ['cron 0 9 * * 9', /can't be read/],
    ['cron 0 9 * * 1 soon', /“soon” can't be read/],
  ])('%s is refused', (text, problem) => {
    expect(saidOf(text)).toMatch(problem)
  })
})

describe('the time', () => {
  it.each([
    ['9', '09:00'],
    ['at 09:05', '09:05'],
    ['at 0900', '09:00'],
    ['@ 10', '10:00'],
    ['16.30', '16:30'],
    ['15h', '15:00'],
    ["9 o'clock", '09:00'],
    ['9 a.m.', '09:00'],
    ['5 PM', '17:00'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['12', '12:00'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
    ['0:30', '00:30'],
    ['morning at 5', '05:00'],
    ['9 in the evening', '21:00'],
    ['afternoon', '14:00'],
  ])('can be “monday %s”', (text, time) => {
    expect(saidOf(`monday ${text}`)).toBe(`every Monday at ${time} Madrid time`)
  })

  it.each([
    ['at 5', '“at 5” can be in the morning or in the afternoon. Write 5 am or 5 pm.'],
    ['2:30', '“2:30” can be in the morning or in the afternoon. Write 2:30 am or 2:30 pm.'],
    ['25:00', '“25:00” is no time of day. Write for example 09:00, 16:30 or 4 pm.'],
    ['at 24:00', '“at 24:00” is no time of day. Write for example 09:00, 16:30 or 4 pm.'],
    ['9:75', '“9:75” is no time of day. Write for example 09:00, 16:30 or 4 pm.'],
    ['13pm', '“13pm” is no time of day. Write for example 09:00, 16:30 or 4 pm.'],
  ])('can not be “monday %s”', (text, problem) => {
    expect(saidOf(`monday ${text}`)).toBe(problem)
  })

  it.each(['monday 9 10', 'monday 9-10', 'monday 9:00-17:00', 'monday at 9 and tuesday at 10', 'monday at 9:00:00'])('is one, unlike in “%s”', (text) => {
    expect(saidOf(text)).toMatch(/Write one time of day/)
  })
})

describe('the place', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['(europe/berlin)', 'Europe/Berlin'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['US/Eastern', 'America/New_York'],
    ['in Zürich', 'Europe/Zurich'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['Mexico City time', 'America/Mexico_City'],
    ['bangalore', 'Asia/Kolkata'],
    ['SF', 'America/Los_Angeles'],
    ['Germany', 'Europe/Berlin'],
    ['Berlin, Germany', 'Europe/Berlin'],
    ['New York, USA', 'America/New_York'],
    ['Eastern Time', 'America/New_York'],
    ['UTC', 'UTC'],
  ])('%s', (place, zone) => {
    expect(read(`monday 9 ${place}`)).toMatchObject({ schedule: { zone }, assumed: [] })
  })

  it.each([
    ['Europe/Bielefeld', 'There is no time zone “europe/bielefeld”: name a city or write for example Europe/Berlin.'],
    ['USA', 'There are several time zones there: name a city instead, such as New York, Chicago, Denver or Los Angeles.'],
    ['Berlin Paris', 'Europe/Berlin and Europe/Paris are two time zones: write one place.'],
    ['Berlin EST', 'Europe/Berlin and America/New_York are two time zones: write one place.'],
    ['UTC+2', '“UTC+2” knows no summer time: name a city or a time zone instead, such as Berlin or Europe/Berlin.'],
    ['IST', 'IST means different times in different places: name a city instead (Kolkata, Jerusalem, Dublin).'],
  ])('can not be %s', (place, problem) => {
    expect(saidOf(`monday 9 ${place}`)).toBe(problem)
  })

  it('by its abbreviation is where one is, if the clock there agrees', () => {
    expect(read('fridays 4pm CET', 'Europe/Madrid')).toMatchObject({ schedule: { zone: 'Europe/Madrid' } })
    expect(read('fridays 4pm CET', 'America/New_York')).toMatchObject({ schedule: { zone: 'Europe/Berlin' } })
    expect(read('fridays 4pm IST', 'Asia/Kolkata')).toMatchObject({ schedule: { zone: 'Asia/Kolkata' } })
    expect(read('fridays 4pm CST', 'America/Mexico_City')).toMatchObject({ problem: expect.stringContaining('Chicago, Shanghai') })
    expect(read('fridays 4pm MST', 'America/Phoenix')).toMatchObject({ schedule: { zone: 'America/Phoenix' } })
    expect(read('fridays 4pm CET Paris', 'America/New_York')).toMatchObject({ schedule: { zone: 'Europe/Paris' } })
  })

  it('is UTC for those whose own zone nobody knows', () => {
    expect(read('monday 9', 'Mars/Olympus')).toMatchObject({ schedule: { zone: 'UTC' }, assumed: ['No place given: UTC.'] })
  })
})

describe('what is missing is filled in, and said', () => {
  it.each([
    ['weekly', ['No weekday given: Monday.', 'No time given: 09:00.', 'No place given: Europe/Madrid.']],
    ['monthly in Berlin', ['No day given: the first Monday of the month.', 'No time given: 09:00.']],
    ['monday 9 Berlin', []],
    ['monday 9 EST', ['EST is read as America/New_York, with its summer time.']],
    ['monday 9 JST', ['JST is read as Asia/Tokyo.']],
    ['monday morning in Berlin', ['In the morning is read as 09:00.']],
    ['every second Monday at 9 in Berlin', ['Read as every 2 weeks; for once a month write “second Monday of the month”.']],
  ])('%s', (text, assumed) => {
    expect(assumedOf(text)).toEqual(assumed)
  })
})

describe('weeks are counted', () => {
  it.each([
    ['every other Monday at 9', 'Monday 7 December 2026'],
    // It is after nine on a Wednesday.
    ['every other Wednesday at 9', 'Wednesday 9 December 2026'],
    ['every other Wednesday at 15:00', 'Wednesday 2 December 2026'],
    ['every other Monday starting next week at 9', 'Monday 7 December 2026'],
    ['every other Monday starting this week at 9', 'Monday 14 December 2026'],
    ['every other Monday starting 2026-12-14 at 9', 'Monday 14 December 2026'],
    ['every other Monday starting 2026-11-30 at 9', 'Monday 14 December 2026'],
    ['every other Monday from Monday 14 December at 9', 'Monday 14 December 2026'],
    ['every other Tuesday starting Jan 5', 'Tuesday 5 January 2027'],
    ['Mondays at 9 starting 16 December', 'Monday 21 December 2026'],
    ['monday starting 31 February', 'There is no such day as in “starting 31 february”. Write for example “starting 2026-12-14”.'],
    ['monday starting 9999-12-31', '“starting 9999-12-31” is more than a year away. Name a nearer day, or leave it out.'],
    ['monthly starting 14 December', 'A monthly digest comes from now on: leave the first day out, or pause the digest until then.'],
  ])('%s', (text, first) => {
    expect(firstOf(text)).toBe(first)
  })
})

describe('what can not be had is answered with what can', () => {
  it.each([
    ['monthly on Monday', /first Monday of the month/],
    ['third Monday and Friday', /first Monday of the month/],
    ['1st and 15th', /cron 0 9 1,15/],
    ['first and third monday', /MON#1,MON#3/],
    ['first working day of the month', /cron 0 9 1W/],
    ['last weekday of the month', /cron 0 9 LW/],
    ['fifth friday', /last Friday of the month/],
    ['the 32nd', /No month has a day 32/],
    ['biweekly', /two things/],
    ['bi-monthly', /two things/],
    ['quarterly', /cron 0 9 1 1,4,7,10/],
    ['every 2 months', /cron/],
    ['every year', /cron/],
    ['hourly', /once a day at most/],
    ['every 5 minutes', /once a day at most/],
    ['twice a week', /Name the days/],
    ['every 10 days', /Name the days/],
    ['every other day', /Name the days/],
    ['every 0 weeks', /Between 1 and 52/],
    ['every 99 weeks', /Between 1 and 52/],
    ['weekly every 3 weeks', /how often twice/],
    ['weekly monthly', /weeks or months/],
    ['every week on the 1st', /weeks or months/],
    ['tomorrow', /again and again/],
    ['on 24 December at 9', /again and again/],
    ['2026-12-24 at 9', /again and again/],
    ['9:00', /does not say how often/],
    ['Berlin', /does not say how often/],
    ['', /does not say how often/],
  ])('%j', (text, problem) => {
    expect(saidOf(text)).toMatch(problem)
  })

  it.each([
    ['banana', 'banana'],
    ['wednsday at 9', 'wednsday'],
    ['next monday at 9', 'next'],
    ['not on monday', 'not'],
    ['every monday except holidays', 'except holidays'],
    ['every Monday or Tuesday', 'or'],
    ['monday at half past 9', 'half past'],
    ['10 weeks on thursday', 'weeks'],
    ['every monday; DROP TABLE digests', 'drop table'],
    ['<!channel> monday', '<!channel>'],
    ['週に一度', '週に一度'],
  ])('nothing of %j is passed over', (text, unread) => {
    const [word = ''] = unread.replace('!', ' ').split(' ')
    expect(saidOf(text)).toMatch(/can't be read as part of a schedule\. Write for example “every other Monday at 9 in Berlin”/)
    expect(saidOf(text)).toContain(word)
  })

  it('a whole page is no schedule, and is refused at once', () => {
    expect(saidOf('every monday at 9 '.repeat(20_000))).toMatch(/too long/)
    expect(saidOf('9'.repeat(199))).toMatch(/is no time of day/)
    const days = Array.from({ length: 60 }, (_, index) => 1 + (index % 31)).join(',')
    expect(read(`cron 0 9 ${days} * *`)).toHaveProperty('schedule')
  })

  it('whatever is written, there is an answer', () => {
    const some =
      'every other first last monday fri of the month weekly on at 9 16:30 pm 31st cron * 0 berlin CET UTC+2 starting next week 14 december - / , day'
    const words = some.split(' ')
    let state = 3
    const next = () => {
      state = (state * 1664525 + 1013904223) % 2 ** 32
      return state / 2 ** 32
    }
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 1 + Math.floor(next() * 7) }, () => words[Math.floor(next() * words.length)]).join(' ')
      const found = read(text)
      if ('problem' in found) expect(found.problem).toMatch(/^[^\n]+\.$/)
      else expect(nextThree(found.schedule, NOW)).toHaveLength(3)
    }
  })
})
