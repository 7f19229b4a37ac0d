/** What a month adds: where each section is going, how far its targets are, and where people disagree. */
import { lowerOf } from '../../assessments/level-figure.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { DigestItem } from './digest-content.ts'
import { named } from './named-sections.ts'
import { directionOf } from './what-changed.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

export function monthlyItems(results: ModelResults, now: Date): DigestItem[] {
  return [...trends(results, now), ...gaps(results), ...disagreement(results)]
}

/** Over a year, so that it says more than what changed in the month. */
function trends({ sections, trend }: ModelResults, now: Date): DigestItem[] {
  const yearAgo = new Date(now.getTime() - YEAR_MS).toISOString()
  const lines = new Map(trend.sections.map(({ section, points }) => [section, points.filter(({ at }) => at > yearAgo)]))
  const moving = named(sections, ({ section }) => {
    const points = lines.get(section) ?? []
    const [first, last] = [points[0], points.at(-1)]
    if (first === undefined || last === undefined || points.length < 2) return undefined
    const direction = directionOf(first.level, last.level)
    return {
      first: first.level,
      last: last.level,
      since: first.at,
      assessed: points.length,
      direction: direction === 'up' || direction === 'down' ? direction : ('same' as const),
    }
  })
  return moving.length === 0 ? [] : [{ kind: 'trend', sections: moving }]
}

function gaps({ sections }: ModelResults): DigestItem[] {
  const aimed = sections.filter(({ target }) => target !== undefined)
  if (aimed.length === 0) return []
  const open = named(sections, ({ level, target, gap }) =>
    level === undefined || target === undefined || gap === undefined || gap <= 0 ? undefined : { level, target, gap },
  )
  const unknown = aimed.filter(({ level }) => level === undefined).length
  return [
    {
      kind: 'gaps',
      sections: open.toSorted((a, b) => b.gap - a.gap || lowerOf(a.level) - lowerOf(b.level)),
      reached: aimed.length - open.length - unknown,
      unknown,
    },
  ]
}

function disagreement({ sections, worthTalkingAbout }: ModelResults): DigestItem[] {
  const wide = named(sections, ({ section, latest }) => {
    const figures = latest?.figures
    if (!worthTalkingAbout.includes(section) || figures === undefined || figures.state === 'hidden') return undefined
    return figures.range
  })
  return wide.length === 0 ? [] : [{ kind: 'disagreement', sections: wide }]
}
