/** What follows "digest": something to do with one there is, or a new one in plain words. */
import type { Corpus } from '../../corpus/passage.ts'
import { readSchedule } from '../../digests/read-schedule.ts'
import { LONGEST_WORDS } from './args.ts'

export type Typed =
  | { kind: 'list' }
  /** By the form. */
  | { kind: 'new' }
  | { kind: 'one'; what: What; number?: number }
  | { kind: 'agreement'; agreed: boolean; team: string }
  | { kind: 'wanted'; wanted: Wanted }

export type What = 'preview' | 'change' | 'pause' | 'resume' | 'delete'

export interface Wanted {
  organisation: boolean
  /** To the person alone. */
  direct: boolean
  /** Another channel that was named. */
  place?: string
  model?: string
  team?: string
  /** What is left to say when. */
  when: string
}

/** What can be meant by name. */
export interface Names {
  teams: readonly { id: string; name: string }[]
  corpus: Pick<Corpus, 'models'>
}

const VERBS: Readonly<Record<string, What>> = {
  preview: 'preview',
  show: 'preview',
  now: 'preview',
  change: 'change',
  edit: 'change',
  pause: 'pause',
  mute: 'pause',
  stop: 'pause',
  resume: 'resume',
  unpause: 'resume',
  unmute: 'resume',
  delete: 'delete',
  remove: 'delete',
  cancel: 'delete',
}
const LIST = /^(?:list|all)?$/i
const ONE = /^(?<verb>[a-z]+)(?:\s+(?:the|my|this|digests?|number|no\.?))*(?:\s*#?(?<number>\d{1,3}))?$/i
const AGREEMENT = /^(?<verb>agree|withdraw|disagree)\b\s*(?:for\s+)?(?<team>.*)$/is
const BEGIN = /^(?:new|create|add|make|schedule|set\s*up)\b\s*(?:an?\s+)?(?:digest\b\s*)?/i

const ORGANISATION = /\b(?:for\s+)?(?:the\s+|our\s+)?(?:organi[sz]ations?|leads|all\s+teams|teams\s+side\s+by\s+side)\b/i
const DIRECT =
  /\b(?:(?:as|by|in|via)\s+)?(?:an?\s+|my\s+)?(?:dms?|direct\s+messages?)\b|\b(?:(?:only|just|send|to|for|tell|give)\s+)*me\b(?:\s+(?:alone|only))?|\bprivately\b|\bto\s+myself\b/i
const HERE = /\b(?:(?:to|in|into)\s+)?(?:here|(?:this|the|our)\s+channel)\b/i
/** As Slack writes a channel that was typed: `<#C123|payments>`. */
const FOR_CHANNEL = /\bfor\s+<#[^|>]+\|([^>]+)>/i
const CHANNEL = /(?:\b(?:to|in|into)\s+)?<#(?<id>[^|>]{1,200})(?:\|[^>]*)?>/
const FOR_SOMEBODY = /\bfor\s+(?:the\s+)?\S+(?:\s+team)?/i

export function readWords(typed: string, names: Names): Typed {
  const text = typed.trim()
  // Too long for a schedule, which says so.
  if (text.length > LONGEST_WORDS) return { kind: 'wanted', wanted: { organisation: false, direct: false, when: text } }
  if (LIST.test(text)) return { kind: 'list' }
  const one = ONE.exec(text)?.groups
  const what = one?.verb === undefined ? undefined : own(VERBS, one.verb.toLowerCase())
  if (what !== undefined) return { kind: 'one', what, ...(one?.number === undefined ? {} : { number: Number(one.number) }) }
  const agreement = AGREEMENT.exec(text)?.groups
  if (agreement !== undefined) return { kind: 'agreement', agreed: agreement.verb?.toLowerCase() === 'agree', team: (agreement.team ?? '').trim() }
  const rest = text.replace(BEGIN, '')
  return rest === '' ? { kind: 'new' } : { kind: 'wanted', wanted: readWanted(rest, names) }
}

/** Whether a text that begins with "digest" is about one, and not a sentence that happens to begin so. */
export function isMeant(typed: string, corpus: Names['corpus'], now: Date): boolean {
  const read = readWords(typed.replace(FOR_SOMEBODY, ' '), { teams: [], corpus })
  return read.kind !== 'wanted' || 'schedule' in readSchedule(read.wanted.when, { now, zone: 'UTC' })
}

function readWanted(text: string, { teams, corpus }: Names): Wanted {
  const team = nameIn(
    text.replace(FOR_CHANNEL, 'for $1'),
    teams.map(({ id, name }) => ({ id, name: name.replace(/^#/, '') })),
    (name) => `\\bfor\\s+(?:the\\s+)?["“]?#?${name}["”]?(?:\\s+team)?(?![\\p{L}\\p{N}-])`,
  )
  const model = nameIn(
    team.rest,
    corpus.models.flatMap(({ id, shortTitle, title }) => [title, shortTitle, id].map((name) => ({ id, name }))),
    (name) => `(?:\\b(?:by|about|on|of|with)\\s+)?(?:\\bthe\\s+)?(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])(?:\\s+model\\b)?`,
  )
  const organisation = taken(model.rest, ORGANISATION)
  const direct = taken(organisation.rest, DIRECT)
  const here = taken(direct.rest, HERE)
  const place = CHANNEL.exec(here.rest)?.groups?.id
  return {
    organisation: organisation.found,
    direct: direct.found,
    ...(place === undefined ? {} : { place }),
    ...(model.id === undefined ? {} : { model: model.id }),
    ...(team.id === undefined ? {} : { team: team.id }),
    when: here.rest.replace(CHANNEL, ' ').replace(/\s+/g, ' ').trim(),
  }
}

function taken(text: string, pattern: RegExp): { found: boolean; rest: string } {
  return { found: pattern.test(text), rest: text.replace(pattern, ' ') }
}

/** The longest name that stands in it. */
function nameIn(text: string, named: readonly { id: string; name: string }[], pattern: (name: string) => string): { id?: string; rest: string } {
  for (const { id, name } of named.toSorted((a, b) => b.name.length - a.name.length)) {
    const found = new RegExp(pattern(escaped(name)), 'iu')
    if (name !== '' && found.test(text)) return { id, rest: text.replace(found, ' ') }
  }
  return { rest: text }
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Verbs come from outside: `constructor` is none. */
function own(table: Readonly<Record<string, What>>, name: string): What | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
