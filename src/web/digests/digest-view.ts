/** Digests as the page sees them, and one as it would read now. */
import type { DigestContent } from '../../digests/content/digest-content.ts'
import { isEmpty } from '../../digests/content/digest-content.ts'
import { digestText } from '../../digests/content/digest-lines.ts'
import { plain, type TextPart } from '../../digests/content/digest-text.ts'
import type { Digest, DigestKind } from '../../digests/records.ts'
import type { Schedule } from '../../digests/schedule.ts'
import { describeSchedule, nextThree, scheduleAsTyped } from '../../digests/schedule-wording.ts'
import type { NameOf } from '../assess/figures-view.ts'

export interface DigestsView {
  digests: DigestView[]
  /** Channels of the team that one can go to. */
  places: { id: string; name: string }[]
  /** Whether one can be sent to whoever looks at the page, alone. */
  direct: boolean
  kinds: { kind: DigestKind; label: string; about: string }[]
  models: { id: string; shortTitle: string }[]
  /** Whether the team may be shown beside others. */
  agreed: boolean
}

export interface DigestView extends UnderstoodView {
  id: string
  kind: DigestKind
  model: string | null
  /** Null: to one person alone. */
  place: { id: string; name: string } | null
  /** As it can be typed again. */
  typed: string
  sendWhenEmpty: boolean
  paused: 'asked' | 'undeliverable' | null
  by: string
  mine: boolean
}

export interface UnderstoodView {
  when: string
  next: string[]
}

export interface PreviewView {
  heading: string
  notes: string[]
  lines: { text: string; choices: string[] }[]
  sources: { n: number; title: string; passage: string; quote: string }[]
  picture: { title: string; alt: string; width: number; height: number } | null
  empty: boolean
}

export function viewDigest(digest: Digest, { person, now, name, place }: { person: string; now: Date; name: NameOf; place?: string }): DigestView {
  const { id, kind, model, schedule, to, sendWhenEmpty, paused, createdBy } = digest
  return {
    ...understood(schedule, now),
    id,
    kind,
    model: model ?? null,
    place: to.kind === 'place' ? { id: to.place, name: place ?? 'a channel' } : null,
    typed: scheduleAsTyped(schedule),
    sendWhenEmpty,
    paused: paused?.why ?? null,
    by: name(createdBy),
    mine: createdBy === person,
  }
}

export function understood(schedule: Schedule, now: Date): UnderstoodView {
  return { when: describeSchedule(schedule), next: nextThree(schedule, now) }
}

/** @param name of who is in it */
export function viewPreview(content: DigestContent, name: NameOf): PreviewView {
  const { heading, notes, lines, sources, picture } = digestText(content)
  const read = (parts: readonly TextPart[]) => plain(parts.map((part) => (part.kind === 'person' ? { kind: 'text' as const, text: name(part.id) } : part)))
  return {
    heading,
    notes: notes.map(read),
    lines: lines.flatMap(({ about, parts, buttons }) =>
      about === 'digest' ? [] : [{ text: read(parts), choices: buttons.flatMap((button) => (button.kind === 'level' ? [button.choice.label] : [])) }],
    ),
    sources: sources.map(({ n, title, passage, quote }) => ({ n, title, passage, quote })),
    picture: picture === undefined ? null : { title: picture.title, alt: picture.alt, width: picture.width, height: picture.height },
    empty: isEmpty(content),
  }
}
