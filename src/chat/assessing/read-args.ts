/** What the buttons and forms of an assessment carry comes from outside again: read before it is believed. */
import * as z from 'zod'
import type { PracticeState } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'

const OLD = 'This button is from an older message and does nothing any more. Say “resume” to go on with an assessment, or “assess” to start one.'

/** As much as the search reads of a question. */
export const LONGEST_TEXT = 3_000
/** As much as is kept of it. */
export const LONGEST_NOTE = 2_000
/** It travels inside the button that confirms a proposal. */
export const LONGEST_CARRIED_NOTE = 500
export const LONGEST_REASON = 300

export const PRACTICE_STATES = ['in-place', 'partly', 'not-yet'] as const satisfies readonly PracticeState[]

const id = z.string().min(1).max(200)
const level = z.int().min(0).max(100)
/** The run as it was shown, so that an older message changes nothing. */
const shown = { run: id, version: z.int().min(0) }

export const ofRun = z.object({ run: id })
export const ofShownRun = z.object(shown)
export const ofQuestion = z.object({ ...shown, question: id })
export const ofAnswer = z.object({ ...shown, question: id.optional(), level: level.optional(), state: z.enum(PRACTICE_STATES).optional() })
export const ofBetween = z.object({ ...shown, question: id.optional(), lower: level })
export const ofNoted = z.object({ ...shown, question: id, note: z.string().max(LONGEST_CARRIED_NOTE).optional() })
export const ofGiven = z.object({ run: id, question: id })
export const ofChoice = z.object({ team: id.optional() })

export type ShownQuestion = z.infer<typeof ofQuestion>

/** @throws UserError when it is not what such a button carries now */
export function readArgs<T>(schema: z.ZodType<T>, args: unknown): T {
  const read = schema.safeParse(args)
  if (!read.success) throw new UserError(OLD)
  return read.data
}

/** What was filled in, without surrounding blanks and signs that only steer; of a list the first. Undefined where nothing was. */
export function filledIn(value: string | readonly string[] | undefined, longest: number = LONGEST_TEXT): string | undefined {
  const filled = typeof value === 'string' ? value : value?.[0]
  const text = filled
    ?.replace(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .slice(0, longest)
    .toWellFormed()
  return text === '' ? undefined : text
}
