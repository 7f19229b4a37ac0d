/** Finds in what somebody wrote the place whose clock counts. */
import { UserError } from '../shared/errors.ts'
import { isZone, wallClock } from '../shared/zoned-time.ts'
import { ABBREVIATIONS, SEVERAL_ZONES, ZONE_BY_NAME, ZONES } from './read-schedule-places.ts'

const FULL_NAME = /(?<![\w/])(?:africa|america|antarctica|arctic|asia|atlantic|australia|brazil|canada|etc|europe|indian|mexico|pacific|us)\/[\w+/-]*\w/g
const OFFSET = /\b(?:utc|gmt) ?[+-] ?\d{1,2}(?::?\d\d)?\b|\+\d\d:\d\d\b/
const NAME = anyOf([...ZONE_BY_NAME.keys()])
const COUNTRY = anyOf(Object.keys(SEVERAL_ZONES))
const ABBREVIATION = anyOf(Object.keys(ABBREVIATIONS))
const ZONE_BY_LOWER_CASE = new Map(ZONES.map((zone) => [zone.toLowerCase(), zone]))

export interface FoundZone {
  zone: string | undefined
  /** How an abbreviation was read. */
  notes: string[]
  /** Without what was read. */
  rest: string
}

/** @param text in small letters @param own the zone of the person, which decides between places that share a name */
export function readZone(text: string, { own, now }: { own: string; now: Date }): FoundZone {
  const offset = OFFSET.exec(text)?.[0]
  if (offset !== undefined)
    throw new UserError(`“${offset.toUpperCase()}” knows no summer time: name a city or a time zone instead, such as Berlin or Europe/Berlin.`)

  const full = take(text, FULL_NAME)
  const named = take(full.rest, NAME)
  const country = take(named.rest, COUNTRY)
  const short = take(country.rest, ABBREVIATION)
  const places = new Set([...full.found.map(zoneWritten), ...named.found.map((name) => ZONE_BY_NAME.get(name) as string)])
  const [several] = country.found
  if (several !== undefined && places.size === 0 && short.found.length === 0) {
    throw new UserError(`There are several time zones there: name a city instead, such as ${SEVERAL_ZONES[several]}.`)
  }

  const [place] = places
  const read = short.found.map((each) => ({ each: each.toUpperCase(), zone: zoneAbbreviated(each, place ?? own, now) }))
  const zones = [...new Set([...places, ...read.map(({ zone }) => zone)])]
  if (zones.length > 1) throw new UserError(`${zones.join(' and ')} are two time zones: write one place.`)
  const notes =
    place === undefined ? read.map(({ each, zone }) => `${each} is read as ${zone}${hasSummerTime(zone, now) ? ', with its summer time' : ''}.`) : []
  return { zone: zones[0], notes: [...new Set(notes)], rest: short.rest }
}

function zoneWritten(name: string): string {
  const zone = ZONE_BY_LOWER_CASE.get(name) ?? (isZone(name) ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone : undefined)
  if (zone === undefined) throw new UserError(`There is no time zone “${name}”: name a city or write for example Europe/Berlin.`)
  return zone
}

/** Whose clock agrees is more likely to mean their own place than another. */
function zoneAbbreviated(abbreviation: string, own: string, now: Date): string {
  const candidates = ABBREVIATIONS[abbreviation] ?? []
  if (candidates.some((each) => sameClock(each, own, now))) return own
  const [only] = candidates
  if (candidates.length === 1 && only !== undefined) return only
  const cities = candidates.map((zone) => zone.split('/').at(-1)).join(', ')
  throw new UserError(`${abbreviation.toUpperCase()} means different times in different places: name a city instead (${cities}).`)
}

function sameClock(one: string, other: string, now: Date): boolean {
  return midMonths(now).every((time) => wallClock(one, time).minutes === wallClock(other, time).minutes)
}

function hasSummerTime(zone: string, now: Date): boolean {
  return new Set(midMonths(now).map((time) => wallClock(zone, time).minutes)).size > 1
}

/** Noon, UTC, in January and July. */
function midMonths(now: Date): Date[] {
  return [0, 6].map((month) => new Date(Date.UTC(now.getUTCFullYear(), month, 15, 12)))
}

function take(text: string, pattern: RegExp): { found: string[]; rest: string } {
  return { found: text.match(pattern) ?? [], rest: text.replace(pattern, ' ') }
}

/** The longest first, or Mexico would hide Mexico City. */
function anyOf(names: readonly string[]): RegExp {
  const longestFirst = names.toSorted((one, other) => other.length - one.length)
  return new RegExp(`(?<![\\w/])(?:${longestFirst.join('|')})(?![\\w/])`, 'g')
}
