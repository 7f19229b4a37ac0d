/** What a button or a form carries, and what was filled in, comes from outside again: it is read before it is believed. */
import * as z from 'zod'
import { UserError } from '../shared/errors.ts'

/** A character of no writing is in none of ours, and some databases take none. */
export const id = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u)

/** As much as the search reads of a question. */
const LONGEST_FILLED_IN = 3_000

/** @param next what to do instead @throws UserError when it is not what such a button carries now */
export function readArgs<T>(schema: z.ZodType<T>, args: unknown, next?: string): T {
  const read = schema.safeParse(args)
  if (!read.success) throw oldButton(next)
  return read.data
}

export function oldButton(next = 'Say “help” to see what can be done.'): UserError {
  return new UserError(`This button is from an older message and does nothing any more. ${next}`)
}

/** What was filled in, without surrounding blanks and signs that only steer; of a list the first. Undefined where nothing was. */
export function filledIn(value: string | readonly string[] | undefined, longest: number = LONGEST_FILLED_IN): string | undefined {
  const filled = typeof value === 'string' ? value : value?.[0]
  const text = filled
    ?.replace(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .slice(0, longest)
    .toWellFormed()
  return text === '' ? undefined : text
}
