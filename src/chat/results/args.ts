/** What the buttons and forms of the results carry. */
import * as z from 'zod'
import { id } from '../press-args.ts'

/** What to do instead of pressing one that is too old. */
export const ASK_AGAIN = 'Ask for the results again.'

const sentence = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,2000}$/u)

export const ofTeam = z.object({ team: id })
export const ofFile = z.object({ team: id, file: z.enum(['csv', 'json']) })
export const ofTeamAndModel = z.object({ team: id, model: id.optional() })
export const ofModel = z.object({ team: id, model: id })
/** `mine`: pressed where somebody was told of their own. */
export const ofAction = z.object({ team: id, action: id, mine: z.boolean().optional() })
export const ofStep = z.object({ team: id, model: id, section: id, passage: id, text: sentence })
export const ofSettings = z.object({ team: id.optional() })
