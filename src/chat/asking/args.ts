/** What the buttons and forms of an answer carry. */
import * as z from 'zod'
import { id } from '../press-args.ts'

/** What to do instead of pressing one that is too old. */
export const ASK_AGAIN = 'Ask again to get a new one.'

export const ofPassage = z.object({ passage: z.string().min(1).max(500) })
/** A longer one is refused with a reason by the assistant. */
export const ofQuestion = z.object({ question: z.string().trim().min(1) })
export const ofAnswer = z.object({ answer: id })
export const ofVote = z.object({ answer: id, vote: z.enum(['up', 'down']), comment: z.string().trim().min(1).max(2_000).exactOptional() })
