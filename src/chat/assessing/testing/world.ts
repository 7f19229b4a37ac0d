/** A bot that assesses, over the real engine and a database of its own; with a person at it. */

import type { Answer, AnswerValue, Run } from '../../../assessments/records.ts'
import type { Engine } from '../../../engine.ts'
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts'
import { TENANT, textOf } from '../../testing/test-platform.ts'
import { type Assessing, type AssessingHooks, createAssessing } from '../create-assessing.ts'
import { createRespondent, type Respondent } from './respondent.ts'

export const CHANNEL = { id: 'C1', kind: 'channel' } as const
/** Speaks of one level of KMM's automation clearly enough. */
export const GITOPS = 'everything is deployed by Argo CD from git, nobody touches the cluster by hand'

export interface World {
  deps: TestDeps
  /** As it is now: `restart` makes another one. */
  assessing(): Assessing
  restart(hooks?: AssessingHooks): void
  ada: Respondent
  /** Told to `afterStep`. */
  steps: Run[]
  /** Handed to the rounds. */
  rounds: { scope: unknown; team: string }[]
  person(id: string): Respondent
  /** Of the run that was shown last. */
  answers(): Promise<Answer[]>
  values(): Promise<AnswerValue[]>
  /** The words on the card. */
  shown(): Promise<string>
  close(): Promise<void>
}

export async function createWorld(engine: Engine): Promise<World> {
  const deps = await createTestDeps(engine)
  const steps: Run[] = []
  const rounds: World['rounds'] = []
  const all: AssessingHooks = {
    afterStep: async (_, run) => void steps.push(run),
    startRound: async (_, request) => void rounds.push(request),
  }
  let assessing = createAssessing(deps, all)
  const person = (id: string) => createRespondent(deps, () => assessing, id)
  const ada = person('U1')
  const answers = async () => deps.database.assessments.answers(TENANT, (await ada.run()).id)
  return {
    deps,
    assessing: () => assessing,
    restart(hooks = all) {
      assessing = createAssessing(deps, hooks)
    },
    ada,
    steps,
    rounds,
    person,
    answers,
    values: async () => (await answers()).map(({ value }) => value),
    shown: async () => textOf(await ada.card()),
    close: () => deps.close(),
  }
}
