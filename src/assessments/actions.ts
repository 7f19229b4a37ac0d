/** A step becomes an action of the team: with an owner and a date, and shown until it is done. */
import type { Corpus } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'
import { UserError } from '../shared/errors.ts'
import { type AssessmentStore, StaleRecordError } from './assessment-store.ts'
import { dayIn, daysBetween, isDay } from './calendar-day.ts'
import type { Step } from './next-steps.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { Action, TenantId } from './records.ts'

/** From so many days before its date on, an action is called due. */
export const DUE_SOON_DAYS = 7
/** How often a change is tried anew when somebody else changed the same action at that moment. */
const ATTEMPTS = 5

export interface ListedAction extends Action {
  /** `due` within a week, `overdue` after its date. */
  standing: 'open' | 'due' | 'overdue' | 'done'
}

/** Who acts on which team's actions, and where it is which day for them. */
export interface Actor {
  tenant: TenantId
  team: string
  /** IANA zone; UTC where absent. */
  timezone?: string
}

export interface Actions {
  /** The same step again gives the action that is open already. @throws UserError when the step is no sentence of its passage */
  create(who: Actor & { person: string }, step: Pick<Step, 'passage' | 'text'> & { section: string; model: string }): Promise<Action>
  /** Without an owner, nobody has it. @throws UserError when they are no member of the team */
  assign(who: Actor, action: string, owner: string | undefined): Promise<Action>
  /** @param due `2026-12-24`, or none @throws UserError when that is no day, or has passed */
  setDue(who: Actor, action: string, due: string | undefined): Promise<Action>
  done(who: Actor, action: string): Promise<Action>
  reopen(who: Actor, action: string): Promise<Action>
  remove(who: Actor, action: string): Promise<void>
  /** Open ones by date; done ones too when asked for. */
  list(who: Actor, options?: { done?: boolean }): Promise<ListedAction[]>
}

export interface ActionDeps {
  store: AssessmentStore
  corpus(): Corpus
  now(): Date
  newId(): string
}

export function createActions({ store, corpus, now, newId }: ActionDeps): Actions {
  const inTurn = oneAtATime()

  const find = async ({ tenant, team }: Actor, id: string): Promise<Action> => {
    const action = (await store.actions(tenant, team, { done: true })).find((each) => each.id === id)
    if (action === undefined) throw new UserError('there is no such action of this team: list its actions')
    return action
  }

  /** Owner, date and state are changed one by one, so whoever comes second changes what the first one left. */
  const change = async (who: Actor, id: string, to: (action: Action) => Action, attempt = 1): Promise<Action> => {
    const action = await find(who, id)
    const changed = to(action)
    if (changed === action) return action
    try {
      return await store.changeAction(who.tenant, changed)
    } catch (error) {
      if (!(error instanceof StaleRecordError) || attempt === ATTEMPTS) throw error
      return change(who, id, to, attempt + 1)
    }
  }

  const createOnce = async ({ tenant, team, person }: Actor & { person: string }, { model, section, passage, text }: Omit<Step, 'level'>): Promise<Action> => {
    const found = corpus().passage(passage)
    if (found === undefined || found.model !== model || !splitSentences(found.text).includes(text)) {
      throw new UserError(`the step is no sentence of "${passage.slice(0, 100)}": choose one of the next steps that are shown now`)
    }
    if ((await store.team(tenant, team)) === undefined) throw new UserError('there is no such team: create it first')
    const open = (await store.actions(tenant, team)).find((each) => each.passage === passage && each.text === text)
    return open ?? store.createAction(tenant, { id: newId(), team, model, section, passage, text, createdBy: person, createdAt: now().toISOString() })
  }

  return {
    create: (who, step) => inTurn(`${who.tenant}\n${who.team}`, () => createOnce(who, step)),

    async assign(who, id, owner) {
      const members = owner === undefined ? [] : await store.members(who.tenant, who.team)
      if (owner !== undefined && !members.some((member) => member.id === owner))
        throw new UserError('only a member of the team can own an action: add them to the team first')
      return change(who, id, (action) => withField(action, 'owner', owner))
    },

    async setDue(who, id, due) {
      if (due !== undefined && !isDay(due)) throw new UserError(`"${due.slice(0, 40)}" is not a day: write it as 2026-12-24`)
      if (due !== undefined && due < dayIn(who.timezone, now())) throw new UserError(`${due} has passed: choose today or later`)
      return change(who, id, (action) => withField(action, 'due', due))
    },

    done: (who, id) => change(who, id, (action) => (action.doneAt === undefined ? { ...action, doneAt: now().toISOString() } : action)),
    reopen: (who, id) => change(who, id, (action) => withField(action, 'doneAt', undefined)),

    async remove(who, id) {
      await store.removeAction(who.tenant, (await find(who, id)).id)
    },

    async list(who, { done = false } = {}) {
      const today = dayIn(who.timezone, now())
      return (await store.actions(who.tenant, who.team, { done })).map((action) => ({ ...action, standing: standingOf(action, today) }))
    },
  }
}

export function standingOf({ doneAt, due }: Pick<Action, 'doneAt' | 'due'>, today: string): ListedAction['standing'] {
  if (doneAt !== undefined) return 'done'
  if (due === undefined) return 'open'
  if (due < today) return 'overdue'
  return daysBetween(today, due) <= DUE_SOON_DAYS ? 'due' : 'open'
}

/** The action itself where nothing changes. */
function withField(action: Action, field: 'owner' | 'due' | 'doneAt', value: string | undefined): Action {
  if (action[field] === value) return action
  const { [field]: _, ...rest } = action
  return value === undefined ? rest : { ...rest, [field]: value }
}
