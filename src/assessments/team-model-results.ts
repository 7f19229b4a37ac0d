/** From the snapshots of a team by one model to where each section stands, what has changed, and how far it is to the target. */
import { levelHeading, type Model } from '../corpus/passage.ts'
import { type LevelFigure, lowerOf, middleOf } from './level-figure.ts'
import { type AskedSection, type Coverage, coverageOf, isEnough, meanOf, type Overall, type SectionState } from './profile.ts'
import type { Action, Target } from './records.ts'
import type { SectionFigures } from './round-figures.ts'
import type { Snapshot } from './snapshots.ts'
import type { StageFigures } from './stage-figures.ts'

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

export interface TrendPoint {
  at: string
  from: string
  level: LevelFigure
  /** To draw; a tie lies in the middle. */
  value: number
}

export interface Trend {
  /** Oldest first. Of a re-vote only the second vote is a point. */
  sections: readonly { section: string; title: string; points: readonly TrendPoint[] }[]
  /** Each point over the same sections as the latest assessment, of which there are so many. A trend figure, no grade; absent on a ladder. */
  mean?: { sections: number; points: readonly { at: string; from: string; value: number; coverage: Coverage }[] }
}

export interface ModelResults {
  model: string
  title: string
  shortTitle: string
  shape: Model['shape']
  levelWord: string
  levels: readonly { number: number; heading: string }[]
  /** Newest first. */
  snapshots: readonly Snapshot[]
  /** In the model's order. */
  sections: readonly TeamSection[]
  /** Of a staged model, from the latest snapshot of its ladder. */
  stages?: readonly StageFigures[]
  /** The stage after the one reached, practice by practice. Absent at the top. */
  nextStage?: StageFigures
  coverage: Coverage
  /** Absent under 60% coverage. */
  overall?: Overall
  trend: Trend
  /** Sections that the latest snapshot that has them shows wide apart. */
  worthTalkingAbout: readonly string[]
  /** Sections answered longer than 90 days ago. */
  stale: readonly string[]
  olderWording: readonly string[]
  /** Open ones. */
  actions: readonly Action[]
}

export interface Chosen {
  targets: readonly Target[]
  actions: readonly Action[]
  now: Date
}

/** @param snapshots of this model, newest first */
export function resultsByModel(model: Model, snapshots: readonly Snapshot[], { targets, actions, now }: Chosen): ModelResults {
  const sections = sectionsIn(model, snapshots).map((section) =>
    teamSection(section, snapshots, targets.find((target) => target.model === model.id && target.section === section.section)?.level, now),
  )
  const ladder = snapshots.find(({ figures }) => figures.sections.some(has) && figures.stages !== undefined)
  const stages = ladder?.figures.stages
  const next = nextStage(stages, sections[0]?.level)
  const coverage = ladder?.figures.coverage ?? coverageOf(sections.map(({ state }) => (state === 'hidden' ? 'unanswered' : state)))
  const overall = overallOf(sections, coverage, model.shape === 'staged')
  return {
    model: model.id,
    title: model.title,
    shortTitle: model.shortTitle,
    shape: model.shape,
    levelWord: model.levelWord,
    levels: model.levels.map(({ number }) => ({ number, heading: levelHeading(model, number) })),
    snapshots,
    sections,
    ...(stages === undefined ? {} : { stages }),
    ...(next === undefined ? {} : { nextStage: next }),
    coverage,
    ...(overall === undefined ? {} : { overall }),
    trend: trendOf(sections, snapshots, model.shape === 'staged'),
    worthTalkingAbout: sections.filter(({ latest }) => latest !== undefined && isWide(latest.figures)).map(({ section }) => section),
    stale: sections.filter(({ stale }) => stale).map(({ section }) => section),
    olderWording: sections.filter(({ olderWording }) => olderWording).map(({ section }) => section),
    actions: actions.filter((action) => action.model === model.id && action.doneAt === undefined),
  }
}

function sectionsIn(model: Model, snapshots: readonly Snapshot[]): AskedSection[] {
  const asked = new Map(snapshots.flatMap(({ figures }) => figures.sections).map(({ section, title, dimension, levels }) => [section, { section, title, levels, ...(dimension === undefined ? {} : { dimension }) }]))
  return model.sections.flatMap(({ id }) => asked.get(id) ?? [])
}

function teamSection(section: AskedSection, snapshots: readonly Snapshot[], target: number | undefined, now: Date): TeamSection {
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

interface Seen {
  snapshot: Snapshot
  figures: SectionFigures
}

/** Newest first. A re-vote that has the section takes the place of the first vote. */
function figuresOver(section: string, snapshots: readonly Snapshot[]): Seen[] {
  const all = snapshots.flatMap((snapshot) => snapshot.figures.sections.filter((each) => each.section === section).map((figures) => ({ snapshot, figures })))
  const votedAgain = new Set(all.flatMap(({ snapshot, figures }) => (has(figures) && snapshot.revoteOf !== undefined ? [snapshot.revoteOf] : [])))
  return all.filter(({ snapshot }) => !votedAgain.has(snapshot.id))
}

/** Not sure and not applicable are answers too; hidden ones are not known. */
function has({ state }: SectionFigures): boolean {
  return state !== 'unanswered' && state !== 'hidden'
}

function medianIn(figures: SectionFigures): LevelFigure | undefined {
  return figures.state === 'hidden' ? undefined : figures.median
}

function isWide(figures: SectionFigures): boolean {
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

function nextStage(stages: readonly StageFigures[] | undefined, level: LevelFigure | undefined): StageFigures | undefined {
  const from = level === undefined ? undefined : lowerOf(level)
  return from === undefined ? undefined : stages?.find(({ stage, state }) => stage > from && state !== 'not-applicable')
}

function overallOf(sections: readonly TeamSection[], coverage: Coverage, staged: boolean): Overall | undefined {
  const scored = sections.flatMap(({ section, level }) => (level === undefined ? [] : [{ section, level }]))
  if (scored.length === 0 || !isEnough(coverage)) return undefined
  const level = Math.min(...scored.map((each) => lowerOf(each.level)))
  const lowest = scored.filter((each) => lowerOf(each.level) === level).map(({ section }) => section)
  const mean = staged ? undefined : meanOf(scored.map((each) => middleOf(each.level)))
  return { lowest, level, ...(mean === undefined ? {} : { mean }) }
}

function trendOf(sections: readonly TeamSection[], snapshots: readonly Snapshot[], staged: boolean): Trend {
  const lines = sections.map(({ section, title }) => {
    const points = figuresOver(section, snapshots).flatMap(({ snapshot, figures }): TrendPoint[] => {
      const level = medianIn(figures)
      return level === undefined ? [] : [{ at: snapshot.at, from: snapshot.id, level, value: middleOf(level) }]
    })
    return { section, title, points: points.toReversed() }
  })
  const mean = staged ? undefined : meanOver(snapshots)
  return { sections: lines, ...(mean === undefined ? {} : { mean }) }
}

/** A mean over other sections than the last time would rise and fall with what was asked. */
function meanOver(snapshots: readonly Snapshot[]): Trend['mean'] {
  const whole = snapshots.filter(({ revoteOf }) => revoteOf === undefined)
  const basis = whole[0]?.figures.sections.map(({ section }) => section) ?? []
  const points = whole.toReversed().flatMap((snapshot) => {
    const revote = snapshots.find(({ revoteOf }) => revoteOf === snapshot.id)
    const figures = basis.map((section) => figuresIn(section, revote) ?? figuresIn(section, snapshot))
    // Asked about other sections.
    if (basis.some((section) => snapshot.figures.sections.every((each) => each.section !== section))) return []
    const coverage = coverageOf(figures.map((each) => (each === undefined || each.state === 'hidden' ? 'unanswered' : each.state)))
    const value = meanOf(figures.flatMap((each) => (each === undefined ? [] : (medianIn(each) ?? []))).map(middleOf))
    return value === undefined || !isEnough(coverage) ? [] : [{ at: snapshot.at, from: snapshot.id, value, coverage }]
  })
  return basis.length === 0 ? undefined : { sections: basis.length, points }
}

function figuresIn(section: string, snapshot: Snapshot | undefined): SectionFigures | undefined {
  return snapshot?.figures.sections.find((each) => each.section === section && has(each))
}
