/** From the snapshots of a team by one model to its results: where it stands, what has changed, and how far it is to its targets. */
import { levelHeading, type Model } from '../corpus/passage.ts'
import { type LevelFigure, lowerOf, middleOf } from './level-figure.ts'
import { type Coverage, coverageOf, isEnough, meanOf, type Overall } from './profile.ts'
import type { Action, Target } from './records.ts'
import type { Snapshot } from './snapshots.ts'
import type { StageFigures } from './stage-figures.ts'
import { isWide, sectionsIn, type TeamSection, teamSection } from './team-sections.ts'
import { type TeamTrend, trendOf } from './team-trend.ts'

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
  trend: TeamTrend
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
  const staged = model.shape === 'staged'
  const ladder = staged ? snapshots.find(({ id }) => id === sections[0]?.latest?.from) : undefined
  const stages = ladder?.figures.stages
  const next = nextStage(stages, sections[0]?.level)
  const coverage = ladder?.figures.coverage ?? coverageOf(sections.map(({ state }) => (state === 'hidden' ? 'unanswered' : state)))
  const overall = overallOf(sections, coverage, staged)
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
    trend: trendOf(sections, snapshots, staged),
    worthTalkingAbout: sections.filter(({ latest }) => latest !== undefined && isWide(latest.figures)).map(({ section }) => section),
    stale: sections.filter(({ stale }) => stale).map(({ section }) => section),
    olderWording: sections.filter(({ olderWording }) => olderWording).map(({ section }) => section),
    actions: actions.filter((action) => action.model === model.id && action.doneAt === undefined),
  }
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
