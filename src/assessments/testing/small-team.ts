/** A team in a real database in memory, assessed by the invented models, with a clock that the test turns. */
import { openStore } from '../../store/open-store.ts'
import type { AssessmentStore } from '../assessment-store.ts'
import type { AnswerValue, Run, Scope } from '../records.ts'
import { createRounds, type Rounds } from '../rounds.ts'
import { CORPUS } from './small-models.ts'

export const TENANT = 'local'
export const GARDEN_FULL: Scope = { model: 'garden', extent: 'full' }
export const PEOPLE = ['ana', 'ben', 'cy', 'dee', 'eve'] as const

export interface SmallTeam {
  store: AssessmentStore
  rounds: Rounds
  clock: { now: Date }
  corpus: { now: typeof CORPUS }
  newId(): string
  /** What is not answered stays so; the run is finished unless told otherwise. */
  answer(run: Run, values: Readonly<Record<string, AnswerValue>>, options?: { state?: Run['state']; said?: string }): Promise<Run>
  /** Somebody assesses alone. */
  alone(person: string, values: Readonly<Record<string, AnswerValue>>, scope?: Scope): Promise<Run>
  close(): Promise<void>
}

/** The teams "beds" and "ponds"; all five people are members of "beds". */
export async function createSmallTeam(): Promise<SmallTeam> {
  const opened = await openStore('sqlite::memory:')
  const store = opened.assessments
  const clock = { now: new Date('2026-03-02T09:00:00.000Z') }
  const corpus = { now: CORPUS }
  let ids = 0
  const newId = () => `id-${++ids}`
  const at = () => clock.now.toISOString()
  for (const id of ['beds', 'ponds']) await store.saveTeam(TENANT, { id, name: `Team ${id}`, createdAt: at() })
  for (const id of PEOPLE) {
    await store.savePerson(TENANT, { id, name: `Person ${id}` })
    await store.addMember(TENANT, 'beds', id)
  }

  const answer: SmallTeam['answer'] = async (run, values, { state = 'finished', said } = {}) => {
    let now = run
    for (const [question, value] of Object.entries(values)) {
      const given = {
        run: run.id,
        question,
        value,
        ...(said === undefined ? {} : { said }),
        seen: [],
        modelVersion: '1',
        answeredAt: at(),
        surface: 'web' as const,
      }
      const step = { key: `${run.id}:${now.version}`, version: now.version, change: { state: 'open' as const } }
      now = (await store.recordAnswer(TENANT, given, step)).run
    }
    return store.changeRun(TENANT, run.id, now.version, state === 'finished' ? { state, finishedAt: at() } : { state }, at())
  }

  return {
    store,
    clock,
    corpus,
    newId,
    answer,
    rounds: createRounds({ store, corpus: () => corpus.now, now: () => clock.now, newId }),
    async alone(person, values, scope = GARDEN_FULL) {
      const run: Run = { id: newId(), person, team: 'beds', scope, state: 'open', modelVersion: '1', startedAt: at(), updatedAt: at(), version: 1 }
      await store.createRun(TENANT, run)
      return answer(run, values)
    },
    close: () => opened.close(),
  }
}
