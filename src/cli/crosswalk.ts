/** `cairn crosswalk`: what corresponds in the other models to a level of a section. */
import { Command, InvalidArgumentError } from 'commander'
import { loadConfig } from '../config.ts'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Corpus, Model, Passage } from '../corpus/passage.ts'
import { formatProblem } from '../corpus/problem.ts'
import { type Correspondence, type Crosswalk, createCrosswalk } from '../crosswalk/crosswalk.ts'
import { loadCrosswalk } from '../crosswalk/load-crosswalk.ts'
import { UserError } from '../shared/errors.ts'
import type { CommandIO } from './io.ts'

interface CrosswalkOptions {
  model?: string
  section?: string
  level?: number
  json?: boolean
}

const LEGEND =
  'strong: both ask for the same practices. good: same theme and comparable degree. weak: related, an approximation.\n' +
  'Each model measures by its own scale; figures of different models are never averaged.\n'

export function crosswalkCommand(io: CommandIO): Command {
  return new Command('crosswalk')
    .description('tell what corresponds in the other models to a level of a section')
    .option('--model <id>', 'the model, for example kmm')
    .option('--section <id>', 'the section, for example automation')
    .option('--level <number>', 'the level, for example 4', toLevel)
    .option('--json', 'print the correspondences as one JSON array')
    .action(async ({ model, section, level, json }: CrosswalkOptions, command: Command) => {
      if (model === undefined || section === undefined || level === undefined) {
        command.error('error: model, section and level are needed: cairn crosswalk --model kmm --section automation --level 4')
      }
      const [{ corpus, problems }, data] = await Promise.all([loadCorpus(loadConfig(io.env).modelsDirectory), loadCrosswalk()])
      for (const problem of problems) io.err(`cairn: left out: ${formatProblem(problem)}\n`)
      const crosswalk = createCrosswalk(data)
      const asked = findLevel(corpus, crosswalk, model, section, level)
      const correspondences = crosswalk.correspondencesOf(asked.id)
      io.out(json === true ? `${JSON.stringify(correspondences, null, 2)}\n` : toText(asked, correspondences, corpus, crosswalk))
    })
}

function toLevel(typed: string): number {
  if (!/^\d{1,3}$/.test(typed)) throw new InvalidArgumentError('write a number, for example 4.')
  return Number(typed)
}

/** @throws UserError naming what there is instead */
function findLevel(corpus: Corpus, crosswalk: Crosswalk, modelId: string, sectionId: string, level: number): Passage {
  const model = corpus.model(modelId)
  if (model === undefined) throw new UserError(`there is no model "${modelId}": use one of ${crosswalk.models.join(', ')}`)
  if (!crosswalk.models.includes(modelId))
    throw new UserError(`"${modelId}" is a team's own model, and the crosswalk covers the built-in ones alone: use one of ${crosswalk.models.join(', ')}`)
  const section = model.sections.find((each) => each.id === sectionId)
  if (section === undefined || section.levels.length === 0) throw new UserError(unknownSection(model, sectionId))
  const passage = corpus.section(modelId, sectionId).find((each) => each.level === level)
  if (passage === undefined)
    throw new UserError(`${modelId}/${sectionId} has no ${model.levelWord.toLowerCase()} ${level}: use one of ${section.levels.join(', ')}`)
  return passage
}

function unknownSection(model: Model, sectionId: string): string {
  const sections = model.sections.filter(({ levels }) => levels.length > 0).map(({ id }) => id)
  return `the model "${model.id}" has no section "${sectionId}" with levels: use one of ${sections.join(', ')}`
}

function toText(asked: Passage, correspondences: readonly Correspondence[], corpus: Corpus, crosswalk: Crosswalk): string {
  const others = corpus.models.filter(({ id }) => id !== asked.model && crosswalk.models.includes(id))
  const parts = others.map((model) => {
    const own = correspondences.filter((each) => each.model === model.id)
    const lines =
      own.length === 0
        ? [`  nothing corresponds: ${crosswalk.gapOf(asked.id, model.id) ?? 'its passages speak of other things'}`]
        : own.flatMap((each) => describe(each, corpus))
    return `${model.title}\n${lines.join('\n')}\n`
  })
  return `${asked.title}\n  ${asked.indicator}\n\n${parts.join('\n')}\n${LEGEND}`
}

function describe({ strength, reason, passages: [, id] }: Correspondence, corpus: Corpus): string[] {
  const path = corpus.passage(id)?.title.split(' › ').slice(1).join(' › ')
  return [`  ${strength.padEnd(6)} ${path} (${id})`, `         ${reason}`]
}
