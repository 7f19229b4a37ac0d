/** The questions that answers belong to, also when the model has changed since they were given. */
import type { Corpus } from '../corpus/passage.ts'
import { UserError } from '../shared/errors.ts'
import { type Catalogue, catalogueOf } from './catalogue.ts'
import type { Scope } from './records.ts'

/**
 * What the scope asks now, and besides what was answered and is still in the model: a section that has moved out of a scope keeps its answers.
 * Undefined where nothing of it is left.
 */
export function catalogueOfAnswers(scope: Scope, answered: ReadonlySet<string>, corpus: Corpus): Catalogue | undefined {
  const now = unlessGone(() => catalogueOf(scope, corpus))
  const asked = new Set(now?.questions.map(({ id }) => id))
  if (now !== undefined && answered.isSubsetOf(asked)) return now
  const full = unlessGone(() => catalogueOf({ model: scope.model, extent: 'full' }, corpus))
  const questions = full?.questions.filter(({ id }) => asked.has(id) || answered.has(id)) ?? []
  if (full === undefined || questions.length === 0) return undefined
  return { scope, model: full.model, questions, order: now?.order ?? 'all', length: now?.order === 'bisect' ? now.length : questions.length }
}

/** Of a re-vote: only what is voted on once more. */
export function narrowTo(catalogue: Catalogue, sections: readonly string[]): Catalogue {
  const questions = catalogue.questions.filter(({ section }) => sections.includes(section))
  return { ...catalogue, questions, length: catalogue.order === 'bisect' ? catalogue.length : questions.length }
}

function unlessGone<T>(find: () => T): T | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
