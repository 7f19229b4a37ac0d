/** Who does an action and by when, as somebody fills it in. */
import { dayIn, isDay } from '../../assessments/calendar-day.ts'
import type { Action } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { filledIn } from '../press-args.ts'
import type { Field, FormErrors, FormValues } from '../reply.ts'
import { belongsTo, type TeamDeps } from '../teams/access.ts'
import { actorOf } from './actor.ts'

export type Plan = Pick<Action, 'owner' | 'due'>

export interface FilledIn {
  plan: Plan
  errors?: FormErrors
}

export function planFields({ owner, due }: Plan): Field[] {
  return [
    {
      kind: 'people',
      id: 'owner',
      label: 'Who does it?',
      hint: 'One person of the team or its channel. Leave it empty if nobody has it yet.',
      optional: true,
      ...(owner === undefined ? {} : { initial: [owner] }),
    },
    { kind: 'day', id: 'due', label: 'By when?', optional: true, ...(due === undefined ? {} : { initial: due }) },
  ]
}

/** @param before what stands there already may stay, also a day that has passed */
export async function readPlan(who: Who, team: string, values: FormValues, before: Plan, deps: TeamDeps & Pick<ChatDeps, 'now'>): Promise<FilledIn> {
  const owner = filledIn(values.owner)
  const due = filledIn(values.due)
  const errors: Record<string, string> = {}
  if (Array.isArray(values.owner) && values.owner.length > 1) errors.owner = 'Choose one person.'
  else if (owner !== undefined && owner !== before.owner && !(await belongsTo({ tenant: who.tenant, person: owner }, { id: team }, deps)))
    errors.owner = 'Choose somebody of the team or its channel.'
  if (due !== undefined && due !== before.due) {
    const { timezone } = await actorOf(who, team, deps)
    if (!isDay(due)) errors.due = 'Choose a day.'
    else if (due < dayIn(timezone, deps.now())) errors.due = 'This day has passed: choose today or later.'
  }
  return {
    plan: { ...(owner === undefined ? {} : { owner }), ...(due === undefined ? {} : { due }) },
    ...(Object.keys(errors).length === 0 ? {} : { errors }),
  }
}

/** A platform may hand in what was never checked. @throws UserError */
export function assertFine({ plan, errors }: FilledIn): Plan {
  const [first] = Object.values(errors ?? {})
  if (first !== undefined) throw new UserError(first)
  return plan
}
