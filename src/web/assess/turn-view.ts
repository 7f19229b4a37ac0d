/** A step of an assessment as the page sees it: the turn, with the words that are the same on every surface. */
import type { Answer as GivenAnswer } from '../../answers/answer.ts'
import { type Catalogue, catalogueOf, type Question } from '../../assessments/catalogue.ts'
import type { Assessments } from '../../assessments/create-assessments.ts'
import type { Answer, AnswerValue, Run, Scope } from '../../assessments/records.ts'
import { catalogueOfRound } from '../../assessments/rounds.ts'
import type { Turn, View } from '../../assessments/turn.ts'
import { ASK_REASON, askOf, FINISHED, NOTICES, nameOf, placeOf, sayValue } from '../../assessments/wording.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
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

/** "KMM, quick" */
export function titleOf(scope: Scope, corpus: Corpus): string {
  const extent = scope.extent === 'dimension' ? scope.dimension : scope.extent
  return `${corpus.model(scope.model)?.shortTitle ?? scope.model}, ${extent}`
}

export async function viewTurn(turn: Turn, visitor: Visitor, { store, rounds }: Assessments, corpus: Corpus): Promise<TurnView> {
  const { run, view, notice, aside } = turn
  const { tenant, person } = visitor
  const [team, round] = await Promise.all([
    store.assessments.team(tenant, run.team),
    run.round === undefined ? undefined : rounds.status(tenant, run.round, person),
  ])
  const given = view.kind === 'finished' ? await givenIn(run, visitor, { store, corpus }) : undefined
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
    ...(given === undefined ? {} : { given }),
  }
}

function wordsOf(view: Extract<View, { question: Question }>): NonNullable<TurnView['words']> {
  const before = view.kind === 'question' ? view.before : undefined
  return { place: placeOf(view.question), ask: askOf(view.question), ...(before === undefined ? {} : { before: sayValue(before) }) }
}

/** A stage is proposed to hold, or not to: what was said speaks of a level, the question of one stage. */
function soundsLike({ question, level, label }: Extract<View, { kind: 'proposal' }>): string {
  if (question.kind === 'levels') return `That sounds like level ${level}${nameOf(label) === label ? '' : `: ${nameOf(label)}`}`
  return level >= question.stage ? `That sounds as if “${question.title}” is in place` : `That sounds as if “${question.title}” is not in place yet`
}

async function givenIn(run: Run, { tenant }: Visitor, { store, corpus }: { store: Assessments['store']; corpus: Corpus }): Promise<GivenView[]> {
  const [answers, round] = await Promise.all([
    store.assessments.answers(tenant, run.id),
    run.round === undefined ? undefined : store.assessments.round(tenant, run.round),
  ])
  const catalogue = catalogueIn(() => (round === undefined ? catalogueOf(run.scope, corpus) : catalogueOfRound(round, corpus)))
  return (catalogue?.questions ?? []).flatMap((question) => {
    const answer = answers.find((each) => each.question === question.id)
    return answer === undefined ? [] : [viewGiven(question, answer)]
  })
}

/** A model that is gone leaves nothing to change. */
function catalogueIn(find: () => Catalogue): Catalogue | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function viewGiven(question: Question, { value, said, note }: Answer): GivenView {
  return {
    question,
    place: placeOf(question),
    value,
    said: sayValue(value),
    ...(said === undefined ? {} : { words: said }),
    ...(note === undefined ? {} : { note }),
  }
}
