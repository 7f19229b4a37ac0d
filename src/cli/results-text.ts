/** A team's results as lines for a terminal: each figure beside what it rests on. */
import { figureText, lowerOf } from '../assessments/level-figure.ts'
import { nextSteps } from '../assessments/next-steps.ts'
import type { Coverage } from '../assessments/profile.ts'
import type { ModelResults } from '../assessments/team-model-results.ts'
import type { TeamResult } from '../assessments/team-results.ts'
import type { TeamSection } from '../assessments/team-sections.ts'
import { type Corpus, passageId } from '../corpus/passage.ts'

const STATES: Readonly<Record<Exclude<TeamSection['state'], 'scored'>, string>> = {
  'not-sure': 'not sure',
  'not-applicable': 'not applicable',
  unanswered: 'not answered',
  hidden: 'too few answers to show',
}

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

/** Of sections the lowest, of a ladder the stage that is reached. */
function headline({ sections, overall, shape, levelWord }: ModelResults): string {
  if (overall === undefined) return 'Too little is answered for a headline.'
  const { level, lowest } = overall
  if (shape === 'staged') return level === 0 ? `No ${levelWord.toLowerCase()} is in place as a whole yet.` : `${levelWord} ${level} is reached.`
  return `Lowest: ${lowest.map((id) => sections.find(({ section }) => section === id)?.title ?? id).join(', ')} at ${levelWord.toLowerCase()} ${level}.`
}

function sectionLine(section: TeamSection, { model, levelWord }: ModelResults, corpus: Corpus): string {
  const { title, dimension, level, state, before, target, gap, stale, olderWording, latest } = section
  const name = dimension === undefined || dimension === title ? title : `${dimension} › ${title}`
  const figures = latest?.figures
  const spread = figures !== undefined && figures.state !== 'hidden' && figures.worthTalkingAbout !== undefined
  const heading = typeof level === 'number' ? corpus.passage(passageId(model, section.section, level))?.heading : undefined
  const standing = level === undefined ? STATES[state as Exclude<TeamSection['state'], 'scored'>] : (heading ?? `${levelWord} ${figureText(level)}`)
  const notes = [
    ...(before === undefined || level === undefined || lowerOf(before.level) === lowerOf(level)
      ? []
      : [`was ${figureText(before.level)} on ${before.at.slice(0, 10)}`]),
    ...(target === undefined ? [] : [`target ${target}${gap === undefined || gap <= 0 ? ', reached' : `, gap ${gap}`}`]),
    ...(spread ? ['answers far apart: worth talking about'] : []),
    ...(stale ? [`answered ${section.ageDays} days ago`] : []),
    ...(olderWording ? ['answered on older wording'] : []),
  ]
  return `  ${name}: ${standing}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
}

export function sayCoverage({ answered, asked, notApplicable }: Coverage): string {
  return `${answered} of ${asked} answered${notApplicable === 0 ? '' : `, ${notApplicable} not applicable`}`
}
