/** What the buttons and forms of digests carry. */
import * as z from 'zod'
import { id } from '../press-args.ts'

/** What to do instead of pressing one that is too old. */
export const ASK_AGAIN = 'Say “digest” to see the digests there are.'

/** As long as a schedule may be, with a model and a team beside it. */
export const LONGEST_WORDS = 400

const level = z.int().min(0).max(100)

export const ofDigest = z.object({ digest: id })
/** `leads`: about no single team. */
export const ofNew = z.object({ team: id.optional(), leads: z.boolean().optional() })
export const ofWords = z.object({ team: id, words: z.string().max(LONGEST_WORDS) })
export const ofAgreement = z.object({ team: id, agreed: z.boolean() })
export const ofSection = z.object({ model: id, section: id })
export const ofLevel = z.object({ team: id, model: id, section: id, level, asked: z.string().max(300) })
/** Of the form: one that is changed, or what a new one is about. */
export const ofEdit = z.object({ digest: id.optional(), team: id.optional(), leads: z.boolean().optional(), place: id.optional() })
