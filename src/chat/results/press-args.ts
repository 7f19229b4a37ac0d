/** What a button or form of the results carries comes from outside again: read before it is believed. */
import * as z from 'zod'
import { UserError } from '../../shared/errors.ts'

const OLD = 'This button is from an older message and does nothing any more. Ask for the results again.'

/** A character of no writing is in none of ours, and some databases take none. */
const id = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u)
const sentence = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,2000}$/u)

export const ofTeam = z.object({ team: id })
export const ofTeamAndModel = z.object({ team: id, model: id.optional() })
export const ofModel = z.object({ team: id, model: id })
export const ofAction = z.object({ team: id, action: id })
export const ofStep = z.object({ team: id, model: id, section: id, passage: id, text: sentence })
export const ofSettings = z.object({ team: id.optional() })

/** @throws UserError when it is not what such a button carries now */
export function readArgs<T>(schema: z.ZodType<T>, args: unknown): T {
  const read = schema.safeParse(args)
  if (!read.success) throw new UserError(OLD)
  return read.data
}

/** One value of a field; of a list the first. */
export function oneOf(value: string | readonly string[] | undefined): string | undefined {
  const one = typeof value === 'string' ? value : value?.[0]
  return one === undefined || one.trim() === '' ? undefined : one.trim()
}
