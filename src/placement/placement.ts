/** What goes into and comes out of placing a team's own words at a level. */
import * as z from 'zod'

export const placeRequest = z.object({
  id: z.string().optional(),
  model: z.string(),
  section: z.string(),
  statement: z.string(),
})
export type PlaceRequest = z.infer<typeof placeRequest>

export interface Candidate {
  level: number
  /** Probability, all candidates together 1. */
  score: number
}

/** A claim of the statement that spoke for the likeliest level. */
export interface Reason {
  /** As typed. */
  claim: string
  /** Tools and practices recognised in it, by their names in `corpus/signals.json`; "not …" for one that is denied. */
  signals: readonly string[]
  /** Its words that teams at that level use more than others, most telling first. */
  words: readonly string[]
}

export interface Placement {
  id?: string
  model: string
  section: string
  /** `unclear`: the statement says too little; level and passage are a guess that the question is to settle. */
  outcome: 'placed' | 'unclear'
  /** The likeliest level, or one beside others about as likely; see `Decision.placed`. */
  level: number
  /** All levels of the section: that one, then the likeliest first. */
  candidates: readonly Candidate[]
  /** The passage of the likeliest level. */
  passage: string
  /** What spoke for that level, most telling claim first; absent where nothing did. */
  because?: readonly Reason[]
  /** One clarifying question, when unclear. */
  question?: string
}
