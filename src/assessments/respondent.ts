/** One of several who answer: in a round, or alone. */
import type { Profile } from './profile.ts'

export interface Respondent {
  person: string
  profile: Profile
}
