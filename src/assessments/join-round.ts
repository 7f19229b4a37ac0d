/** The run of one person in a round: the same one each time they come. */
import type { AssessmentStore } from './assessment-store.ts'
import type { Catalogue } from './catalogue.ts'
import { mostDone } from './count-votes.ts'
import { nextQuestion } from './course.ts'
import type { Round, Run, TenantId } from './records.ts'

export interface JoinDeps {
  store: AssessmentStore
  now(): Date
  newId(): string
}

/** @param round open, and the person invited @param catalogue what the round asks */
export async function joinRound(tenant: TenantId, round: Round, person: string, catalogue: Catalogue, { store, now, newId }: JoinDeps): Promise<Run> {
  const own = (await store.runsOfRound(tenant, round.id)).filter((run) => run.person === person)
  if (own.length === 0) {
    // Not made of the person: an exported id must not tell whose it is.
    const run = firstRun(newId(), round, person, catalogue, now().toISOString())
    await store.createRun(tenant, run)
    return run
  }
  const run = mostDone(own)
  if (run.state !== 'abandoned') return run
  const at = now().toISOString()
  const answers = new Map((await store.answers(tenant, run.id)).map((answer) => [answer.question, answer]))
  const current = nextQuestion(catalogue, answers)?.id
  return store.changeRun(tenant, run.id, run.version, current === undefined ? { state: 'finished', finishedAt: at } : { state: 'open', current }, at)
}

function firstRun(id: string, round: Round, person: string, catalogue: Catalogue, at: string): Run {
  const first = nextQuestion(catalogue, new Map())
  return {
    id,
    person,
    team: round.team,
    scope: round.scope,
    round: round.id,
    state: 'open',
    modelVersion: catalogue.model.version,
    ...(first === undefined ? {} : { current: first.id }),
    startedAt: at,
    updatedAt: at,
    version: 1,
  }
}
