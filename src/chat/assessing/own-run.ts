/** A person's own run: somebody else's is not there for them. */
import { type AnsweredQuestion, answeredQuestions, questionsOfRun } from '../../assessments/answered-questions.ts'
import type { Question } from '../../assessments/catalogue.ts'
import type { Run } from '../../assessments/records.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'

type Deps = Pick<ChatDeps, 'assessments' | 'corpus'>

/** A question that a button or form names. */
interface Named {
  run: string
  question: string
}

export async function questionIn(who: Who, { run: id, question }: Named, deps: Deps): Promise<Question | undefined> {
  const run = await ownRun(who, id, deps)
  return run && (await questionOf(who, run, question, deps))
}

/** @param id that it stands at, where none is named */
export async function questionOf({ tenant }: Who, run: Run, id: string | undefined, { assessments, corpus }: Deps): Promise<Question | undefined> {
  const questions = await questionsOfRun(tenant, run, { store: assessments.store.assessments, corpus: corpus() })
  return questions.find((question) => question.id === id)
}

export async function answeredIn(who: Who, { run: id, question }: Named, { assessments, corpus }: Deps): Promise<AnsweredQuestion | undefined> {
  const run = await ownRun(who, id, { assessments })
  if (run === undefined) return undefined
  const given = await answeredQuestions(who.tenant, run, { store: assessments.store.assessments, corpus: corpus() })
  return given.find((each) => each.question.id === question)
}

async function ownRun({ tenant, person }: Who, id: string, { assessments }: Pick<ChatDeps, 'assessments'>): Promise<Run | undefined> {
  const run = await assessments.store.assessments.run(tenant, id)
  return run?.person === person ? run : undefined
}
