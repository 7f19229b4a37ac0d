/** What every digest of a team says besides what changed: one step, what is due, who is still asked, what is old. */
import { standingOf } from '../../assessments/actions.ts'
import { dayIn, daysBetween } from '../../assessments/calendar-day.ts'
import { countingRuns } from '../../assessments/count-votes.ts'
import { nextSteps } from '../../assessments/next-steps.ts'
import type { Action, Round, Run } from '../../assessments/records.ts'
import { answeredBy } from '../../assessments/round-status.ts'
import { catalogueOfRound } from '../../assessments/rounds.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { Corpus, Model } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import type { DigestItem, OpenRound, ToldAction } from './digest-content.ts'
import { labelOf } from './named-sections.ts'
import { levelChoices } from './reassess.ts'

const FIRST_ACTIONS = 3
const FIRST_PERSONS = 5

/** Who is told of, and in which day of the calendar. */
export interface Telling {
  members: ReadonlySet<string>
  zone: string
  now: Date
}

/** The first of the next steps. */
export function nextStep(results: ModelResults, actions: readonly Action[], corpus: Corpus, telling: Telling): DigestItem[] {
  const [group] = nextSteps(results, corpus, { sections: 1, steps: 1 })
  const step = group?.steps[0]
  const passage = step === undefined ? undefined : corpus.passage(step.passage)
  if (group === undefined || step === undefined || passage === undefined) return []
  const action = actions.find(({ id }) => id === step.action)
  return [
    {
      kind: 'step',
      model: results.model,
      section: group.section,
      label: labelOf(group.section, results.sections),
      from: group.from,
      to: group.to,
      passage: passage.id,
      text: step.text,
      title: passage.title,
      url: passage.url,
      ...(action === undefined ? {} : { action: tell(action, telling) }),
    },
  ]
}

/** @param actions open ones, by date */
export function dueActions(actions: readonly Action[], telling: Telling): DigestItem[] {
  const told = actions.map((action) => tell(action, telling))
  const [overdue, due] = (['overdue', 'due'] as const).map((standing) => told.filter((action) => action.standing === standing)) as [ToldAction[], ToldAction[]]
  if (overdue.length + due.length === 0) return []
  return [{ kind: 'actions', due: due.length, overdue: overdue.length, first: [...overdue, ...due].slice(0, FIRST_ACTIONS) }]
}

function tell({ id, text, due, owner, doneAt }: Action, { members, zone, now }: Telling): ToldAction {
  return {
    id,
    text,
    ...(due === undefined ? {} : { due }),
    ...(owner === undefined || !members.has(owner) ? {} : { owner }),
    standing: standingOf({ ...(doneAt === undefined ? {} : { doneAt }), ...(due === undefined ? {} : { due }) }, dayIn(zone, now)),
  }
}

export interface RunningRound {
  round: Round
  runs: readonly Run[]
}

/** A deadline that has passed closes a round, whoever says so first. */
export function isRunning({ state, deadline }: Round, now: Date): boolean {
  return state === 'open' && deadline > now.toISOString()
}

export function openRounds(running: readonly RunningRound[], telling: Telling): DigestItem[] {
  if (running.length === 0) return []
  const rounds = running.map((each) => openRound(each, telling))
  return [{ kind: 'rounds', rounds: rounds.toSorted((a, b) => a.deadline.localeCompare(b.deadline) || a.id.localeCompare(b.id)) }]
}

function openRound({ round, runs }: RunningRound, { zone, now }: Telling): OpenRound {
  const { id, name, scope, confidential, invited, deadline } = round
  const answered = new Set(answeredBy(round, countingRuns(runs)))
  return {
    id,
    name,
    model: scope.model,
    confidential,
    invited: invited.length,
    answered: answered.size,
    deadline,
    daysLeft: daysBetween(dayIn(zone, now), dayIn(zone, new Date(deadline))),
    ...(confidential ? {} : { left: invited.filter((person) => !answered.has(person)).slice(0, FIRST_PERSONS) }),
  }
}

/** The oldest answer, unless an open round asks for it anyway. */
export function staleQuestion(model: Model, results: ModelResults, running: readonly RunningRound[], corpus: Corpus): DigestItem[] {
  const asked = new Set(running.filter(({ round }) => round.scope.model === model.id).flatMap(({ round }) => sectionsAsked(round, corpus)))
  const stale = results.sections.filter((section) => section.stale && !asked.has(section.section))
  const [oldest, ...others] = stale.toSorted((a, b) => (b.ageDays ?? 0) - (a.ageDays ?? 0))
  if (oldest === undefined) return []
  const { section, state, level, ageDays = 0 } = oldest
  return [
    {
      kind: 'stale-question',
      model: model.id,
      section,
      label: labelOf(section, results.sections),
      state,
      ...(level === undefined ? {} : { level }),
      ageDays,
      others: others.length,
      options: levelChoices(model, section, corpus),
    },
  ]
}

function sectionsAsked(round: Round, corpus: Corpus): string[] {
  try {
    return catalogueOfRound(round, corpus).questions.map(({ section }) => section)
  } catch (error) {
    // What it asks about is gone from the corpus.
    if (error instanceof UserError) return []
    throw error
  }
}
