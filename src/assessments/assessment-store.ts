/** What assessments ask of a database. Every method takes the tenant first; what belongs to another one does not exist. */
import type { Action, Answer, Person, Round, Run, Target, Team, TenantId } from './records.ts'

/** Somebody wrote since the record was read, or what it belongs to was deleted: read again and decide anew. */
export class StaleRecordError extends Error {
  override readonly name = 'StaleRecordError'
}

/**
 * The whole state of a run after an answer, written in one transaction with it: without `current` no question is shown, without
 * `pending` nothing is waited for. Only when it was finished is kept while it stays finished.
 */
export type RunChange = Pick<Run, 'state'> & Partial<Pick<Run, 'current' | 'pending' | 'finishedAt'>>

/** What a record belongs to (its person, team, round) has to be stored before it; otherwise a StaleRecordError is thrown. */
export interface AssessmentStore {
  savePerson(tenant: TenantId, person: Person): Promise<void>
  person(tenant: TenantId, id: string): Promise<Person | undefined>

  /**
   * Creates the team, or renames it; membership stays.
   * @throws UserError when another team of the tenant has the name
   */
  saveTeam(tenant: TenantId, team: Team): Promise<void>
  team(tenant: TenantId, id: string): Promise<Team | undefined>
  /** Case and surrounding blanks don't matter. */
  teamByName(tenant: TenantId, name: string): Promise<Team | undefined>
  teams(tenant: TenantId): Promise<Team[]>
  addMember(tenant: TenantId, team: string, person: string): Promise<void>
  removeMember(tenant: TenantId, team: string, person: string): Promise<void>
  members(tenant: TenantId, team: string): Promise<Person[]>
  teamsOf(tenant: TenantId, person: string): Promise<Team[]>

  /** @throws StaleRecordError when a run of that id exists */
  createRun(tenant: TenantId, run: Run): Promise<void>
  run(tenant: TenantId, id: string): Promise<Run | undefined>
  /** The person's runs, newest first; `open` leaves out finished and abandoned ones. */
  runsOf(tenant: TenantId, person: string, options?: { open?: boolean }): Promise<Run[]>
  runsOfRound(tenant: TenantId, round: string): Promise<Run[]>
  /** Finished runs of a team, newest first. */
  finishedRuns(tenant: TenantId, team: string, options?: { model?: string; limit?: number }): Promise<Run[]>
  /**
   * Changes a run without an answer (pause, resume, back, a proposal).
   * @returns the run as it is now
   * @throws StaleRecordError when `version` is not the stored one
   */
  changeRun(tenant: TenantId, id: string, version: number, change: RunChange, at: string): Promise<Run>
  /**
   * Appends the answer (its revision is given here) and moves the run on, both or neither; on disk when it returns.
   * The same `key` again in the same run (a button pressed twice, a redelivered event) changes nothing, whatever its version, and
   * returns what was stored with it and the run as it is now. A finished or abandoned run takes an answer like any other: whoever
   * names its version has seen that state.
   * @throws StaleRecordError when `version` is not the stored one
   */
  recordAnswer(
    tenant: TenantId,
    answer: Omit<Answer, 'revision'>,
    step: { key: string; version: number; change: RunChange },
  ): Promise<{ run: Run; answer: Answer; repeated: boolean }>
  /** Of each question the answer that counts. */
  answers(tenant: TenantId, run: string): Promise<Answer[]>
  /** The same for several runs at once, in the order of the ids. */
  answersOf(tenant: TenantId, runs: readonly string[]): Promise<Answer[][]>
  /** Every revision, oldest first. */
  answerHistory(tenant: TenantId, run: string, question?: string): Promise<Answer[]>

  createRound(tenant: TenantId, round: Round): Promise<void>
  round(tenant: TenantId, id: string): Promise<Round | undefined>
  rounds(tenant: TenantId, team: string): Promise<Round[]>
  invite(tenant: TenantId, round: string, persons: readonly string[]): Promise<void>
  /** Closes it once: of several closers at one time one gets `true`. */
  closeRound(tenant: TenantId, id: string, closedBy: NonNullable<Round['closedBy']>, at: string): Promise<boolean>
  /** Open rounds of all tenants whose deadline has passed. */
  overdueRounds(now: string): Promise<{ tenant: TenantId; round: Round }[]>

  setTarget(tenant: TenantId, target: Target): Promise<void>
  removeTarget(tenant: TenantId, team: string, model: string, section: string): Promise<void>
  targets(tenant: TenantId, team: string): Promise<Target[]>

  createAction(tenant: TenantId, action: Omit<Action, 'version'>): Promise<Action>
  /** @throws StaleRecordError when `action.version` is not the stored one */
  changeAction(tenant: TenantId, action: Action): Promise<Action>
  removeAction(tenant: TenantId, id: string): Promise<void>
  /** Open ones first, by due date; done ones only when asked for. */
  actions(tenant: TenantId, team: string, options?: { done?: boolean }): Promise<Action[]>

  /** Removes the person with their runs, answers, memberships and invitations; what they started, set or own stays, without its owner and with `REMOVED_PERSON`. */
  deletePerson(tenant: TenantId, person: string): Promise<void>
  /** Removes the team with its rounds, runs, answers, targets and actions. */
  deleteTeam(tenant: TenantId, team: string): Promise<void>
}
