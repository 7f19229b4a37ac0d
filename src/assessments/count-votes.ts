/** Puts the answers of several runs together, one vote a person. */
import type { Corpus } from '../corpus/passage.ts'
import { catalogueOfAnswers, narrowTo } from './answered-catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import type { Disclosure } from './disclosure.ts'
import type { Answer, Run, Scope } from './records.ts'
import type { Respondent } from './respondent.ts'
import { type RoundFigures, roundFigures } from './round-figures.ts'
import { scoreAnswers } from './scoring.ts'

/** What is voted on. */
export interface Ballot {
  scope: Scope
  /** Of a re-vote. */
  sections?: readonly string[]
  disclosure: Disclosure
}

export interface Vote {
  person: string
  answers: readonly Answer[]
}

export interface Count {
  catalogue: Catalogue
  figures: RoundFigures
}

/** Undefined where nothing is left in the corpus of what was asked. */
export function countVotes({ scope, sections, disclosure }: Ballot, votes: readonly Vote[], corpus: Corpus): Count | undefined {
  const answered = new Set(votes.flatMap(({ answers }) => answers.map(({ question }) => question)))
  const found = catalogueOfAnswers(scope, answered, corpus)
  if (found === undefined) return undefined
  const catalogue = sections === undefined ? found : narrowTo(found, sections)
  const respondents = votes.map(({ person, answers }): Respondent => ({ person, profile: scoreAnswers(catalogue, answers, corpus) }))
  return { catalogue, figures: roundFigures(catalogue, respondents, disclosure) }
}

/**
 * Of each person the run that counts. There is one, unless somebody began on two processes at the same moment: then the one with more in it.
 * Who abandoned a run took it back.
 */
export function countingRuns(runs: readonly Run[]): Run[] {
  const byPerson = Map.groupBy(
    runs.filter(({ state }) => state !== 'abandoned'),
    ({ person }) => person,
  )
  return [...byPerson.values()].map(mostDone)
}

export function mostDone(runs: readonly Run[]): Run {
  return runs.toSorted((a, b) => b.version - a.version || a.startedAt.localeCompare(b.startedAt) || a.id.localeCompare(b.id))[0] as Run
}
