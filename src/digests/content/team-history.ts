/**
 * A team's results as they are and as they were at an earlier time. An answer that was changed since counts with what it
 * said then; otherwise what changed would never have been different.
 */
import type { AssessmentStore } from '../../assessments/assessment-store.ts'
import type { Action, Answer, Round, Run, Target, TenantId } from '../../assessments/records.ts'
import { newestWhole, readSnapshots } from '../../assessments/snapshots.ts'
import { type ModelResults, resultsByModel } from '../../assessments/team-model-results.ts'
import { SNAPSHOTS } from '../../assessments/team-results.ts'
import type { Corpus, Model } from '../../corpus/passage.ts'

export interface TeamHistory {
  /** Absent where nothing was assessed by a model that is there. */
  model?: Model
  /** Models that are no longer there. */
  gone: readonly string[]
  /** As far as it was known at that time. */
  at(time: string): Promise<ModelResults | undefined>
}

export interface HistoryDeps {
  store: AssessmentStore
  corpus: Corpus
  targets: readonly Target[]
  actions: readonly Action[]
  now: Date
}

const MOST_RUNS = 500

/** @param wanted a model's id; absent: the one assessed last */
export async function readHistory(tenant: TenantId, team: string, wanted: string | undefined, deps: HistoryDeps): Promise<TeamHistory> {
  const { store, corpus, targets, actions, now } = deps
  const [rounds, runs] = await Promise.all([
    store.rounds(tenant, team),
    store.finishedRuns(tenant, team, { limit: MOST_RUNS, ...(wanted === undefined ? {} : { model: wanted }) }),
  ])
  const all = assessmentsOf(rounds, runs)
  const newest = all.find(({ model }) => (wanted === undefined || model === wanted) && corpus.models.some(({ id }) => id === model))
  const gone = [...new Set([...(wanted === undefined ? [] : [wanted]), ...all.map((each) => each.model)])].filter((id) => corpus.model(id) === undefined)
  const model = newest === undefined ? undefined : corpus.model(newest.model)
  if (model === undefined) return { gone, at: async () => undefined }

  const kept = newestWhole(
    all.filter((each) => each.model === model.id),
    SNAPSHOTS,
  )
  const answers = rememberAnswers(tenant, store)
  const runsOfRound = remember((round: string) => store.runsOfRound(tenant, round))
  const readAt = remember(async (time: string): Promise<ModelResults | undefined> => {
    const view: AssessmentStore = {
      ...store,
      rounds: async () => kept.flatMap(({ at, round }) => (round === undefined || at > time ? [] : [round])),
      finishedRuns: async () => kept.flatMap(({ at, run }) => (run === undefined || at > time ? [] : [run])),
      runsOfRound: (_, round) => runsOfRound(round),
      answersOf: (_, ids) => answers.at(ids, time),
    }
    const { snapshots } = await readSnapshots(tenant, team, view, corpus, { model: model.id, snapshots: kept.length })
    return snapshots.length === 0 ? undefined : resultsByModel(model, snapshots, { targets, actions, now })
  })
  const latest = now.toISOString()
  return {
    model,
    gone,
    async at(time) {
      const results = await readAt(latest)
      // In a quiet time nothing is different, and nothing is counted twice.
      return kept.every(({ at }) => at <= time) && answers.newest() <= time ? results : readAt(time)
    },
  }
}

function remember<Result>(read: (key: string) => Promise<Result>): (key: string) => Promise<Result> {
  const known = new Map<string, Promise<Result>>()
  return (key) => {
    const found = known.get(key) ?? read(key)
    known.set(key, found)
    return found
  }
}

interface Assessed {
  id: string
  at: string
  model: string
  round?: Round
  run?: Run
}

/** Newest first. */
function assessmentsOf(rounds: readonly Round[], runs: readonly Run[]): Assessed[] {
  const all: Assessed[] = [
    ...rounds.flatMap((round) => (round.closedAt === undefined ? [] : [{ id: round.id, at: round.closedAt, model: round.scope.model, round }])),
    ...runs.flatMap((run) =>
      run.round !== undefined || run.finishedAt === undefined ? [] : [{ id: run.id, at: run.finishedAt, model: run.scope.model, run }],
    ),
  ]
  return all.toSorted((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id))
}

interface RememberedAnswers {
  /** Those that counted at that time. */
  at(runs: readonly string[], time: string): Promise<Answer[][]>
  /** When the last of those that were read was given. */
  newest(): string
}

function rememberAnswers(tenant: TenantId, store: AssessmentStore): RememberedAnswers {
  const known = new Map<string, Answer[]>()
  return {
    async at(runs, time) {
      const unknown = runs.filter((run) => !known.has(run))
      const read = await store.answersOf(tenant, unknown)
      for (const [i, run] of unknown.entries()) known.set(run, read[i] ?? [])
      return Promise.all(
        runs.map(async (run) => {
          const counting = known.get(run) ?? []
          return counting.every(({ answeredAt }) => answeredAt <= time) ? counting : countedAt(await store.answerHistory(tenant, run), time)
        }),
      )
    },
    newest: () => [...known.values()].flat().reduce((newest, { answeredAt }) => (answeredAt > newest ? answeredAt : newest), ''),
  }
}

function countedAt(history: readonly Answer[], time: string): Answer[] {
  return [...new Map(history.filter(({ answeredAt }) => answeredAt <= time).map((answer) => [answer.question, answer])).values()]
}
