/** A step of an assessment as the page sees it: the turn, with the words that are the same on every surface. */
import type { Answer as GivenAnswer } from '../../answers/answer.ts'
import { type AnsweredQuestion, answeredQuestions } from '../../assessments/answered-questions.ts'
import type { Question } from '../../assessments/catalogue.ts'
import type { Assessments } from '../../assessments/create-assessments.ts'
import type { AnswerValue, Run, Scope } from '../../assessments/records.ts'
import type { Turn, View } from '../../assessments/turn.ts'
import { ASK_REASON, askOf, FINISHED, NOTICES, placeOf, sayValue, soundsLike, titleOf } from '../../assessments/wording.ts'
import type { Corpus } from '../../corpus/passage.ts'
import type { Visitor } from './identity.ts'

export interface TurnView {
  run: { id: string; version: number; state: Run['state']; scope: Scope; title: string; team: { id: string; name: string } }
  /** The round that the run belongs to. */
  round?: { id: string; name: string; privacy: string }
  view: View
  /** Of the question that is shown. */
  words?: { place: string; ask: string; before?: string }
  /** Of a proposal: what is proposed, to be confirmed or changed. */
  sounds?: string
  reason: string
  notice?: string
  aside?: GivenAnswer
  /** What was answered, to be changed; only at the end. */
  given?: GivenView[]
  finished: string
}

export interface GivenView {
  question: Question
  place: string
  value: AnswerValue
  said: string
  words?: string
  note?: string
}

export async function viewTurn(turn: Turn, visitor: Visitor, { store, rounds }: Assessments, corpus: Corpus): Promise<TurnView> {
  const { run, view, notice, aside } = turn
  const { tenant, person } = visitor
  const [team, round] = await Promise.all([
    store.assessments.team(tenant, run.team),
    run.round === undefined ? undefined : rounds.status(tenant, run.round, person),
  ])
  const given = view.kind === 'finished' ? await answeredQuestions(tenant, run, { store: store.assessments, corpus }) : undefined
  return {
    run: {
      id: run.id,
      version: run.version,
      state: run.state,
      scope: run.scope,
      title: titleOf(run.scope, corpus),
      team: { id: run.team, name: team?.name ?? '' },
    },
    ...(round === undefined ? {} : { round: { id: round.id, name: round.name, privacy: round.privacy } }),
    view,
    ...('question' in view ? { words: wordsOf(view) } : {}),
    ...(view.kind === 'proposal' ? { sounds: soundsLike(view) } : {}),
    reason: ASK_REASON,
    finished: FINISHED,
    ...(notice === undefined ? {} : { notice: NOTICES[notice] }),
    ...(aside === undefined ? {} : { aside }),
    ...(given === undefined ? {} : { given: given.map(viewGiven) }),
  }
}

function wordsOf(view: Extract<View, { question: Question }>): NonNullable<TurnView['words']> {
  const before = view.kind === 'question' ? view.before : undefined
  return { place: placeOf(view.question), ask: askOf(view.question), ...(before === undefined ? {} : { before: sayValue(before) }) }
}

function viewGiven({ question, answer: { value, said, note } }: AnsweredQuestion): GivenView {
  return {
    question,
    place: placeOf(question),
    value,
    said: sayValue(value),
    ...(said === undefined ? {} : { words: said }),
    ...(note === undefined ? {} : { note }),
  }
}
