/** What the buttons and forms of an assessment carry. */
import * as z from 'zod'
import type { PracticeState } from '../../assessments/records.ts'
import { id } from '../press-args.ts'

/** What to do instead of pressing one that is too old. */
export const RESUME_OR_ASSESS = 'Say “resume” to go on with an assessment, or “assess” to start one.'

/** As much as the search reads of a question. */
export const LONGEST_TEXT = 3_000
/** As much as is kept of it. */
export const LONGEST_NOTE = 2_000
/** It travels inside the button that confirms a proposal. */
export const LONGEST_CARRIED_NOTE = 500
export const LONGEST_REASON = 300

export const PRACTICE_STATES = ['in-place', 'partly', 'not-yet'] as const satisfies readonly PracticeState[]

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
