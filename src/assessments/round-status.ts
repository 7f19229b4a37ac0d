/** What is shown of a round while it runs: how far it is, never who has answered. */
import { privacyNotice } from './disclosure.ts'
import type { Round, Run } from './records.ts'

export interface RoundStatus {
  id: string
  team: string
  name: string
  scope: Round['scope']
  state: Round['state']
  startedAt: string
  deadline: string
  closedAt?: string
  closedBy?: Round['closedBy']
  confidential: boolean
  shownFrom: number
  /** What is promised about the answers, to be shown before somebody answers. */
  privacy: string
  revote?: Round['revote']
  /** How many are asked, and how many of them have answered everything. */
  invited: number
  answered: number
  /** The person who looks. */
  own: {
    invited: boolean
    isStarter: boolean
    state: 'not-started' | Run['state']
    /** To go on with it. */
    run?: string
  }
}

/** @param runs of each person the one that counts */
export function statusOf(round: Round, runs: readonly Run[], person: string): RoundStatus {
  const own = runs.find((run) => run.person === person)
  return {
    id: round.id,
    team: round.team,
    name: round.name,
    scope: round.scope,
    state: round.state,
    startedAt: round.startedAt,
    deadline: round.deadline,
    ...(round.closedAt === undefined ? {} : { closedAt: round.closedAt }),
    ...(round.closedBy === undefined ? {} : { closedBy: round.closedBy }),
    confidential: round.confidential,
    shownFrom: round.shownFrom,
    privacy: privacyNotice(round),
    ...(round.revote === undefined ? {} : { revote: round.revote }),
    invited: round.invited.length,
    answered: answeredBy(round, runs).length,
    own: {
      invited: round.invited.includes(person),
      isStarter: round.startedBy === person,
      state: own?.state ?? 'not-started',
      ...(own === undefined ? {} : { run: own.id }),
    },
  }
}

/** The invited who have answered everything. */
export function answeredBy({ invited }: Round, runs: readonly Run[]): string[] {
  return invited.filter((person) => runs.some((run) => run.person === person && run.state === 'finished'))
}

/** A round of one waits for its deadline or its starter: others may still be invited. */
export function haveAllAnswered(round: Round, runs: readonly Run[]): boolean {
  return round.invited.length > 1 && answeredBy(round, runs).length === round.invited.length
}
