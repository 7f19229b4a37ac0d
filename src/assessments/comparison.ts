/** Teams side by side, in the order in which they were named: there is no first and no last. */
import type { LevelFigure } from './level-figure.ts'
import type { Coverage } from './profile.ts'
import type { Team } from './records.ts'
import type { ModelResults } from './team-model-results.ts'
import type { TeamSection } from './team-sections.ts'

export interface ComparedCell {
  state: TeamSection['state']
  level?: LevelFigure
  /** The team's own. */
  target?: number
  stale: boolean
}

export interface Comparison {
  model: string
  title: string
  levelWord: string
  /** How many the model has. */
  levels: ModelResults['levels']
  /** By its coverage and date one sees how much each column rests on. */
  teams: readonly { id: string; name: string; coverage?: Coverage; at?: string }[]
  /** `cells` in the order of the teams. */
  sections: readonly { section: string; title: string; dimension?: string; cells: readonly ComparedCell[] }[]
}

const NOTHING: ComparedCell = { state: 'unanswered', stale: false }

/** @param teams at least one of them has results @param order the model's sections */
export function compareTeams(teams: readonly { team: Team; results: ModelResults | undefined }[], order: readonly string[]): Comparison | undefined {
  const some = teams.find(({ results }) => results !== undefined)?.results
  if (some === undefined) return undefined
  const known = new Map(teams.flatMap(({ results }) => results?.sections.map((each) => [each.section, each]) ?? []))
  return {
    model: some.model,
    title: some.title,
    levelWord: some.levelWord,
    levels: some.levels,
    teams: teams.map(({ team: { id, name }, results }) => {
      const at = results?.snapshots[0]?.at
      return { id, name, ...(results === undefined ? {} : { coverage: results.coverage }), ...(at === undefined ? {} : { at }) }
    }),
    sections: order.flatMap((id) => {
      const section = known.get(id)
      if (section === undefined) return []
      const { title, dimension } = section
      return [{ section: id, title, ...(dimension === undefined ? {} : { dimension }), cells: teams.map(({ results }) => cellOf(id, results)) }]
    }),
  }
}

function cellOf(section: string, results: ModelResults | undefined): ComparedCell {
  const found = results?.sections.find((each) => each.section === section)
  if (found === undefined) return NOTHING
  const { state, level, target, stale } = found
  return { state, ...(level === undefined ? {} : { level }), ...(target === undefined ? {} : { target }), stale }
}
