/**
 * What tools and practices say about where a team stands, section by section: `corpus/signals.json`. Read by placement
 * only, never shown as a passage, never cited. Add what your people use; no code needs to change, and
 * `cairn corpus check` holds the form.
 *
 * A phrase is found when all its words stand close together in one claim of a statement, in any order and in any
 * grammatical form ("deployed" finds "deployment"). `a|b` takes either word, `key*` whatever begins with it,
 * "self-service" also "self service". A practice that is denied ("no HPA yet") speaks for the levels below. `levels`
 * tells where such a team stands: 3, or "3-4" where both are usual. `weight` is how telling it is, 1 if absent.
 * (JSON, since a bot that places a statement can't wait for a slower format.)
 */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as z from 'zod'
import { UserError } from '../shared/errors.ts'
import { BUILT_IN_CORPUS } from './load-corpus.ts'

export const SIGNALS = join(BUILT_IN_CORPUS, 'signals.json')

export interface LevelRange {
  from: number
  to: number
}

export interface Signal {
  /** What people are shown when it spoke for a level. */
  name: string
  /** How telling it is; most are 1. */
  weight: number
  /** Ways to say it; the notation is told above. */
  phrases: readonly string[]
  /** By `<model>/<section>`: the levels at which teams that say so stand. */
  levels: ReadonlyMap<string, LevelRange>
}

const range = z
  .union([z.int().positive().transform(String), z.string().regex(/^\d+-\d+$/, 'a level is written 3, two neighbours 3-4')])
  .transform((text): LevelRange => {
    const [from = 0, to = from] = text.split('-').map(Number)
    return { from, to }
  })
  .refine(({ from, to }) => from <= to, 'the lower level comes first')

const schema = z.array(
  z.strictObject({
    name: z.string().trim().min(1),
    weight: z.number().positive().max(3).default(1),
    phrases: z.array(z.string().trim().min(1)).min(2),
    levels: z.record(z.string(), range).transform((levels) => new Map(Object.entries(levels))),
  }),
)

/** @throws UserError when the file can't be read or is not in form */
export function loadSignals(path: string = SIGNALS): readonly Signal[] {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).split('\n').slice(0, 2).join(' ') : String((error as Error).message).split('\n')[0]
    throw new UserError(`${relative(process.cwd(), path)} is not in form: ${reason}`, { cause: error })
  }
}
