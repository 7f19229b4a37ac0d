/** The head of a model file: what the model is, who wrote it, how its levels are called. */
import { parseDocument } from 'yaml'
import * as z from 'zod'
import { messageOf } from '../shared/errors.ts'
import type { Problem } from './problem.ts'

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const SECTION_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)*$/
const LEVEL_RANGE = /^(?:none|[1-9]\d?(?:-[1-9]\d?)?)$/
const LEVELS = 'must be a list of level names, or how many levels there are'

const text = (what: string) =>
  z
    .string({ error: `must be ${what}` })
    .trim()
    .min(1, `must be ${what}`)

/** YAML reads `version: 2023` as a number and a date as text: both are taken as they are written. */
const textOrNumber = (what: string) => z.union([text(what), z.number().transform(String)], { error: `must be ${what}` })

const sectionAliases = z.record(z.string(), z.array(text('a list of names')))

const frontMatter = z
  .strictObject({
    id: text('a short name such as "acme"').regex(ID, 'must be lower-case letters, digits and hyphens'),
    title: text('the name of the model'),
    shortTitle: text('what people call the model').optional(),
    aliases: z.array(text('a list of names')).default([]),
    publisher: text('who published it').optional(),
    author: text('who wrote it').optional(),
    version: textOrNumber('a version').optional(),
    date: textOrNumber('a date').optional(),
    url: z.url({ protocol: /^https?$/, error: 'must be the http(s) address of the original' }),
    license: text('a licence note'),
    dimension: text('the dimension of the model that the file holds').optional(),
    levelWord: text('what a level is called').default('Level'),
    shape: z.enum(['continuous', 'staged'], { error: 'must be "continuous" or "staged"' }).default('continuous'),
    levels: z.union(
      [
        z.array(textOrNumber('a level name')).min(1, LEVELS),
        z
          .int()
          .min(1)
          .max(20)
          .transform((count) => Array.from({ length: count }, () => undefined)),
      ],
      { error: LEVELS },
    ),
    sections: z
      .record(
        z.string().regex(SECTION_ID, 'has a section id that is not lower-case words joined by hyphens'),
        z.union([z.string(), z.number()]).transform(String).pipe(z.string().regex(LEVEL_RANGE, 'must be levels such as "1-5" or "3", or "none"')),
      )
      .optional(),
    sectionAliases: sectionAliases.default({}),
  })
  .refine((head) => head.publisher !== undefined || head.author !== undefined, { error: 'needs a publisher or an author' })
  .refine((head) => head.version !== undefined || head.date !== undefined, { error: 'needs a version or a date' })

export type FrontMatter = z.infer<typeof frontMatter>

/** @param yamlLine the line of the file on which `yaml` begins, counted from 1 */
export function parseFrontMatter(yaml: string, file: string, yamlLine: number): { head?: FrontMatter; problems: Problem[] } {
  const at = (line: number, reason: string): Problem => ({ file, line: yamlLine + line, reason: `front matter ${reason}` })
  const document = parseDocument(yaml)
  if (document.errors.length > 0) return { problems: document.errors.map((error) => at((error.linePos?.[0].line ?? 1) - 1, notYaml(error))) }

  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    // An alias without anchor, or aliases that multiply, show only here.
    return { problems: [at(0, notYaml(error))] }
  }
  const parsed = frontMatter.safeParse(value ?? {})
  if (parsed.success) return { head: parsed.data, problems: [] }
  return {
    problems: parsed.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => at(lineOfKey(yaml, key), `"${key}" is not a known key`))
      const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message
      return [at(lineOfKey(yaml, issue.path[0]), issue.path.length === 0 ? message : `"${issue.path.join('.')}" ${message}`)]
    }),
  }
}

/** The library's message tells a line too, but counted from the start of the YAML. */
function notYaml(error: unknown): string {
  return `is not valid YAML: ${messageOf(error)
    .split('\n')[0]
    ?.replace(/ at line \d+, column \d+:?$/, '')}`
}

/** Lines from the start of the YAML to a top-level key; 0 where the key is missing. */
function lineOfKey(yaml: string, key: PropertyKey | undefined): number {
  if (key === undefined) return 0
  return Math.max(
    0,
    yaml.split('\n').findIndex((line) => line.startsWith(`${String(key)}:`)),
  )
}
