/** What somebody does with the cards of a message and with what stands beneath it: presses, fills in, shows and hides, judges. */

import { isObject, objectsIn } from '../../testing/http-bodies.ts'
import { type FieldValues, inputsFor, typedValues } from './card-inputs.ts'
import { type Control, cardsFor, type Field, findControl, showCardKey, usable, type Wanted } from './cards.ts'
import { type Executing, execute, executeAction, type Pressed, refreshCard, takenOrFault } from './executing.ts'
import { type Acting, invokeActivity, submitActivity } from './incoming.ts'
import { changed, fault, type TeamsMessage, type TeamsUser, type Wire } from './world.ts'

export interface CardUse {
  /** A button of a card, or a suggested action. @throws NotTaken when the app does not answer in time */
  press(on: TeamsMessage, control: Wanted, values?: FieldValues): Promise<Pressed>
  /** Something that the screen does not offer: an action of one's own making. */
  pressRaw(on: TeamsMessage, action: Wire): Promise<Pressed>
  /** Types into the card and presses nothing. Values by label or id; choices by title or value. */
  fill(on: TeamsMessage, values: FieldValues): void
  /** Asks for the card anew, as the client does by itself for those in `userIds`. */
  refresh(on: TeamsMessage): Promise<Pressed>
  /** Labels of all that can be pressed. */
  buttons(on: TeamsMessage): string[]
  /** Labels of all that can be filled in. */
  fields(on: TeamsMessage): string[]
  /** The thumbs beneath a message that asks for them. */
  feedback(on: TeamsMessage, reaction: 'like' | 'dislike', text?: string): Promise<void>
}

/** How the person reaches the app otherwise. */
export interface Writing {
  /** Where the person sees the message. */
  actingOn(message: TeamsMessage): Acting
  /** As if they had typed it. */
  sayBack(acting: Acting, text: string): void
  deliver(acting: Acting, activity: Wire, isMentioned: boolean): void
}

const FEEDBACK = 'message/submitAction'

export function createCardUse(user: TeamsUser, deps: Executing, writing: Writing): CardUse {
  const { world, deliveries } = deps
  const { key } = user

  async function press(message: TeamsMessage, wanted: Wanted, values: FieldValues = {}): Promise<Pressed> {
    const acting = writing.actingOn(message)
    const suggestion = suggestions(message.activity).find(({ title }) => title === wanted)
    if (suggestion !== undefined) {
      writing.sayBack(acting, String(suggestion.value))
      return {}
    }
    fill(message, values)
    const { controls, fields } = usable(message, key)
    const control = findControl(controls, wanted)
    return act(acting, message, control, fields)
  }

  async function act(acting: Acting, message: TeamsMessage, control: Control, fields: readonly Field[]): Promise<Pressed> {
    const { action, card } = control
    const type = String(action.type)
    if (type === 'Action.ShowCard' || type === 'Action.ToggleVisibility') {
      toggle(message, action)
      return {}
    }
    if (type !== 'Action.Execute' && type !== 'Action.Submit') throw new Error(`${control.label} is an ${type}, which does not reach the app`)
    const { values, errors } = inputsFor(control, fields, message.typed.get(key) ?? {})
    if (Object.keys(errors).length > 0) return { errors }
    if (type === 'Action.Execute') return execute(deps, acting, message, card, executeAction(action, values), 'manual')
    submit(acting, message, action, values)
    return {}
  }

  /** A message to the app, with a value or as if the person had typed it. */
  function submit(acting: Acting, message: TeamsMessage, { data }: Wire, values: Record<string, string>): void {
    const { msteams, ...own } = isObject(data) ? data : {}
    const teams = isObject(msteams) ? msteams : {}
    if (teams.type === 'imBack') {
      writing.sayBack(acting, String(teams.value))
      return
    }
    if (teams.type !== undefined && teams.type !== 'messageBack') throw new Error(`a submit of type ${String(teams.type)} is not known here`)
    const back = teams.type === 'messageBack' ? (isObject(teams.value) ? teams.value : {}) : own
    const activity = submitActivity(acting, world.ids.message(), message.id, { ...back, ...values }, teams.text === undefined ? undefined : String(teams.text))
    writing.deliver(acting, activity, true)
    message.typed.delete(key)
  }

  function toggle(message: TeamsMessage, action: Wire): void {
    const state = message.toggled.get(key) ?? new Map<string, boolean>()
    message.toggled.set(key, state)
    if (action.type === 'Action.ShowCard') state.set(showCardKey(action), !(state.get(showCardKey(action)) ?? false))
    for (const target of Array.isArray(action.targetElements) ? action.targetElements : []) {
      const id = String(isObject(target) ? target.elementId : target)
      const wanted = isObject(target) && typeof target.isVisible === 'boolean' ? target.isVisible : undefined
      state.set(id, wanted ?? !(state.get(id) ?? initiallyVisible(cardsFor(message, key), id)))
    }
    changed(world)
  }

  function fill(message: TeamsMessage, values: FieldValues): void {
    if (Object.keys(values).length === 0) return
    message.typed.set(key, { ...message.typed.get(key), ...typedValues(usable(message, key).fields, values) })
  }

  return {
    press,
    pressRaw: async (message, action) => execute(deps, writing.actingOn(message), message, 0, { type: 'Action.Execute', ...action }, 'manual'),
    fill,
    async refresh(message) {
      writing.actingOn(message)
      return refreshCard(deps, user, message, 0, 'manual')
    },
    buttons: (message) => [...usable(message, key).controls.map(({ label }) => label), ...suggestions(message.activity).map(({ title }) => String(title))],
    fields: (message) => usable(message, key).fields.map(({ label, id }) => label || id),
    async feedback(message, reaction, text = '') {
      const acting = writing.actingOn(message)
      if (!asksForFeedback(message.activity)) throw new Error('the message asks for no feedback')
      const value = { actionName: 'feedback', actionValue: { reaction, feedback: JSON.stringify({ feedbackText: text }) } }
      const activity = invokeActivity(acting, FEEDBACK, message.id, value)
      acting.conversation.sent.add(String(activity.id))
      const taken = await takenOrFault(world, FEEDBACK, deliveries.invoke(activity))
      if (taken.status !== 200 || (taken.text !== '' && taken.text !== '{}')) fault(world, FEEDBACK, `answered ${taken.status} ${taken.text.slice(0, 200)}`)
      message.feedback.set(key, { reaction, text })
      changed(world)
    },
  }
}

/** Teams shows no more than three. */
function suggestions({ suggestedActions }: Wire): Wire[] {
  return isObject(suggestedActions) ? objectsIn(suggestedActions.actions).slice(0, 3) : []
}

function asksForFeedback({ channelData }: Wire): boolean {
  return isObject(channelData) && (channelData.feedbackLoopEnabled === true || isObject(channelData.feedbackLoop))
}

function initiallyVisible(value: unknown, id: string): boolean {
  if (Array.isArray(value)) return value.every((each) => initiallyVisible(each, id))
  if (!isObject(value)) return true
  if (value.id === id && value.isVisible === false) return false
  return Object.values(value).every((each) => initiallyVisible(each, id))
}
