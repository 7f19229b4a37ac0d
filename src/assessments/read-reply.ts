/** What somebody means by what they type in the middle of an assessment. */
import type { Question } from './catalogue.ts'
import type { AnswerValue, Pending, PracticeState } from './records.ts'

export type Reply =
  | { kind: 'answer'; value: AnswerValue }
  /** Not applicable, and not yet said why. */
  | { kind: 'not-applicable' }
  | { kind: 'confirm' }
  | { kind: 'reject' }
  | { kind: 'back' }
  | { kind: 'pause' }
  /** To be answered as a question; the assessment goes on after. */
  | { kind: 'aside'; question: string }
  /** In their own words how things are. */
  | { kind: 'statement'; text: string }

const BACK = /^(?:back|go back|previous|undo)[.!]?$/i
const PAUSE = /^(?:pause|stop|later|quit|exit|not now|continue later)[.!]?$/i
const NOT_SURE = /^(?:(?:i'?m |we'?re )?(?:not sure|unsure)|(?:i |we )?(?:don'?t|do not) know|dunno|no idea|idk|skip|pass|\?+)[.!]?$/i
const NOT_APPLICABLE = /^(?:n\s*\/?\s*a|not applicable|(?:this |it |that )?(?:does not|doesn'?t) apply(?: to us| here)?)\b[\s:,.;–-]*(?<reason>.*)$/is
const YES = /^(?:y|yes|yep|yeah|yup|correct|right|exactly|ok|okay|sure|that'?s (?:right|us|it)|confirm(?:ed)?|in place|done|we do)[.!]?$/i
const NO = /^(?:n|no|nope|nah|wrong|incorrect|not (?:quite|really|us|yet)|that'?s (?:wrong|not right))[.!]?$/i
const PARTLY = /^(?:partly|partially|somewhat|half|in part|working on it|in progress)[.!]?$/i
const LEVEL_WORD = '(?:(?:level|lvl|l|stage|phase|option|answer|number|no\\.?|#)\\s*)?'
const ONE_LEVEL = new RegExp(`^(?:(?:we(?:'re| are)|i'?d say|at|about|probably|maybe|definitely)\\s+)*${LEVEL_WORD}(\\d{1,2})[.!]?$`, 'i')
const BETWEEN = new RegExp(
  `^(?:(?:we(?:'re| are)|somewhere|i'?d say|probably|maybe)\\s+)*(?:between\\s+)?${LEVEL_WORD}(\\d{1,2})\\s*(?:-|–|/|to|and|or)\\s*${LEVEL_WORD}(\\d{1,2})[.!]?$`,
  'i',
)
const AND_A_HALF = /^(\d{1,2})(?:[.,]5|\s*½|\s+and a half)$/i
const ASKS = /^(?:what|how|why|who|whom|whose|when|where|which|explain|define|tell me|can you|could you|what'?s|who'?s)\b/i
const LISTED = /^\d{1,2}(?:\s*[,;&\s]\s*(?:and\s+)?\d{1,2})*$/i

/** @param question the one that is shown @param pending what the run waits for besides */
export function readReply(typed: string, question: Question, pending: Pending | undefined): Reply {
  const text = typed.trim()
  if (BACK.test(text)) return { kind: 'back' }
  if (PAUSE.test(text)) return { kind: 'pause' }
  if (pending?.kind === 'proposal') {
    if (YES.test(text)) return { kind: 'confirm' }
    if (NO.test(text)) return { kind: 'reject' }
  }
  if (pending?.kind === 'reason' && !isAside(text)) return { kind: 'answer', value: { kind: 'not-applicable', reason: text } }
  if (NOT_SURE.test(text)) return { kind: 'answer', value: { kind: 'not-sure' } }
  const notApplicable = NOT_APPLICABLE.exec(text)
  if (notApplicable !== null) {
    const reason = notApplicable.groups?.reason?.trim() ?? ''
    return reason === '' ? { kind: 'not-applicable' } : { kind: 'answer', value: { kind: 'not-applicable', reason } }
  }
  const value = question.kind === 'levels' ? readLevel(text, question.options) : readPractices(text, question.practices)
  if (value !== undefined) return { kind: 'answer', value }
  return isAside(text) ? { kind: 'aside', question: text } : { kind: 'statement', text }
}

/** "What does SBOM mean?" is no answer; "is done by hand" is. */
function isAside(text: string): boolean {
  return /\?\s*$/.test(text) || ASKS.test(text)
}

function readLevel(text: string, options: readonly { level: number; label: string }[]): AnswerValue | undefined {
  const levels = options.map((option) => option.level)
  const between = BETWEEN.exec(text) ?? AND_A_HALF.exec(text)
  if (between !== null) {
    const lower = Number(between[1])
    const upper = between[2] === undefined ? lower + 1 : Number(between[2])
    return upper === lower + 1 && levels.includes(lower) && levels.includes(upper) ? { kind: 'between', lower } : undefined
  }
  const one = ONE_LEVEL.exec(text)
  if (one !== null) return levels.includes(Number(one[1])) ? { kind: 'level', level: Number(one[1]) } : undefined
  const named = options.find(({ label }) => sameName(text, label) || sameName(text, label.replace(/^[^:]*:\s*/, '')))
  return named === undefined ? undefined : { kind: 'level', level: named.level }
}

function sameName(typed: string, name: string): boolean {
  return typed.toLowerCase().replace(/[.!]$/, '') === name.toLowerCase()
}

/** "Yes", "partly" and "no" speak of all practices; "1, 3" names those in place. */
function readPractices(text: string, practices: readonly { passage: string }[]): AnswerValue | undefined {
  const all = (state: PracticeState): AnswerValue => ({ kind: 'practices', practices: Object.fromEntries(practices.map(({ passage }) => [passage, state])) })
  if (YES.test(text) || /^all(?: of (?:them|it))?$/i.test(text)) return all('in-place')
  if (PARTLY.test(text)) return all('partly')
  if (NO.test(text) || /^none(?: of (?:them|it))?$/i.test(text)) return all('not-yet')
  if (!LISTED.test(text) || practices.length < 2) return undefined
  const named = new Set(text.match(/\d+/g)?.map(Number))
  if ([...named].some((number) => number < 1 || number > practices.length)) return undefined
  return { kind: 'practices', practices: Object.fromEntries(practices.map(({ passage }, i) => [passage, named.has(i + 1) ? 'in-place' : 'not-yet'])) }
}

/** Work that somebody else does for a team is still part of how it works. */
const DONE_BY_OTHERS =
  /\b(?:(?:an)?other|different|separate|central|platform|infra(?:structure)?|ops|operations|security|sre|devops|cloud|parent|group|corporate|it) (?:team|department|group|unit|company|org(?:anisation|anization)?)\b|\b(?:outsourced|vendor|supplier|provider|contractors?|someone else|somebody else|head ?quarters|hq)\b/i

export function isDoneByOthers(reason: string): boolean {
  return DONE_BY_OTHERS.test(reason)
}
