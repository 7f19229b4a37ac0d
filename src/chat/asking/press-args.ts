/** What a button or a form carries comes from outside again: it is read, not trusted. */
import * as z from 'zod'
import { UserError } from '../../shared/errors.ts'
import type { PressArgs } from '../reply.ts'

/** Of an answer: ours are shorter. */
export const ID = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u)

/** @throws UserError when it isn't what this version writes into its buttons */
export function readArgs<T>(schema: z.ZodType<T>, args: PressArgs): T {
  const read = schema.safeParse(args)
  if (!read.success) throw new UserError('This button is from an older message and does nothing any more. Ask again to get a new one.')
  return read.data
}
