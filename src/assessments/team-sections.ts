/** Where each section of a model stands, from the snapshot that speaks of it last. */
import type { Model } from '../corpus/passage.ts'
import { type LevelFigure, lowerOf, middleOf } from './level-figure.ts'
import type { AskedSection, SectionState } from './profile.ts'
import type { SectionFigures } from './round-figures.ts'
import type { Snapshot } from './snapshots.ts'

/** Answers older than this are called stale. */
export const STALE_DAYS = 90
const DAY_MS = 24 * 60 * 60 * 1000

export interface PastLevel {
  level: LevelFigure
  at: string
  /** The snapshot. */
  from: string
}

export interface TeamSection extends AskedSection {
  state: SectionState | 'hidden'
  /** The median of the latest snapshot that has the section; 0 on a ladder for no stage yet. */
  level?: LevelFigure
  /** That snapshot's figures, and which it is. */
  latest?: { from: string; at: string; figures: SectionFigures }
  /** The level before the latest one. */
  before?: PastLevel
  change?: 'up' | 'down' | 'same'
  /** Chosen by the team; there is none by default. */
  target?: number
  /** Target minus level, of a tie minus the lower one; below 0 where the target is passed. */
  gap?: number
  /** Answered longer than 90 days ago. */
  stale: boolean
  ageDays?: number
  /** At least one answer was given on a text that has changed since. */
  olderWording: boolean
}

/** Everything that a snapshot asked about, in the model's order. */
export function sectionsIn(model: Model, snapshots: readonly Snapshot[]): AskedSection[] {
  const asked = new Map(
    snapshots
      .flatMap(({ figures }) => figures.sections)
      .map(({ section, title, dimension, levels }) => [section, { section, title, levels, ...(dimension === undefined ? {} : { dimension }) }]),
  )
  return model.sections.flatMap(({ id }) => asked.get(id) ?? [])
}

export function teamSection(section: AskedSection, snapshots: readonly Snapshot[], target: number | undefined, now: Date): TeamSection {
  const seen = figuresOver(section.section, snapshots)
  const [latest] = seen.filter(({ figures }) => has(figures))
  const level = latest === undefined ? undefined : medianIn(latest.figures)
  const before = pastLevel(seen, latest)
  const answeredAt = latest?.snapshot.answeredAt[section.section]
  const ageDays = answeredAt === undefined ? undefined : Math.floor((now.getTime() - Date.parse(answeredAt)) / DAY_MS)
  return {
    ...section,
    state: latest?.figures.state ?? (seen.some(({ figures }) => figures.state === 'hidden') ? 'hidden' : 'unanswered'),
    ...(level === undefined ? {} : { level }),
    ...(latest === undefined ? {} : { latest: { from: latest.snapshot.id, at: latest.snapshot.at, figures: latest.figures } }),
    ...(before === undefined ? {} : { before }),
    ...(level === undefined || before === undefined ? {} : { change: changeOf(before.level, level) }),
    ...(target === undefined ? {} : { target }),
    ...(target === undefined || level === undefined ? {} : { gap: target - lowerOf(level) }),
    stale: ageDays !== undefined && ageDays > STALE_DAYS,
    ...(ageDays === undefined ? {} : { ageDays }),
    olderWording: latest !== undefined && latest.figures.state !== 'hidden' && latest.figures.olderWording > 0,
  }
}

export interface Seen {
  snapshot: Snapshot
  figures: SectionFigures
}

/** Newest first. A re-vote that has the section takes the place of the first vote. */
export function figuresOver(section: string, snapshots: readonly Snapshot[]): Seen[] {
  const all = snapshots.flatMap((snapshot) => snapshot.figures.sections.filter((each) => each.section === section).map((figures) => ({ snapshot, figures })))
  const votedAgain = new Set(all.flatMap(({ snapshot, figures }) => (has(figures) && snapshot.revoteOf !== undefined ? [snapshot.revoteOf] : [])))
  return all.filter(({ snapshot }) => !votedAgain.has(snapshot.id))
}

/** Not sure and not applicable are answers too; hidden ones are not known. */
export function has({ state }: SectionFigures): boolean {
  return state !== 'unanswered' && state !== 'hidden'
}

export function medianIn(figures: SectionFigures): LevelFigure | undefined {
  return figures.state === 'hidden' ? undefined : figures.median
}

export function isWide(figures: SectionFigures): boolean {
  return figures.state !== 'hidden' && figures.worthTalkingAbout !== undefined
}

function pastLevel(seen: readonly Seen[], latest: Seen | undefined): PastLevel | undefined {
  const older = latest === undefined ? [] : seen.slice(seen.indexOf(latest) + 1)
  return older.flatMap(({ snapshot, figures }) => {
    const level = medianIn(figures)
    return level === undefined ? [] : [{ level, at: snapshot.at, from: snapshot.id }]
  })[0]
}

function changeOf(before: LevelFigure, now: LevelFigure): 'up' | 'down' | 'same' {
  const step = middleOf(now) - middleOf(before)
  return step > 0 ? 'up' : step < 0 ? 'down' : 'same'
}
