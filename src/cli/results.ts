/** `cairn results`: where a team stands, what has changed, and what to do next. */
import { Command } from 'commander'
import { nextSteps } from '../assessments/next-steps.ts'
import { DEFAULT_TEAM } from './assess.ts'
import type { CommandIO } from './io.ts'
import { findTeam, TENANT, withAssessments } from './with-assessments.ts'

interface ResultsOptions {
  team: string
  model?: string
  inTermsOf?: string
  compare?: string[]
  csv?: boolean
  json?: boolean
}

export function resultsCommand(io: CommandIO): Command {
  return new Command('results')
    .description('where a team stands: latest profile, change, coverage, next steps')
    .option('--team <name>', 'the team', DEFAULT_TEAM)
    .option('--model <id>', 'only by this model')
    .option('--in-terms-of <model>', 'read the result of --model in the terms of another model, by the crosswalk')
    .option('--compare <teams...>', 'set other teams beside it by --model; never a ranking')
    .option('--csv', 'print every snapshot as CSV')
    .option('--json', 'print the results as JSON')
    .action(async ({ team: name, model, inTermsOf, compare, csv, json }: ResultsOptions, command: Command) => {
      if ((inTermsOf !== undefined || compare !== undefined) && model === undefined) command.error('error: --in-terms-of and --compare need --model')
      await withAssessments(io, async ({ engine, store, assessments }) => {
        const team = await findTeam(store, name)
        const print = (value: unknown) => io.out(`${JSON.stringify(value, null, 2)}\n`)
        if (inTermsOf !== undefined && model !== undefined) {
          const reading = await assessments.results.inTermsOf(TENANT, team.id, model, inTermsOf)
          const { inTermsText } = await import('./comparison-text.ts')
          return json === true ? print(reading) : io.out(inTermsText(reading))
        }
        if (compare !== undefined && model !== undefined) {
          const others = await Promise.all(compare.map((other) => findTeam(store, other)))
          const comparison = await assessments.results.compare(TENANT, [team.id, ...others.map(({ id }) => id)], model)
          const { comparisonText } = await import('./comparison-text.ts')
          return json === true ? print(comparison) : io.out(comparisonText(comparison))
        }
        const results = await assessments.results.results(TENANT, team.id, model === undefined ? {} : { model })
        if (json === true)
          return print({ ...results, nextSteps: results.models.map((each) => ({ model: each.model, sections: nextSteps(each, engine.corpus) })) })
        if (csv === true) {
          const { resultsCsv } = await import('../assessments/results-csv.ts')
          return io.out(resultsCsv(results))
        }
        const { resultsText } = await import('./results-text.ts')
        io.out(resultsText(results, engine.corpus))
      })
    })
}
