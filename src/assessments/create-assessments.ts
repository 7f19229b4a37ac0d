/** All that can be done with assessments, put together once for every surface of a running process. */
import type { Assistant } from '../answers/answer.ts'
import type { Corpus } from '../corpus/passage.ts'
import type { Crosswalk } from '../crosswalk/crosswalk.ts'
import type { Placer } from '../placement/place.ts'
import { type Actions, createActions } from './actions.ts'
import type { AssessmentStore } from './assessment-store.ts'
import { type Conversation, createConversation, type Respondent } from './conversation.ts'
import type { Round, TenantId } from './records.ts'
import { createRounds, type Rounds } from './rounds.ts'
import type { TeamExport } from './team-export.ts'
import { createTeamResults, type TeamResults } from './team-results.ts'
import type { Turn } from './turn.ts'

/** What assessments need of the store besides its records. */
export interface TeamStore {
  readonly assessments: AssessmentStore
  exportTeam(tenant: TenantId, team: string): Promise<TeamExport>
}

export interface Assessments {
  readonly conversation: Conversation
  readonly rounds: Rounds
  readonly results: TeamResults
  readonly actions: Actions
  readonly store: TeamStore
  /** The models that results can be read in the terms of each other's. */
  readonly readable: readonly string[]
}

export interface AssessmentsDeps {
  store: TeamStore
  /** Functions, since these are swapped when a team's model files change. */
  corpus(): Corpus
  placer(): Placer
  assistant(): Assistant
  crosswalk?: Crosswalk
  now(): Date
  newId(): string
}

export function createAssessments({ store, corpus, placer, assistant, crosswalk, now, newId }: AssessmentsDeps): Assessments {
  const records = store.assessments
  const rounds = createRounds({ store: openForGuests(records), corpus, now, newId })
  const conversation = createConversation({ store: records, corpus, placer, assistant, now, newId })
  return {
    conversation: inRounds(conversation, rounds, records),
    rounds,
    results: createTeamResults({ store: records, corpus, now, ...(crosswalk === undefined ? {} : { crosswalk }) }),
    actions: createActions({ store: records, corpus, now, newId }),
    store,
    readable: crosswalk?.models ?? [],
  }
}

/** A round hears of each of its runs: its deadline is looked at before an answer, and the last one to finish closes it. */
function inRounds(conversation: Conversation, rounds: Rounds, store: AssessmentStore): Conversation {
  const answering = async (who: Respondent, id: string, answer: () => Promise<Turn>): Promise<Turn> => {
    const round = (await store.run(who.tenant, id))?.round
    if (round === undefined) return answer()
    // Whoever looks at a round whose deadline has passed closes it.
    await rounds.status(who.tenant, round, who.person)
    const turn = await answer()
    if (turn.run.state === 'finished') await rounds.runFinished(who.tenant, turn.run)
    return turn
  }
  return {
    start: (who, request) => conversation.start(who, request),
    show: (who, run) => conversation.show(who, run),
    take: (who, run, step) => answering(who, run, () => conversation.take(who, run, step)),
    amend: (who, run, answer) => answering(who, run, () => conversation.amend(who, run, answer)),
  }
}

/**
 * Whether it is known who is meant by "all have answered". A guest has followed a link that others may still follow, and who starts a
 * round alone waits for such: closing when those who happen to be there have answered would shut the others out.
 */
export async function closesByItself(tenant: TenantId, { team, invited }: Pick<Round, 'team' | 'invited'>, store: AssessmentStore): Promise<boolean> {
  const members = new Set((await store.members(tenant, team)).map(({ id }) => id))
  return invited.length > 1 && invited.every((person) => members.has(person))
}

/** Rounds close when all have answered; with guests only their starter and the deadline close them. */
function openForGuests(store: AssessmentStore): AssessmentStore {
  return {
    ...store,
    async closeRound(tenant, id, closedBy, at) {
      const round = closedBy === 'all-answered' ? await store.round(tenant, id) : undefined
      if (round !== undefined && !(await closesByItself(tenant, round, store))) return false
      return store.closeRound(tenant, id, closedBy, at)
    },
  }
}
