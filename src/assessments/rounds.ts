/** A team answers together: privately, blind until the round closes, and once more where they are far apart. */
import { UserError } from '../shared/errors.ts'
import { narrowTo } from './answered-catalogue.ts'
import { StaleRecordError } from './assessment-store.ts'
import { type Catalogue, catalogueOf } from './catalogue.ts'
import { countingRuns } from './count-votes.ts'
import { joinRound } from './join-round.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { Round, Run, Scope, TenantId } from './records.ts'
import { checkDeadline, checkEnough, checkInvited, checkName, checkShownFrom, DEFAULT_SHOWN_FROM } from './round-request.ts'
import { type ResultDeps, type RoundResults, resultsOf, revoteId } from './round-results.ts'
import { answeredBy, haveAllAnswered, type RoundStatus, statusOf } from './round-status.ts'

export interface StartRound {
  team: string
  name: string
  scope: Scope
  /** A time, `2026-12-24T17:00:00Z`. */
  deadline: string
  confidential: boolean
  /** Persons; all members of the team where absent. */
  invited?: readonly string[]
  /** A confidential round shows a section's figures from so many answers on: 3 where absent. */
  shownFrom?: number
}

export interface Rounds {
  /** @throws UserError saying what to change */
  start(tenant: TenantId, by: string, request: StartRound): Promise<Round>
  /** Invites further members. @throws UserError when the round has closed or somebody else started it */
  invite(tenant: TenantId, round: string, by: string, persons: readonly string[]): Promise<Round>
  /** The person's run in the round: the same one each time. @throws UserError when they aren't invited or the round has closed */
  join(tenant: TenantId, round: string, person: string): Promise<Run>
  status(tenant: TenantId, round: string, person: string): Promise<RoundStatus>
  /** The team's rounds as the person may see them, newest first. */
  list(tenant: TenantId, team: string, person: string): Promise<RoundStatus[]>
  /** To be asked before an answer is recorded. @throws UserError when the round has closed or its deadline has passed */
  assertOpen(tenant: TenantId, round: string): Promise<void>
  /** To be told of each finished run. @returns whether the round is closed now, all having answered */
  runFinished(tenant: TenantId, run: Run): Promise<boolean>
  /** @throws UserError when somebody else started it */
  close(tenant: TenantId, round: string, by: string): Promise<Round>
  /** At the start of the process and from time to time. @returns the rounds that it closed, each by one process alone */
  closeOverdue(): Promise<{ tenant: TenantId; round: Round }[]>
  /** @throws UserError while it is open */
  results(tenant: TenantId, round: string): Promise<RoundResults>
  /** Votes once more on the sections with a wide spread. @throws UserError when there are none, or it was done before */
  startRevote(tenant: TenantId, round: string, by: string, request: { deadline: string }): Promise<Round>
}

export interface RoundDeps extends ResultDeps {
  now(): Date
  newId(): string
}

/** What a round asks; a re-vote asks about its sections alone. @throws UserError when the model is gone */
export function catalogueOfRound(round: Pick<Round, 'scope' | 'revote'>, corpus: ReturnType<RoundDeps['corpus']>): Catalogue {
  const catalogue = catalogueOf(round.scope, corpus)
  return round.revote === undefined ? catalogue : narrowTo(catalogue, round.revote.sections)
}

export function createRounds(deps: RoundDeps): Rounds {
  const { store, now, newId } = deps
  const inTurn = oneAtATime()

  /** The round as it is now: one whose deadline has passed is closed, whoever looks first. */
  const load = async (tenant: TenantId, id: string): Promise<Round> => {
    const round = await store.round(tenant, id)
    if (round === undefined) throw new UserError('there is no such round: list the rounds of your team')
    if (round.state === 'closed' || round.deadline > now().toISOString()) return round
    await store.closeRound(tenant, id, 'deadline', now().toISOString())
    return load(tenant, id)
  }
  const loadOpen = async (tenant: TenantId, id: string): Promise<Round> => {
    const round = await load(tenant, id)
    if (round.state === 'open') return round
    throw new UserError(`the round "${round.name}" closed at ${round.closedAt}: answers no longer count, see its results`)
  }
  const closeBy = async (tenant: TenantId, id: string, closedBy: NonNullable<Round['closedBy']>) => {
    await store.closeRound(tenant, id, closedBy, now().toISOString())
    return load(tenant, id)
  }
  /** With its runs. Closed also when the process ended after the last answer and before it could say so. */
  const settle = async (tenant: TenantId, id: string): Promise<{ round: Round; runs: Run[] }> => {
    const round = await load(tenant, id)
    const runs = countingRuns(await store.runsOfRound(tenant, id))
    return { round: round.state === 'open' && haveAllAnswered(round, runs) ? await closeBy(tenant, id, 'all-answered') : round, runs }
  }
  const show = async (tenant: TenantId, id: string, person: string): Promise<RoundStatus> => {
    const { round, runs } = await settle(tenant, id)
    return statusOf(round, runs, person)
  }
  const checkStarter = (round: Round, by: string, what: string) => {
    if (round.startedBy !== by) throw new UserError(`only who started the round "${round.name}" can ${what}: ask them to`)
  }

  const join = async (tenant: TenantId, id: string, person: string): Promise<Run> => {
    const round = await loadOpen(tenant, id)
    if (!round.invited.includes(person)) throw new UserError(`you are not invited to the round "${round.name}": ask who started it to invite you`)
    return joinRound(tenant, round, person, catalogueOfRound(round, deps.corpus()), deps)
  }

  return {
    async start(tenant, by, { team, name, scope, deadline, confidential, invited, shownFrom }) {
      if ((await store.team(tenant, team)) === undefined) throw new UserError('there is no such team: create it first')
      catalogueOf(scope, deps.corpus())
      const round: Round = {
        id: newId(),
        team,
        name: checkName(name),
        scope,
        startedBy: by,
        startedAt: now().toISOString(),
        deadline: checkDeadline(deadline, now()),
        confidential,
        shownFrom: confidential ? checkShownFrom(shownFrom) : DEFAULT_SHOWN_FROM,
        invited: checkInvited(invited, await store.members(tenant, team)),
        state: 'open',
      }
      checkEnough(round.invited, round)
      await store.createRound(tenant, round)
      return round
    },

    async invite(tenant, id, by, persons) {
      const round = await loadOpen(tenant, id)
      checkStarter(round, by, 'invite people')
      await store.invite(tenant, id, checkInvited(persons, await store.members(tenant, round.team)))
      return load(tenant, id)
    },

    join: (tenant, id, person) => inTurn(`${tenant}\n${id}\n${person}`, () => join(tenant, id, person)),

    status: show,

    async list(tenant, team, person) {
      const rounds = await store.rounds(tenant, team)
      return Promise.all(rounds.map(({ id }) => show(tenant, id, person)))
    },

    async assertOpen(tenant, id) {
      await loadOpen(tenant, id)
    },

    async runFinished(tenant, { round }) {
      return round !== undefined && (await settle(tenant, round)).round.state === 'closed'
    },

    async close(tenant, id, by) {
      const round = await load(tenant, id)
      checkStarter(round, by, 'close it')
      return round.state === 'closed' ? round : closeBy(tenant, id, 'starter')
    },

    async closeOverdue() {
      const overdue = await store.overdueRounds(now().toISOString())
      const closed = await Promise.all(
        overdue.map(async ({ tenant, round }) => {
          const mine = await store.closeRound(tenant, round.id, 'deadline', now().toISOString())
          const after = mine ? await store.round(tenant, round.id) : undefined
          return after === undefined ? [] : [{ tenant, round: after }]
        }),
      )
      return closed.flat()
    },

    async results(tenant, id) {
      const { round, runs } = await settle(tenant, id)
      if (round.state === 'closed') return resultsOf(tenant, round, deps)
      throw new UserError(
        `the round "${round.name}" is still open, and ${answeredBy(round, runs).length} of ${round.invited.length} have answered: results are shown once it closes, at ${round.deadline} at the latest`,
      )
    },

    async startRevote(tenant, id, by, { deadline }) {
      const round = await load(tenant, id)
      if (round.state === 'open') throw new UserError(`the round "${round.name}" is still open: vote once more after it has closed`)
      if (round.revote !== undefined) throw new UserError(`"${round.name}" is a re-vote already, and there is only one: start a new round`)
      if (round.startedBy !== by && !round.invited.includes(by)) throw new UserError(`only who took part in "${round.name}" can start its re-vote`)
      const sections = (await resultsOf(tenant, round, deps)).figures.worthTalkingAbout
      if (sections.length === 0) throw new UserError(`the answers of "${round.name}" are nowhere two levels apart: there is nothing to vote on once more`)
      const revote: Round = {
        id: revoteId(id),
        team: round.team,
        name: `${round.name} (re-vote)`,
        scope: round.scope,
        startedBy: by,
        startedAt: now().toISOString(),
        deadline: checkDeadline(deadline, now()),
        confidential: round.confidential,
        shownFrom: round.shownFrom,
        invited: round.invited,
        state: 'open',
        revote: { of: id, sections },
      }
      checkEnough(revote.invited, revote)
      try {
        await store.createRound(tenant, revote)
      } catch (error) {
        if (error instanceof StaleRecordError)
          throw new UserError(`"${round.name}" was voted on once more already, and there is only one re-vote: start a new round`)
        throw error
      }
      return revote
    },
  }
}
