/** Reads a team's snapshots: its closed rounds, and what somebody finished alone. Answers of an open round are never read. */
import type { Corpus } from '../corpus/passage.ts'
import type { AssessmentStore } from './assessment-store.ts'
import { type Ballot, countingRuns, countVotes } from './count-votes.ts'
import { OPENLY } from './disclosure.ts'
import { isReassessment } from './reassessment-id.ts'
import type { Round, Run, Scope, TenantId } from './records.ts'
import type { RoundFigures } from './round-figures.ts'
import { ballotOf } from './round-results.ts'

/** What a team said at one time. */
export interface Snapshot {
  /** The round's id, or the run's. */
  id: string
  kind: 'round' | 'run'
  /** The round's. */
  name?: string
  /** When it closed, or was finished. */
  at: string
  scope: Scope
  modelVersions: readonly string[]
  confidential: boolean
  /** How many were asked; 1 for who assessed alone. */
  invited: number
  /** The round whose wide spreads were voted on once more here. */
  revoteOf?: string
  figures: RoundFigures
  /** When the newest answer to a section was given; of a confidential round only when it closed. */
  answeredAt: Readonly<Record<string, string>>
}

export interface Read {
  /** Newest first. */
  snapshots: readonly Snapshot[]
  /** What was assessed by a model, or a part of one, that is no longer there. */
  gone: readonly { id: string; at: string; scope: Scope }[]
}

export interface ReadOptions {
  model?: string
  /** So many of each model, the newest. */
  snapshots: number
}

/** Where somebody answers alone again and again, older runs than these are history. */
const MOST_RUNS = 200

interface Candidate {
  id: string
  at: string
  scope: Scope
  round?: Round
  /** Of somebody who assessed alone. */
  run?: Run
}

export async function readSnapshots(tenant: TenantId, team: string, store: AssessmentStore, corpus: Corpus, { model, snapshots }: ReadOptions): Promise<Read> {
  const [rounds, finished] = await Promise.all([
    store.rounds(tenant, team),
    store.finishedRuns(tenant, team, { ...(model === undefined ? {} : { model }), limit: MOST_RUNS }),
  ])
  const candidates: Candidate[] = [
    ...rounds.flatMap((round) => (round.closedAt === undefined ? [] : [{ id: round.id, at: round.closedAt, scope: round.scope, round }])),
    ...finished.flatMap((run) => (run.round !== undefined || run.finishedAt === undefined ? [] : [{ id: run.id, at: run.finishedAt, scope: run.scope, run }])),
  ].filter(({ scope }) => model === undefined || scope.model === model)
  const newest = candidates.toSorted((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id))
  const chosen = [...Map.groupBy(newest, ({ scope }) => scope.model).values()].flatMap((own) => newestWhole(own, snapshots))

  const runs = await Promise.all(
    chosen.map(async ({ round, run }) => (round === undefined ? [run as Run] : countingRuns(await store.runsOfRound(tenant, round.id)))),
  )
  const answers = await store.answersOf(
    tenant,
    runs.flat().map(({ id }) => id),
  )
  const answersByRun = new Map(runs.flat().map(({ id }, i) => [id, answers[i] ?? []]))

  const counted = chosen.map((candidate, i) => {
    const votes = (runs[i] ?? []).map(({ id, person }) => ({ person, answers: answersByRun.get(id) ?? [] }))
    const ballot: Ballot = candidate.round === undefined ? { scope: candidate.scope, disclosure: OPENLY } : ballotOf(candidate.round)
    const count = countVotes(ballot, votes, corpus)
    const versions = new Set(votes.flatMap(({ answers }) => answers.map(({ modelVersion }) => modelVersion)))
    return { candidate, snapshot: count === undefined ? undefined : toSnapshot(candidate, count.figures, [...versions].sort()) }
  })
  return {
    snapshots: counted.flatMap(({ snapshot }) => snapshot ?? []),
    gone: counted.flatMap(({ candidate: { id, at, scope }, snapshot }) => (snapshot === undefined ? [{ id, at, scope }] : [])),
  }
}

/** Newest first, so many; single sections that were answered again in between are not counted, or they would push older assessments out. */
export function newestWhole<Assessed extends { id: string }>(newest: readonly Assessed[], most: number): Assessed[] {
  const last = newest.filter((each) => !isReassessment(each))[most - 1]
  return last === undefined ? [...newest] : newest.slice(0, newest.indexOf(last) + 1)
}

function toSnapshot({ id, at, scope, round }: Candidate, figures: RoundFigures, modelVersions: readonly string[]): Snapshot {
  const confidential = round?.confidential === true
  return {
    id,
    kind: round === undefined ? 'run' : 'round',
    ...(round === undefined ? {} : { name: round.name }),
    at,
    scope,
    modelVersions,
    confidential,
    invited: round?.invited.length ?? 1,
    ...(round?.revote === undefined ? {} : { revoteOf: round.revote.of }),
    figures,
    // The moment of an answer could tell whose it is.
    answeredAt: Object.fromEntries(figures.sections.map((section) => [section.section, (section.state !== 'hidden' && newestOf(section.why)) || at])),
  }
}

function newestOf(why: readonly { answeredAt: string }[]): string | undefined {
  return why
    .map(({ answeredAt }) => answeredAt)
    .sort()
    .at(-1)
}
