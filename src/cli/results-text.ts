/** A team's results as lines for a terminal: each figure beside what it rests on. */
import { nextSteps } from '../assessments/next-steps.ts'
import { headline, notesOn, sayCoverage, sayStanding } from '../assessments/results-wording.ts'
import type { ModelResults } from '../assessments/team-model-results.ts'
import type { TeamResult } from '../assessments/team-results.ts'
import type { TeamSection } from '../assessments/team-sections.ts'
import { type Corpus, passageId } from '../corpus/passage.ts'

export function resultsText({ team, models, actions }: TeamResult, corpus: Corpus): string {
  if (models.length === 0) return `${team.name} has no results yet: "cairn assess" begins.\n`
  const open = actions.map(({ text, owner, due }) => `  ${text}${owner === undefined ? '' : `, ${owner}`}${due === undefined ? '' : `, due ${due}`}`)
  return [...models.map((model) => modelText(team.name, model, corpus)), ...(open.length === 0 ? [] : [`Open actions\n${open.join('\n')}\n`])].join('\n')
}

function modelText(team: string, results: ModelResults, corpus: Corpus): string {
  const { title, sections, coverage, snapshots, trend } = results
  const mean = trend.mean?.points.at(-1)
  const steps = nextSteps(results, corpus).flatMap(({ title: section, heading, steps: some }) => [
    `  ${section}: ${heading}`,
    ...some.map(({ text, passage }) => `    ${text} [${passage}]`),
  ])
  return [
    `${team} by the ${title}, ${snapshots[0]?.at.slice(0, 10) ?? ''}`,
    `${headline(results)} ${sayCoverage(coverage)}.`,
    ...sections.map((section) => sectionLine(section, results, corpus)),
    ...(mean === undefined ? [] : [`Mean, as a trend figure only: ${mean.value.toFixed(1)} over ${trend.mean?.sections} sections`]),
    ...(steps.length === 0 ? [] : ['Next steps', ...steps]),
    '',
  ].join('\n')
}

function sectionLine(section: TeamSection, results: ModelResults, corpus: Corpus): string {
  const { title, dimension, level } = section
  const name = dimension === undefined || dimension === title ? title : `${dimension} › ${title}`
  const heading = typeof level === 'number' ? corpus.passage(passageId(results.model, section.section, level))?.heading : undefined
  const notes = notesOn(section)
  return `  ${name}: ${heading ?? sayStanding(section, results)}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
}
