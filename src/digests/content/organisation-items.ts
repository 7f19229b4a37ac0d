/** Teams side by side, those that agreed and no others, by name: there is no first and no last, and no figure of one team. */
import { type Comparison, compareTeams } from '../../assessments/comparison.ts'
import type { Team } from '../../assessments/records.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { Model } from '../../corpus/passage.ts'
import type { DigestItem } from './digest-content.ts'
import { directionOf } from './what-changed.ts'

/** Of a team: whether it agreed to be in digests for the organisation. */
export const ORGANISATION_SETTING = 'organisation-digest'
export const AGREED = 'yes'

export interface TeamThenAndNow {
  team: Team
  /** Before the period, at its end, and now. */
  before?: ModelResults
  after?: ModelResults
  current?: ModelResults
}

export function byName(a: { id: string; name: string }, b: { id: string; name: string }): number {
  return a.name.localeCompare(b.name, 'en', { sensitivity: 'base', numeric: true }) || a.id.localeCompare(b.id)
}

export function sideBySide(teams: readonly TeamThenAndNow[], chosen: number): DigestItem {
  const directions = teams.flatMap(({ before, after }) => (before === undefined ? [] : directionsOf(before, after)))
  return {
    kind: 'organisation',
    chosen,
    without: teams.flatMap(({ team: { id, name }, current }) => (current === undefined ? [{ id, name }] : [])),
    up: directions.filter((direction) => direction === 'up').length,
    down: directions.filter((direction) => direction === 'down').length,
    firstAssessed: teams.filter(({ before, after }) => before === undefined && after !== undefined).length,
  }
}

function directionsOf(before: ModelResults, after: ModelResults | undefined): ReturnType<typeof directionOf>[] {
  const then = new Map(before.sections.map(({ section, level }) => [section, level]))
  return after?.sections.map(({ section, level }) => directionOf(then.get(section), level)) ?? []
}

/** Undefined where none of them was assessed. */
export function heatmapOf(teams: readonly TeamThenAndNow[], model: Model): Comparison | undefined {
  const assessed = teams.flatMap(({ team, current }) => (current === undefined ? [] : [{ team, results: current }]))
  return compareTeams(
    assessed,
    model.sections.map(({ id }) => id),
  )
}
