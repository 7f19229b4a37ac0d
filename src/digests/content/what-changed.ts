/** What is different at the end of a period: levels, and targets that were reached. */
import { figureText, type LevelFigure, lowerOf, middleOf } from '../../assessments/level-figure.ts'
import { headline } from '../../assessments/results-wording.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { TeamSection } from '../../assessments/team-sections.ts'
import type { ChangedLevel, DigestItem, Direction } from './digest-content.ts'
import { named } from './named-sections.ts'

/** @param before absent where nothing was known then */
export function whatChanged(before: ModelResults | undefined, after: ModelResults | undefined): DigestItem[] {
  if (after === undefined) return []
  const then = new Map(before?.sections.map((section) => [section.section, section]))
  const reached = named(after.sections, (section) => targetReached(then.get(section.section), section))
  const targets: DigestItem[] = reached.length === 0 ? [] : [{ kind: 'targets-reached', sections: reached }]
  if (before === undefined) return [firstAssessment(after), ...targets]
  const changed = named(after.sections, (section) => changeOf(then.get(section.section), section))
  return [...(changed.length === 0 ? [] : [{ kind: 'changed' as const, sections: changed }]), ...targets]
}

function firstAssessment(results: ModelResults): DigestItem {
  return {
    kind: 'first-assessment',
    at: results.snapshots[0]?.at ?? '',
    headline: headline(results),
    coverage: results.coverage,
    sections: named(results.sections, ({ level, state }) => ({ state, ...(level === undefined ? {} : { level }) })),
  }
}

function changeOf(before: TeamSection | undefined, now: TeamSection): Omit<ChangedLevel, 'section' | 'label'> | undefined {
  const direction = directionOf(before?.level, now.level)
  if (direction === undefined) return undefined
  const { latest } = now
  return {
    ...(before?.level === undefined ? {} : { before: before.level }),
    ...(now.level === undefined ? {} : { now: now.level }),
    state: now.state,
    direction,
    snapshots: [before?.latest?.from, latest?.from].filter((id) => id !== undefined),
    passages: latest === undefined || latest.figures.state === 'hidden' ? [] : latest.figures.passages,
  }
}

/** Undefined where nothing is different. */
export function directionOf(before: LevelFigure | undefined, now: LevelFigure | undefined): Direction | undefined {
  if (before === undefined) return now === undefined ? undefined : 'known'
  if (now === undefined) return 'unknown'
  if (figureText(before) === figureText(now)) return undefined
  return (middleOf(now) - middleOf(before) || lowerOf(now) - lowerOf(before)) > 0 ? 'up' : 'down'
}

/** A target that was chosen where the team stood already is not reached by it. */
function targetReached(before: TeamSection | undefined, { level, target }: TeamSection): { target: number; level: LevelFigure } | undefined {
  if (level === undefined || target === undefined || lowerOf(level) < target) return undefined
  return before?.level !== undefined && lowerOf(before.level) >= target ? undefined : { target, level }
}
