/** What the assessment routes read, checked before anything is done with it. */
import * as z from 'zod'
import type { Step } from '../../assessments/conversation.ts'
import type { AnswerValue, Scope } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'

/** As much as the search reads of a question. */
const LONGEST_TEXT = 4_000
const LONGEST_NOTE = 2_000
const LONGEST_NAME = 80
const MOST_PRACTICES = 100

/** Ids of imported records are any text without characters that only steer. */
export const id = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u)
const name = z
  .string()
  .transform((typed) => typed.replace(/[\s\p{Cc}]+/gu, ' ').trim())
  .pipe(z.string().min(1).max(LONGEST_NAME))
const text = z.string().max(LONGEST_TEXT)
const level = z.int().min(0).max(100)
const key = z.string().min(8).max(100).exactOptional()

export const scope = z.union([
  z.strictObject({ model: id, extent: z.enum(['quick', 'full']) }),
  z.strictObject({ model: id, extent: z.literal('dimension'), dimension: z.string().min(1).max(200) }),
]) satisfies z.ZodType<Scope>

const value = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('level'), level }),
  z.strictObject({ kind: z.literal('between'), lower: level }),
  z.strictObject({ kind: z.literal('not-sure') }),
  z.strictObject({ kind: z.literal('not-applicable'), reason: text }),
  z.strictObject({
    kind: z.literal('practices'),
    practices: z.record(id, z.enum(['in-place', 'partly', 'not-yet'])).refine((each) => Object.keys(each).length <= MOST_PRACTICES),
  }),
]) satisfies z.ZodType<AnswerValue>

const note = z.string().max(LONGEST_NOTE).exactOptional()
/** What the page was shown, so that an old page changes nothing, and the press, so that it counts once. */
const shown = { key, version: z.int().min(0) }

export const step = z.discriminatedUnion('kind', [
  z.strictObject({ ...shown, kind: z.literal('text'), text: text.min(1) }),
  z.strictObject({ ...shown, kind: z.literal('answer'), question: id, value, note }),
  z.strictObject({ ...shown, kind: z.literal('confirm'), note }),
  ...(['not-applicable', 'reject', 'back', 'pause', 'resume', 'abandon'] as const).map((kind) => z.strictObject({ ...shown, kind: z.literal(kind) })),
]) satisfies z.ZodType<Step>

export const amendment = z.strictObject({ key, question: id, value, note })
export const nameBody = z.object({ name })
export const runBody = z.object({ team: id, scope })
export const targetBody = z.object({ model: id, section: id, level: level.nullable() })
export const stepBody = z.object({ model: id, section: id, passage: id, text })
export const actionBody = z.object({ done: z.boolean().optional(), due: z.string().max(40).nullable().optional(), mine: z.boolean().optional() })
export const roundBody = z.object({ name: z.string().max(LONGEST_TEXT), scope, deadline: z.string().max(40), confidential: z.boolean() })
export const deadlineBody = z.object({ deadline: z.string().max(40) })

/** @throws UserError that names the first field with a wrong form */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') || 'request'
  const reason =
    issue?.code === 'too_big'
      ? 'is too long: shorten it'
      : issue?.code === 'too_small'
        ? 'is empty: fill it in'
        : 'is missing or has the wrong form: open the page again'
  throw new UserError(`The ${field} ${reason}.`)
}
