/** The question sets: what is asked, and which passages are right. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { passageId } from '../src/corpus/passage.ts'

const place = z
  .object({ model: z.string(), section: z.string(), level: z.int().nullable() })
  .transform(({ model, section, level }) => passageId(model, section, level))

const question = z.object({
  id: z.string(),
  question: z.string(),
  kind: z.string(),
  history: z.array(z.string()).optional(),
  /** Passages that answer; any one suffices … */
  gold: z.array(place).default([]),
  /** … or one of each list. */
  groups: z.array(z.array(place)).optional(),
  /** Keywords of a right answer; `|` separates alternatives. */
  must: z.array(z.string()).default([]),
  answerable: z.boolean().optional(),
})
const statement = z.object({
  id: z.string(),
  model: z.string(),
  section: z.string(),
  statement: z.string(),
  level: z.int().nullable(),
  acceptable: z.array(z.int()).default([]),
})

export type EvalQuestion = z.infer<typeof question>
export type EvalStatement = z.infer<typeof statement>

export interface EvalSet {
  name: string
  answerable: EvalQuestion[]
  unanswerable: EvalQuestion[]
  placements: EvalStatement[]
}

function readLines<Line>(path: string, line: z.ZodType<Line>): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => line.parse(JSON.parse(row)))
}

/** The project's own sets. */
export function readOwnSet(directory: string): EvalSet {
  return {
    name: 'own',
    answerable: readLines(join(directory, 'questions.jsonl'), question),
    unanswerable: readLines(join(directory, 'unanswerable.jsonl'), question),
    placements: readLines(join(directory, 'placements.jsonl'), statement),
  }
}

/** Questions restated from what engineers asked in public, labelled by other hands than those that built search. */
export function readAsked(directory: string): EvalSet {
  const asked = readLines(join(directory, 'asked.jsonl'), question)
  return {
    name: 'asked in public',
    answerable: asked.filter((each) => each.answerable === true),
    unanswerable: asked.filter((each) => each.answerable === false),
    placements: [],
  }
}

/** Statements restated from what real organizations wrote in public, labelled by other hands than those that wrote the signals. */
export function readAdopters(directory: string): EvalStatement[] {
  return readLines(join(directory, 'adopters.jsonl'), statement)
}

/** A directory of further sets in the same form: written ones and what real people wrote. */
export function readOtherSets(directory: string): EvalSet[] {
  const real = readLines(join(directory, 'real-asked.jsonl'), question)
  return [
    {
      name: 'sample',
      answerable: readLines(join(directory, 'questions.jsonl'), question),
      unanswerable: readLines(join(directory, 'unanswerable.jsonl'), question),
      placements: readLines(join(directory, 'freetext.jsonl'), statement),
    },
    {
      name: 'real',
      answerable: real.filter((each) => each.answerable !== false),
      unanswerable: real.filter((each) => each.answerable === false),
      placements: readLines(join(directory, 'real-adopters.jsonl'), statement),
    },
  ]
}
