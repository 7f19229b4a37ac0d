/**
 * A statement in its claims. Real statements touch several topics and times: what a team does now counts, what it did
 * before or means to do counts less, beside something that it does now.
 */

export type Tense = 'now' | 'past' | 'planned'

export interface Claim {
  text: string
  tense: Tense
}

const SENTENCES = /(?<=[.!?…])["”')]*\s+|\s*…\s*|;\s+|:\s+|\s[–—-]\s|[()]/
/** Words at which a sentence turns to something else. */
const TURNS =
  /,?\s+(?:but|however|although|though|while|whereas|and then|so that|because)\s+|,?\s+and\s+(?=(?:we|they|now|later|next)\b)|,\s+(?=(?:now|today)\b)/i

const PAST =
  /^(?:before|previously|once|originally|initially)\b|\b(?:used to|previously|formerly|originally|initially|in the past|back then|at the time|at first|years ago|until recently|prior to|before (?:that|this|we|kubernetes|the (?:move|migration|switch))|would have|had been|started (?:with|out|off)|no longer)\b/i
const PLANNED =
  /\b(?:plan(?:s|ned|ning)? (?:to|on|for)|will|going to|want(?:s|ed)? to|would like|hop(?:e|es|ing) to|aim(?:s|ing)? (?:to|for)|going forward|future|next (?:step|year|quarter|month)|roadmap|ambitions?|vision|soon|intend|looking (?:to|at|into)|considering|eventually|working towards?|end goal|the goal is)\b/i

export function splitIntoClaims(statement: string): Claim[] {
  return statement
    .split(SENTENCES)
    .flatMap((sentence) => sentence.split(TURNS))
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ text, tense: tenseOf(text) }))
}

function tenseOf(text: string): Tense {
  if (PLANNED.test(text)) return 'planned'
  return PAST.test(text) ? 'past' : 'now'
}
