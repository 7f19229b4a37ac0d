/** One person's way through an assessment, the same on every surface. Nothing is shown as recorded before it is on disk. */
import type { Asker, Assistant } from '../answers/answer.ts'
import type { Corpus } from '../corpus/passage.ts'
import type { Placer } from '../placement/place.ts'
import { UserError } from '../shared/errors.ts'
import { type AssessmentStore, type RunChange, StaleRecordError } from './assessment-store.ts'
import { type Catalogue, catalogueOf, type Question } from './catalogue.ts'
import { type Answers, nextQuestion, previousQuestion } from './course.ts'
import { checkValue, seenIn, valueAt } from './question-answers.ts'
import { isDoneByOthers, type Reply, readReply } from './read-reply.ts'
import type { Answer, AnswerValue, Run, Scope, Surface, TenantId } from './records.ts'
import { catalogueOfRound } from './rounds.ts'
import type { Notice, Turn } from './turn.ts'
import { type Situation, viewOf } from './view-of.ts'

export interface Respondent {
  tenant: TenantId
  person: string
  surface: Surface
}

/** What was pressed or typed. `version` is the run's when it was shown; what is typed goes to the run as it is. */
export type Step = { key?: string; version?: number } & ({ kind: 'text'; text: string } | Pressed)

type Pressed =
  | { kind: 'answer'; question: string; value: AnswerValue; note?: string }
  | { kind: 'not-applicable' }
  | { kind: 'confirm'; note?: string }
  | { kind: 'reject' }
  | { kind: 'back' }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'abandon' }

export interface Conversation {
  /** Outside rounds; a round is joined. @throws UserError when the model, the dimension or the team doesn't exist */
  start(who: Respondent, request: { team: string; scope: Scope }): Promise<Turn>
  /** Where the run stands. @throws UserError when there is no such run of this person */
  show(who: Respondent, run: string): Promise<Turn>
  /** @throws UserError when there is no such run of this person, or the value does not fit the question */
  take(who: Respondent, run: string, step: Step): Promise<Turn>
  /** Changes an answer afterwards; the former one stays in the history. */
  amend(who: Respondent, run: string, answer: { key?: string; question: string; value: AnswerValue; note?: string }): Promise<Turn>
}

export interface ConversationDeps {
  store: AssessmentStore
  corpus(): Corpus
  placer(): Placer
  assistant(): Assistant
  now(): Date
  newId(): string
}

const NOTE_CHARACTERS = 2_000

export function createConversation(deps: ConversationDeps): Conversation {
  const { store, now, newId } = deps

  const load = async (who: Respondent, id: string): Promise<Situation> => {
    const run = await store.run(who.tenant, id)
    // Somebody else's run does not exist for this person.
    if (run === undefined || run.person !== who.person) throw new UserError('There is no such assessment of yours: start one, or list those that are open.')
    return situate(run, await store.answers(who.tenant, id), await catalogueOfRun(who.tenant, run))
  }
  /** A re-vote asks only about the sections that lay far apart. */
  const catalogueOfRun = async (tenant: TenantId, { round: id, scope }: Run): Promise<Catalogue> => {
    const round = id === undefined ? undefined : await store.round(tenant, id)
    return round === undefined ? catalogueOf(scope, deps.corpus()) : catalogueOfRound(round, deps.corpus())
  }
  const situate = (run: Run, answers: readonly Answer[], catalogue: Catalogue): Situation => ({
    run,
    catalogue,
    answers: new Map(answers.map((answer) => [answer.question, answer])),
    question: catalogue.questions.find((question) => question.id === run.current),
  })
  const turn = (situation: Situation, extra: Partial<Pick<Turn, 'notice' | 'aside'>> = {}): Turn => ({
    run: situation.run,
    view: viewOf(situation, deps),
    ...extra,
  })

  const change = async (who: Respondent, { run, answers, catalogue }: Situation, change: RunChange, notice?: Notice): Promise<Turn> => {
    const changed = await store.changeRun(who.tenant, run.id, run.version, change, now().toISOString())
    return turn(situate(changed, [...answers.values()], catalogue), notice === undefined ? {} : { notice })
  }

  const record = async (who: Respondent, situation: Situation, question: Question, given: Given): Promise<Turn> => {
    const { run, catalogue, answers } = situation
    if (await isRoundClosed(who.tenant, run, store)) return turn(situation, { notice: 'round-closed' })
    checkValue(given.value, question)
    const value = given.value
    const after: Answers = new Map<string, Pick<Answer, 'value'>>([...answers, [question.id, { value }]])
    const at = now().toISOString()
    const answer: Omit<Answer, 'revision'> = {
      run: run.id,
      question: question.id,
      value,
      ...(given.said === undefined ? {} : { said: given.said }),
      ...(given.note === undefined || given.note.trim() === '' ? {} : { note: given.note.trim().slice(0, NOTE_CHARACTERS) }),
      seen: seenIn(question, deps.corpus()),
      modelVersion: catalogue.model.version,
      answeredAt: at,
      surface: who.surface,
    }
    const recorded = await store.recordAnswer(who.tenant, answer, { key: given.key, version: given.version, change: moveOn(run, catalogue, after, at) })
    return turn(situate(recorded.run, await store.answers(who.tenant, run.id), catalogue), recorded.repeated ? { notice: 'already-recorded' } : {})
  }

  const apply = async (who: Respondent, situation: Situation, reply: Reply, given: Omit<Given, 'value'>): Promise<Turn> => {
    const { run, catalogue, answers, question } = situation
    if (question === undefined) return turn(situation, { notice: 'moved-on' })
    const open = (pending?: Run['pending']): RunChange => ({ state: 'open', current: question.id, ...(pending === undefined ? {} : { pending }) })
    switch (reply.kind) {
      case 'pause':
        return change(who, situation, { ...open(run.pending), state: 'paused' })
      case 'back': {
        const before = previousQuestion(catalogue, answers, run.pending === undefined ? run.current : undefined)
        // From a proposal, back leads to the question itself.
        if (run.pending !== undefined) return change(who, situation, open())
        return before === undefined ? turn(situation, { notice: 'at-the-start' }) : change(who, situation, { state: 'open', current: before.id })
      }
      case 'not-applicable':
        return change(who, situation, open({ kind: 'reason', question: question.id }))
      case 'aside':
        return turn(situation, { aside: await deps.assistant().ask({ question: reply.question }, undefined, askerOf(who)) })
      case 'reject':
        return change(who, situation, open())
      case 'confirm': {
        if (run.pending?.kind !== 'proposal') return turn(situation, { notice: 'moved-on' })
        const { said, level } = run.pending
        return record(who, situation, question, { ...given, value: valueAt(level, question), said })
      }
      case 'answer': {
        if (reply.value.kind === 'not-applicable' && isDoneByOthers(reply.value.reason)) return change(who, situation, open(), 'others-count')
        return record(who, situation, question, { ...given, value: reply.value })
      }
      case 'statement':
        return propose(who, situation, question, reply.text)
    }
  }

  /** Their own words become a level to confirm; what is unclear gets one question back, and only one. */
  const propose = async (who: Respondent, situation: Situation, question: Question, text: string): Promise<Turn> => {
    const { run } = situation
    const before = run.pending?.kind === 'clarification' ? run.pending.said : undefined
    const said = before === undefined ? text : `${before}. ${text}`
    const placement = deps.placer().place({ model: question.model, section: question.section, statement: said })
    const pending: NonNullable<Run['pending']> =
      placement.outcome === 'unclear' && before === undefined
        ? { kind: 'clarification', question: question.id, said }
        : { kind: 'proposal', question: question.id, said, level: placement.level }
    return change(who, situation, { state: 'open', current: question.id, pending })
  }

  /** What was pressed on an older message changes nothing; one learns where the run is now. */
  const unlessStale = async (who: Respondent, run: string, attempt: () => Promise<Turn>): Promise<Turn> => {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof StaleRecordError)) throw error
      return turn(await load(who, run), { notice: 'moved-on' })
    }
  }

  return {
    async start(who, { team, scope }) {
      if ((await store.team(who.tenant, team)) === undefined) throw new UserError('There is no such team: create it first.')
      const catalogue = catalogueOf(scope, deps.corpus())
      const at = now().toISOString()
      const first = nextQuestion(catalogue, new Map())
      const run: Run = {
        id: newId(),
        person: who.person,
        team,
        scope,
        state: 'open',
        modelVersion: catalogue.model.version,
        ...(first === undefined ? {} : { current: first.id }),
        startedAt: at,
        updatedAt: at,
        version: 1,
      }
      await store.createRun(who.tenant, run)
      return turn(situate(run, [], catalogue))
    },

    show: async (who, run) => turn(await load(who, run)),

    take: (who, id, step) =>
      unlessStale(who, id, async () => {
        const situation = await load(who, id)
        const { run, question } = situation
        const version = step.version ?? run.version
        const given = { key: step.key ?? `${id}:${version}`, version, ...('note' in step && step.note !== undefined ? { note: step.note } : {}) }
        if (run.state === 'finished' || run.state === 'abandoned') {
          const last = step.kind === 'answer' && version !== run.version ? situation.catalogue.questions.find(({ id }) => id === step.question) : undefined
          // By its key the store tells a press that is delivered again after the last answer from one that came too late.
          return last === undefined || step.kind !== 'answer'
            ? turn(situation, { notice: 'moved-on' })
            : record(who, situation, last, { ...given, value: step.value })
        }
        if (step.kind === 'abandon') return change(who, situation, { state: 'abandoned' })
        if (question === undefined) return restart(who, situation)
        if (step.kind === 'resume') return run.state === 'paused' ? change(who, situation, reopened(run)) : turn(situation)
        if (step.kind === 'text') return apply(who, situation, readReply(step.text, question, run.pending), given)
        // A key that was used tells a second press from a stale one: the store knows it.
        if (step.kind !== 'answer') return version === run.version ? apply(who, situation, step, given) : turn(situation, { notice: 'moved-on' })
        const named = situation.catalogue.questions.find((each) => each.id === step.question)
        if (named === undefined) return turn(situation, { notice: 'question-gone' })
        if (step.value.kind === 'not-applicable' && isDoneByOthers(step.value.reason))
          return apply(who, situation, { kind: 'answer', value: step.value }, given)
        return record(who, situation, named, { ...given, value: step.value })
      }),

    amend: (who, id, { key = newId(), question: wanted, value, note }) =>
      unlessStale(who, id, async () => {
        const situation = await load(who, id)
        const question = situation.catalogue.questions.find((each) => each.id === wanted)
        if (question === undefined) return turn(situation, { notice: 'question-gone' })
        if (value.kind === 'not-applicable' && isDoneByOthers(value.reason)) return turn(situation, { notice: 'others-count' })
        return record(who, situation, question, { key, version: situation.run.version, value, ...(note === undefined ? {} : { note }) })
      }),
  }

  /** The question that was shown is no longer in the model: the next one is. */
  async function restart(who: Respondent, situation: Situation): Promise<Turn> {
    const { run, catalogue, answers } = situation
    return change(who, situation, moveOn({ ...run, state: 'open' }, catalogue, answers, now().toISOString()), 'question-gone')
  }
}

interface Given {
  /** The same key again changes nothing. */
  key: string
  version: number
  value: AnswerValue
  said?: string
  note?: string
}

/** To the next question without an answer; a run that was finished stays so when an answer is changed. */
function moveOn(run: Run, catalogue: Catalogue, answers: Answers, at: string): RunChange {
  const next = nextQuestion(catalogue, answers)
  if (next !== undefined) return { state: 'open', current: next.id }
  return { state: 'finished', finishedAt: run.finishedAt ?? at }
}

function reopened({ current, pending }: Run): RunChange {
  return { state: 'open', ...(current === undefined ? {} : { current }), ...(pending === undefined ? {} : { pending }) }
}

async function isRoundClosed(tenant: TenantId, { round }: Run, store: AssessmentStore): Promise<boolean> {
  return round !== undefined && (await store.round(tenant, round))?.state === 'closed'
}

function askerOf({ tenant }: Respondent): Asker {
  return { tenant }
}
