/**
 * The file that holds everything of a team: what `cairn export` writes and `cairn import` reads.
 *
 * JSON, version 1. Times are ISO 8601 in UTC (`2026-11-21T10:15:00.000Z`), ids text of the exporting side, fields that are
 * absent unknown or not set. A reader refuses fields that it doesn't know, so a new field is a new version.
 */
import * as z from 'zod'
import { UserError } from '../shared/errors.ts'
import type { Action, Answer, Person, Round, Run, Scope, Target, Team } from './records.ts'

export interface TeamExport {
  format: 'cairn-team'
  version: 1
  /** Its id, its name and when it was made. */
  team: Team
  /**
   * Everybody whom the rest names by id and who is still known: members, invited people, those who answered, started, set or own something.
   * Who answered in a confidential round stands here under an id and a name that say nothing, one for each run.
   */
  persons: readonly Person[]
  /** Ids of persons. */
  members: readonly string[]
  /** Oldest first. */
  rounds: readonly Omit<Round, 'team'>[]
  /** In any state, oldest first. */
  runs: readonly ExportedRun[]
  /** What levels the team has chosen to reach. */
  targets: readonly Omit<Target, 'team'>[]
  /** Open and done. `owner`, `createdBy`, and elsewhere `setBy` and `startedBy`, may name somebody who is not among the persons. */
  actions: readonly Omit<Action, 'team'>[]
}

export interface ExportedRun extends Omit<Run, 'team'> {
  /** Every revision, in the order in which they were given; of each question the last one counts. */
  answers: readonly Omit<Answer, 'run'>[]
}

/** Also PostgreSQL's limit: it can't hold the character 0. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => !value.includes('\0'), 'holds the character 0')
const id = text(200).min(1)
const words = text(20_000)
const time = z.iso.datetime()
const level = z.int().min(0).max(100)
const count = z.int().min(0)

const scope = z.union([
  z.strictObject({ model: id, extent: z.enum(['quick', 'full']) }),
  z.strictObject({ model: id, extent: z.literal('dimension'), dimension: id }),
]) satisfies z.ZodType<Scope>

const value = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('level'), level }),
  z.strictObject({ kind: z.literal('between'), lower: level }),
  z.strictObject({ kind: z.literal('not-sure') }),
  z.strictObject({ kind: z.literal('not-applicable'), reason: words }),
  z.strictObject({ kind: z.literal('practices'), practices: z.record(id, z.enum(['in-place', 'partly', 'not-yet'])) }),
]) satisfies z.ZodType<Answer['value']>

const pending = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proposal'), question: id, said: words, level }),
  z.strictObject({ kind: z.literal('clarification'), question: id, said: words }),
  z.strictObject({ kind: z.literal('reason'), question: id }),
]) satisfies z.ZodType<NonNullable<Run['pending']>>

const answer = z.strictObject({
  question: id,
  value,
  said: words.exactOptional(),
  note: words.exactOptional(),
  seen: z.array(z.strictObject({ passage: id, hash: id })),
  modelVersion: id,
  revision: z.int().min(1),
  answeredAt: time,
  surface: z.enum(['web', 'terminal', 'slack', 'teams', 'import']),
})

const run = z
  .strictObject({
    id,
    person: id,
    scope,
    round: id.exactOptional(),
    state: z.enum(['open', 'paused', 'finished', 'abandoned']),
    modelVersion: id,
    current: id.exactOptional(),
    pending: pending.exactOptional(),
    startedAt: time,
    updatedAt: time,
    finishedAt: time.exactOptional(),
    version: count,
    answers: z.array(answer),
  })
  .refine(({ version, answers }) => version >= answers.length, { error: 'counts fewer changes than the run has answers', path: ['version'] })
  .refine(({ answers }) => countsRevisions(answers), { error: 'must count the revisions of each question from 1', path: ['answers'] })

const round = z.strictObject({
  id,
  name: words,
  scope,
  startedBy: id,
  startedAt: time,
  deadline: time,
  confidential: z.boolean(),
  shownFrom: z.int().min(1),
  invited: z.array(id),
  state: z.enum(['open', 'closed']),
  closedAt: time.exactOptional(),
  closedBy: z.enum(['starter', 'all-answered', 'deadline']).exactOptional(),
  revote: z.strictObject({ of: id, sections: z.array(id) }).exactOptional(),
})

const teamExport = z
  .strictObject({
    format: z.literal('cairn-team'),
    version: z.literal(1),
    team: z.strictObject({ id, name: words.min(1), createdAt: time }),
    persons: z.array(z.strictObject({ id, name: words, timezone: id.exactOptional() })),
    members: z.array(id),
    rounds: z.array(round),
    runs: z.array(run),
    targets: z.array(z.strictObject({ model: id, section: id, level, setBy: id, setAt: time })),
    actions: z.array(
      z.strictObject({
        id,
        model: id,
        section: id,
        passage: id,
        text: words,
        owner: id.exactOptional(),
        due: z.iso.date().exactOptional(),
        createdBy: id,
        createdAt: time,
        doneAt: time.exactOptional(),
        version: count,
      }),
    ),
  })
  .superRefine((content, context) => {
    for (const problem of danglingIds(content)) context.addIssue({ code: 'custom', ...problem })
  }) satisfies z.ZodType<TeamExport>

/** @throws UserError that says what is wrong with the file */
export function parseTeamExport(content: unknown): TeamExport {
  const { format, version } = z.object({ format: z.unknown(), version: z.unknown() }).partial().catch({}).parse(content)
  if (format !== 'cairn-team') throw new UserError('this is not a team that "cairn export" wrote: name such a file')
  if (version !== 1) throw new UserError(`the file has version ${JSON.stringify(version)} of the format and this Cairn reads version 1: update Cairn`)
  const parsed = teamExport.safeParse(content)
  if (parsed.success) return parsed.data
  const [first, ...more] = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`)
  throw new UserError(`the file is out of form (${first}${more.length === 0 ? '' : `, and ${more.length} more`}): export the team again`)
}

function countsRevisions(answers: readonly { question: string; revision: number }[]): boolean {
  const seen = new Map<string, number>()
  return answers.every(({ question, revision }) => {
    const expected = (seen.get(question) ?? 0) + 1
    seen.set(question, expected)
    return revision === expected
  })
}

/** What is named has to be there, once. */
function danglingIds({ persons, members, rounds, runs, actions }: TeamExport): { path: (string | number)[]; message: string }[] {
  const known = { persons: new Set(persons.map((each) => each.id)), rounds: new Set(rounds.map((each) => each.id)) }
  const missing = (ids: readonly string[], kind: 'persons' | 'rounds', path: (string | number)[]) =>
    ids.flatMap((each) => (known[kind].has(each) ? [] : [{ path, message: `names ${JSON.stringify(each)}, which is not among the ${kind}` }]))
  const twice = (list: readonly { id: string }[], path: string) =>
    new Set(list.map((each) => each.id)).size === list.length ? [] : [{ path: [path], message: 'holds an id twice' }]
  return [
    ...twice(persons, 'persons'),
    ...twice(rounds, 'rounds'),
    ...twice(runs, 'runs'),
    ...twice(actions, 'actions'),
    ...missing(members, 'persons', ['members']),
    ...rounds.flatMap((each, i) => [
      ...missing(each.invited, 'persons', ['rounds', i, 'invited']),
      ...(each.revote === undefined ? [] : missing([each.revote.of], 'rounds', ['rounds', i, 'revote'])),
    ]),
    ...runs.flatMap((each, i) => [
      ...missing([each.person], 'persons', ['runs', i, 'person']),
      ...(each.round === undefined ? [] : missing([each.round], 'rounds', ['runs', i, 'round'])),
    ]),
  ]
}
