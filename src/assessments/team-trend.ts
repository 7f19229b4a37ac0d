/** Levels over time, and their mean over the same sections each time. */
import { type LevelFigure, middleOf } from './level-figure.ts'
import { type AskedSection, type Coverage, coverageOf, isEnough, meanOf } from './profile.ts'
import { isReassessment } from './reassessment-id.ts'
import type { SectionFigures } from './round-figures.ts'
import type { Snapshot } from './snapshots.ts'
import { figuresOver, has, medianIn } from './team-sections.ts'

export interface TrendPoint {
  at: string
  from: string
  level: LevelFigure
  /** To draw; a tie lies in the middle. */
  value: number
}

export interface TeamTrend {
  /** Oldest first. Of a re-vote only the second vote is a point. */
  sections: readonly { section: string; title: string; points: readonly TrendPoint[] }[]
  /** Each point over the same sections as the latest assessment, of which there are so many. A trend figure, no grade; absent on a ladder. */
  mean?: { sections: number; points: readonly { at: string; from: string; value: number; coverage: Coverage }[] }
}

/** @param staged a ladder has no mean */
export function trendOf(sections: readonly AskedSection[], snapshots: readonly Snapshot[], staged: boolean): TeamTrend {
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
function meanOver(snapshots: readonly Snapshot[]): TeamTrend['mean'] {
  const whole = snapshots.filter((snapshot) => snapshot.revoteOf === undefined && !isReassessment(snapshot))
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
