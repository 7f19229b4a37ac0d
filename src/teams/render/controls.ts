/** Buttons and menus, and what stands in for those that there is no room for. */

import { cleaned, cut, oneLine, shortLabel } from '../../chat/render/clean-text.ts'
import { pressCode } from '../../chat/render/press-code.ts'
import { inGroupsOf, voteButtons } from '../../chat/render/shared-controls.ts'
import type { Button, Menu } from '../../chat/reply.ts'
import type { ActionSet, CardAction, CardElement, ExecuteAction } from './card.ts'
import { inert, unparsed } from './escape.ts'
import { wordsElement } from './inline.ts'
import { pressData } from './read-press.ts'

/** Gives each input of a card that is no field an id of its own. */
export type NextId = () => string

const LONGEST_LABEL = 75
const LONGEST_QUESTION = 1000
/** Teams shows no more in one set. */
const IN_SET = 6
const NOTHING = '–'

export function countMenus(): NextId {
  let count = 0
  return () => `menu:${++count}`
}

export function label(text: string, most = LONGEST_LABEL): string {
  return unparsed(shortLabel(text, most)) || NOTHING
}

/** For choices, which some clients parse as Markdown. */
export function choiceLabel(text: string, most = LONGEST_LABEL): string {
  return inert(shortLabel(text, most)) || NOTHING
}

/** One that asks first opens the question, with the real button under it. Undefined where the press is too long. */
export function actionOf(button: Button, spoken?: string): CardAction | undefined {
  const action = execute(button, spoken)
  if (action === undefined || button.confirm === undefined) return action
  const question = cut(cleaned(button.confirm).trim(), LONGEST_QUESTION) || NOTHING
  return {
    type: 'Action.ShowCard',
    title: action.title,
    ...(action.style === undefined ? {} : { style: action.style }),
    card: { type: 'AdaptiveCard', body: [wordsElement(question), { type: 'ActionSet', actions: [action] }] },
  }
}

function execute({ label: title, press, style }: Button, spoken?: string): ExecuteAction | undefined {
  if (pressCode(press) === undefined) return undefined
  return {
    type: 'Action.Execute',
    title: label(title),
    verb: press.on,
    data: pressData(press),
    associatedInputs: 'none',
    ...(style === undefined ? {} : { style: style === 'primary' ? 'positive' : 'destructive' }),
    ...(spoken === undefined ? {} : { tooltip: label(spoken) }),
  }
}

/**
 * Sets of buttons, and menus each with the button that takes what is chosen; what can't be offered is named, so that nobody looks for it in vain.
 * @param isForm there the button of a menu would hand in all fields: menus open as buttons instead
 */
export function controlElements(items: readonly (Button | Menu)[], next: NextId, isForm: boolean): CardElement[] {
  const elements: CardElement[] = []
  let actions: CardAction[] = []
  const missing: string[] = []
  const flush = () => {
    elements.push(...actionSets(actions))
    actions = []
  }
  for (const item of items) {
    if (item.kind === 'button') {
      const action = actionOf(item)
      if (action === undefined) missing.push(oneLine(item.label))
      else actions.push(action)
      continue
    }
    const { menu, tooLong } = offered(item)
    missing.push(...tooLong)
    if (menu.options.length === 0) continue
    if (isForm) {
      actions.push(asButtons(menu))
    } else {
      flush()
      elements.push(...asChoices(menu, next()))
    }
  }
  flush()
  if (missing.length === 0) return elements
  return [...elements, wordsElement(cut(`Teams has no room for this: ${missing.join(', ')}.`, 2000), { size: 'Small', isSubtle: true })]
}

export function actionSets(actions: readonly CardAction[]): ActionSet[] {
  return inGroupsOf(IN_SET, actions).map((group) => ({ type: 'ActionSet', actions: group }))
}

/** Of options that do the same the first. */
function offered(menu: Menu): { menu: Menu; tooLong: string[] } {
  const byCode = new Map<string, Menu['options'][number]>()
  const tooLong: string[] = []
  for (const option of menu.options) {
    const code = pressCode(option.press)
    if (code === undefined) tooLong.push(oneLine(option.label))
    else if (!byCode.has(code)) byCode.set(code, option)
  }
  return { menu: { ...menu, options: [...byCode.values()] }, tooLong }
}

/** The first is chosen to begin with: the button always means something. */
function asChoices({ label: title, options }: Menu, id: string): CardElement[] {
  const choices = options.map((option) => ({ title: choiceLabel(option.label), value: pressCode(option.press) ?? '' }))
  return [
    { type: 'Input.ChoiceSet', id, label: label(title), style: 'compact', choices, value: choices[0]?.value ?? '' },
    {
      type: 'ActionSet',
      spacing: 'Small',
      actions: [{ type: 'Action.Execute', title: 'Choose', verb: 'menu', data: { menu: id }, associatedInputs: 'auto', tooltip: label(title) }],
    },
  ]
}

function asButtons({ label: title, options }: Menu): CardAction {
  const actions = options.flatMap((option) => actionOf({ kind: 'button', ...option }) ?? [])
  return { type: 'Action.ShowCard', title: label(title), card: { type: 'AdaptiveCard', body: actionSets(actions) } }
}

/** Where Teams' own thumbs can't stand: they belong to messages of text. */
export function feedbackElements(answer: string, next: NextId): CardElement[] {
  return controlElements(voteButtons(answer), next, false)
}
