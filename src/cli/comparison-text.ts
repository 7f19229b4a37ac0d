/** Teams side by side, and a result in another model's terms, as lines for a terminal. */
import type { Comparison } from '../assessments/comparison.ts'
import type { InTermsOf } from '../assessments/in-terms-of.ts'
import { figureText } from '../assessments/level-figure.ts'
import { sayCoverage } from '../assessments/results-wording.ts'

export function comparisonText({ title, levelWord, teams, sections }: Comparison): string {
  const head = teams.map(({ name, coverage, at }) => `${name}: ${coverage === undefined ? 'not assessed' : `${sayCoverage(coverage)}, ${at?.slice(0, 10)}`}`)
  const rows = sections.map(({ title: section, dimension, cells }) => {
    const values = cells.map(
      ({ level, state }, i) => `${teams[i]?.name} ${level === undefined ? state.replace('-', ' ') : `${levelWord.toLowerCase()} ${figureText(level)}`}`,
    )
    return `  ${dimension === undefined || dimension === section ? section : `${dimension} › ${section}`}: ${values.join('; ')}`
  })
  return `By the ${title}, side by side in the order named\n${[...head, ...rows].join('\n')}\n`
}

export function inTermsText({ other, notice, sections }: InTermsOf): string {
  const rows = sections.flatMap(({ title, level, readings, gap }) => [
    `${title}, ${figureText(level)}`,
    ...readings.map(
      (each) => `  ${each.strength}: ${each.title}, ${other.levelWord.toLowerCase()} ${each.level} (${each.passages.join(', ')})\n    ${each.reason}`,
    ),
    ...(readings.length > 0 ? [] : [`  nothing comparable${gap === undefined ? '' : `: ${gap}`}`]),
  ])
  return `In the terms of the ${other.title}. ${notice}\n${rows.join('\n')}\n`
}
