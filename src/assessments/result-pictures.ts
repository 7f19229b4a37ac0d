/** A team's results as pictures: which ones there are, and what is drawn in each. */

import { type Cell, heatmap } from '../pictures/heatmap.ts'
import { ladder, type StageState } from '../pictures/ladder.ts'
import type { LevelNames } from '../pictures/levels.ts'
import type { Picture } from '../pictures/picture.ts'
import { MOST_AXES } from '../pictures/profile.ts'
import { radar } from '../pictures/radar.ts'
import { MOST_SERIES, type TrendSeries, trend } from '../pictures/trend.ts'
import type { Comparison } from './comparison.ts'
import { lowerOf } from './level-figure.ts'
import { labelsOf } from './results-wording.ts'
import type { StageFigures } from './stage-figures.ts'
import type { ModelResults } from './team-model-results.ts'
import { nameOf } from './wording.ts'

export const KINDS = ['radar', 'ladder', 'trend'] as const
export type Kind = (typeof KINDS)[number]

/** Undefined where the results have nothing to draw in it. */
export function drawPicture(kind: Kind, team: string, results: ModelResults): Picture | undefined {
  switch (kind) {
    case 'radar':
      return results.shape === 'staged' || results.sections.length === 0 ? undefined : drawRadar(team, results)
    case 'ladder':
      return results.stages === undefined ? undefined : drawLadder(team, results, results.stages)
    case 'trend':
      return drawTrend(team, results)
  }
}

export function drawHeatmap({ title, levels, teams, sections }: Comparison): Picture {
  return heatmap({
    title,
    rows: teams.map(({ name }) => name),
    columns: labelsOf(sections),
    cells: teams.map((_, team) => sections.map(({ cells }): Cell => cellOf(cells[team]))),
    levels: levels.length,
    ...namesOf(levels),
  })
}

function cellOf(cell: Comparison['sections'][number]['cells'][number] | undefined): Cell {
  if (cell?.state === 'hidden' || cell?.state === 'not-applicable') return cell.state
  return cell?.level
}

function drawRadar(team: string, { shortTitle, sections, levels }: ModelResults): Picture {
  const labels = labelsOf(sections)
  return radar({
    title: `${team}: ${shortTitle}`,
    axes: sections.slice(0, MOST_AXES).map(({ level, target, before }, i) => ({ label: labels[i] as string, value: level, target, previous: before?.level })),
    levels: levels.length,
    ...namesOf(levels),
  })
}

function drawLadder(team: string, { shortTitle, levelWord, sections }: ModelResults, stages: readonly StageFigures[]): Picture {
  const level = sections[0]?.level
  const reached = level === undefined ? undefined : lowerOf(level)
  return ladder({
    title: `${team}: ${shortTitle}`,
    stages: stages.map((stage) => ({ name: nameOf(stage.title), state: reached !== undefined && stage.stage <= reached ? 'in-place' : stateOf(stage) })),
    reached,
    stageWord: levelWord,
  })
}

/** In place only where nobody lacks anything of it. */
function stateOf({ state, counts }: StageFigures): StageState {
  if (state !== 'scored' || counts === undefined) return 'unknown'
  const { inPlace, partly, notYet, takenToHold } = counts
  if (partly > 0 || (notYet > 0 && inPlace + takenToHold > 0)) return 'partly'
  return notYet > 0 ? 'not-yet' : 'in-place'
}

/** Over less than two assessments there is no line. The mean is a line among others, and called what it is. */
function drawTrend(team: string, { shortTitle, sections, trend: lines, levels, levelWord, shape }: ModelResults): Picture | undefined {
  const labels = shape === 'staged' ? [`${levelWord} reached`] : labelsOf(sections)
  const moving = lines.sections
    .map(({ section, points }): TrendSeries => {
      const label = labels[sections.findIndex((each) => each.section === section)] ?? section
      // Stage 0 lies below the scale.
      return { label, points: points.flatMap(({ at, value }) => (value < 1 ? [] : [{ date: at, value }])) }
    })
    .filter(({ points }) => points.length > 1)
  if (moving.length === 0) return undefined
  const means = lines.mean?.points ?? []
  const mean = means.length > 1 ? [{ label: 'Mean, a trend only', points: means.map(({ at, value }) => ({ date: at, value })) }] : []
  return trend({
    title: `${team}: ${shortTitle} over time`,
    series: [...mean, ...moving.slice(0, MOST_SERIES - mean.length)],
    levels: levels.length,
    ...namesOf(levels),
  })
}

/** Where every section names its levels itself, the scale has numbers only. */
function namesOf(levels: ModelResults['levels']): { levelNames?: LevelNames } {
  const levelNames = levels.map(({ heading }) => (nameOf(heading) === heading ? undefined : nameOf(heading)))
  return levelNames.some((name) => name !== undefined) ? { levelNames } : {}
}
