/** What a card shows besides the step itself: whose, which, with whom, and what was answered. */
import { type AnsweredQuestion, answeredQuestions } from '../../assessments/answered-questions.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import type { Turn } from '../../assessments/turn.ts'
import { titleOf } from '../../assessments/wording.ts'
import type { Passage } from '../../corpus/passage.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'

/** What is said on a card once, and not when it is shown again. */
export interface SaidOnce {
  /** Before all else. */
  lead?: string
  /** Evidence that was typed with what is now to be confirmed. */
  note?: string
}

export interface TurnContext extends SaidOnce {
  /** The team's name. */
  team: string
  /** "KMM, quick" */
  title: string
  /** Of the reader, IANA. */
  zone: string
  /** The round that the run belongs to. */
  round?: RoundStatus
  /** What was answered; at the end. */
  given?: readonly AnsweredQuestion[]
  /** What a proposal rests on. */
  source?: Pick<Passage, 'title' | 'url'>
}

export async function contextOf(
  { run, view }: Turn,
  { tenant, person }: Who,
  said: SaidOnce,
  { assessments, corpus, directory }: ChatDeps,
): Promise<TurnContext> {
  const records = assessments.store.assessments
  const [team, round, given, known] = await Promise.all([
    records.team(tenant, run.team),
    run.round === undefined ? undefined : assessments.rounds.status(tenant, run.round, person),
    view.kind === 'finished' ? answeredQuestions(tenant, run, { store: records, corpus: corpus() }) : undefined,
    view.kind === 'finished' && run.round !== undefined ? directory(tenant).person(tenant, person) : undefined,
  ])
  const source = view.kind === 'proposal' ? corpus().passage(view.passage) : undefined
  return {
    ...said,
    team: team?.name ?? '',
    title: titleOf(run.scope, corpus()),
    zone: known?.timezone ?? 'UTC',
    ...(round === undefined ? {} : { round }),
    ...(given === undefined ? {} : { given }),
    ...(source === undefined ? {} : { source }),
  }
}
