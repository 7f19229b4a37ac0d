/** What somebody has answered in a run, in the order of its questions: to be read once more, and changed. */
import type { Corpus } from '../corpus/passage.ts'
import { UserError } from '../shared/errors.ts'
import type { AssessmentStore } from './assessment-store.ts'
import { type Catalogue, catalogueOf, type Question } from './catalogue.ts'
import type { Answer, Run, TenantId } from './records.ts'
import { catalogueOfRound } from './rounds.ts'

export interface AnsweredQuestion {
  question: Question
  answer: Answer
}

interface Deps {
  store: AssessmentStore
  corpus: Corpus
}

export async function answeredQuestions(tenant: TenantId, run: Run, deps: Deps): Promise<AnsweredQuestion[]> {
  const [answers, questions] = await Promise.all([deps.store.answers(tenant, run.id), questionsOfRun(tenant, run, deps)])
  return questions.flatMap((question) => {
    const answer = answers.find((each) => each.question === question.id)
    return answer === undefined ? [] : [{ question, answer }]
  })
}

/** All that it may ask; nothing when its model is gone. */
export async function questionsOfRun(tenant: TenantId, { round: id, scope }: Run, { store, corpus }: Deps): Promise<readonly Question[]> {
  const round = id === undefined ? undefined : await store.round(tenant, id)
  return catalogueIn(() => (round === undefined ? catalogueOf(scope, corpus) : catalogueOfRound(round, corpus)))?.questions ?? []
}

function catalogueIn(find: () => Catalogue): Catalogue | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
