/** What a closed round says, beside the other vote where there were two. */
import type { Corpus } from '../corpus/passage.ts'
import { UserError } from '../shared/errors.ts'
import type { AssessmentStore } from './assessment-store.ts'
import { type Ballot, countingRuns, countVotes } from './count-votes.ts'
import type { Round, TenantId } from './records.ts'
import type { RoundFigures } from './round-figures.ts'

export interface RoundResults {
  round: Round
  figures: RoundFigures
  /** Of a re-vote the first one, of a first vote the re-vote once it has closed: both are kept. */
  otherVote?: { kind: 'first-vote' | 'revote'; round: Round; figures: RoundFigures }
  /** Sections that can still be voted on once more; empty once a re-vote was started. */
  revoteOffered: readonly string[]
}

export interface ResultDeps {
  store: AssessmentStore
  corpus(): Corpus
}

/** @param round closed */
export async function resultsOf(tenant: TenantId, round: Round, deps: ResultDeps): Promise<RoundResults> {
  const [figures, other] = await Promise.all([figuresOf(tenant, round, deps), otherVoteOf(tenant, round, deps.store)])
  const results = { round, figures, revoteOffered: round.revote === undefined && other === undefined ? figures.worthTalkingAbout : [] }
  if (other === undefined || other.state === 'open') return results
  const kind = round.revote === undefined ? 'revote' : 'first-vote'
  return { ...results, otherVote: { kind, round: other, figures: await figuresOf(tenant, other, deps) } }
}

export function ballotOf(round: Round): Ballot {
  return { scope: round.scope, disclosure: round, ...(round.revote === undefined ? {} : { sections: round.revote.sections }) }
}

async function figuresOf(tenant: TenantId, round: Round, { store, corpus }: ResultDeps): Promise<RoundFigures> {
  const runs = countingRuns(await store.runsOfRound(tenant, round.id))
  const answers = await store.answersOf(
    tenant,
    runs.map(({ id }) => id),
  )
  const votes = runs.map(({ person }, i) => ({ person, answers: answers[i] ?? [] }))
  const count = countVotes(ballotOf(round), votes, corpus())
  if (count === undefined) throw new UserError(`what "${round.name}" asked about is no longer there: put the file of the model "${round.scope.model}" back`)
  return count.figures
}

async function otherVoteOf(tenant: TenantId, round: Round, store: AssessmentStore): Promise<Round | undefined> {
  if (round.revote !== undefined) return store.round(tenant, round.revote.of)
  return store.round(tenant, revoteId(round.id))
}

/** Follows from the first vote's, so that there can't be a second re-vote. */
export function revoteId(round: string): string {
  return `${round}-revote`
}
