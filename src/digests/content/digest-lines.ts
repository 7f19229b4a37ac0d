/** A digest in words: a line for each thing it says, what matters most first. */
import { dayIn } from '../../assessments/calendar-day.ts'
import { REMOVED_PERSON } from '../../assessments/records.ts'
import { NO_RESULTS, sayDay } from '../../assessments/results-wording.ts'
import { describeSchedule } from '../schedule-wording.ts'
import { changesLine } from './changes-line.ts'
import { type DigestContent, isEmpty, itemOf } from './digest-content.ts'
import { type DigestLine, type DigestSource, type DigestText, line, plain, strong, type TextPart, words } from './digest-text.ts'
import { monthlyLines } from './monthly-lines.ts'
import { organisationLine } from './organisation-line.ts'
import { actionsLine, roundsLine, staleLine, stepLine } from './team-lines.ts'

/** @param sentence a chat model's, checked against the content */
export function digestText(content: DigestContent, sentence?: string): DigestText {
  const { picture } = content
  const said = saidLines(content)
  const heading = headingOf(content)
  return {
    summary: [`${heading}.`, sentence ?? plain(said[0]?.parts ?? [])].join(' ').trim(),
    heading,
    ...(sentence === undefined ? {} : { sentence }),
    notes: notesOf(content),
    lines: [...said, aboutLine(content)],
    sources: sourcesOf(content),
    ...(picture === undefined ? {} : { picture }),
    why: whyOf(content),
  }
}

/** Without the one about the digest itself. */
export function saidLines(content: DigestContent): DigestLine[] {
  return [
    ...(isEmpty(content) ? [line('nothing', [words(nothingNew(content))])] : []),
    ...changesLine(content),
    ...organisationLine(content),
    ...stepLine(content),
    ...actionsLine(content),
    ...roundsLine(content),
    ...staleLine(content),
    ...monthlyLines(content),
  ]
}

function nothingNew(content: DigestContent): string {
  if (content.digest.kind === 'organisation') return 'Nothing has changed.'
  const never = itemOf(content, 'no-results')
  return `Nothing has changed, nothing is due, and no round is open.${never === undefined ? '' : ` ${sayNoResults(never.gone)}`}`
}

function sayNoResults(gone: readonly string[]): string {
  return gone.length === 0 ? NO_RESULTS : `It is about what is no longer here: ${gone.join(', ')}.`
}

function headingOf({ digest, teams, model }: DigestContent): string {
  const whose = digest.kind === 'organisation' ? 'Teams side by side' : (teams[0]?.name ?? '')
  return model === undefined ? whose : `${whose}: ${model.shortTitle}`
}

function notesOf({ digest: { schedule }, period, late }: DigestContent): TextPart[][] {
  const day = (at: string) => sayDay(dayIn(schedule.zone, new Date(at)))
  const partial = period.partial ? ' This is less time than there usually is between two of these.' : ''
  const due: TextPart[] = [words('This comes late: it was due at '), { kind: 'time', at: period.to, zone: schedule.zone, form: 'moment' }, words('.')]
  return [[words(`From ${day(period.from)} to ${day(period.to)}.${partial}`)], ...(late ? [due] : [])]
}

function aboutLine({ digest: { schedule } }: DigestContent): DigestLine {
  return line('digest', [words(`This comes ${describeSchedule(schedule)}.`)], [{ kind: 'mute' }, { kind: 'change' }, { kind: 'why' }])
}

/** Who made it, about what and for whom, and when it comes. */
export function whyOf({ digest, teams }: Pick<DigestContent, 'digest' | 'teams'>): TextPart[] {
  const { createdBy, createdAt, kind, schedule, sendWhenEmpty, to } = digest
  const about = kind === 'organisation' ? 'teams that agreed to be shown side by side' : (teams[0]?.name ?? '')
  const when = sendWhenEmpty ? 'also when nothing is new' : 'and only when something is new'
  return [
    createdBy === REMOVED_PERSON ? words('Somebody who is no longer here') : { kind: 'person', id: createdBy },
    words(` set up this digest on ${sayDay(dayIn(schedule.zone, new Date(createdAt)))}, about `),
    strong(about),
    words(`, for ${to.kind === 'person' ? 'you' : 'this channel'}. It comes ${describeSchedule(schedule)}, ${when}.`),
  ]
}

function sourcesOf(content: DigestContent): DigestSource[] {
  const step = itemOf(content, 'step')
  if (step === undefined) return []
  const { passage, title, text, url } = step
  return [{ n: 1, passage, title, quote: text, url }]
}
