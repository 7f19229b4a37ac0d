/** Buttons and menus, and what stands in for those that Slack has no room for. */
import type {
  ActionsBlock,
  Button as ButtonElement,
  ConfirmationDialog,
  ContextActionsBlock,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
  StaticSelect,
} from '@slack/types'
import { cleaned, cut, oneLine, shortLabel } from '../../chat/render/clean-text.ts'
import { pressCode } from '../../chat/render/press-code.ts'
import { inGroupsOf, voteButtons } from '../../chat/render/shared-controls.ts'
import type { Button, Menu, Press } from '../../chat/reply.ts'

/** Gives each control of a message a name of its own, which begins with what it does. */
export type NextAction = (on: string) => string

const LONGEST_LABEL = 75
/** Of the code of a press: Slack takes 2,000 characters for a button, which is the most there is, and less for an option. */
const LONGEST_IN_OPTION = 150
/** Slack takes no empty text. */
const NOTHING = '–'
const IN_MENU = 100
const IN_ROW = 25

export function countActions(): NextAction {
  let count = 0
  return (on) => `${on}:${count++}`
}

export function plain(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: shortLabel(text, most) || NOTHING, emoji: false }
}

/** Undefined where the press is too long for a button. */
export function buttonElement({ label, press, style, confirm }: Button, next: NextAction, spoken?: string): ButtonElement | undefined {
  const value = pressCode(press)
  if (value === undefined) return undefined
  return {
    type: 'button',
    action_id: next(press.on),
    text: plain(label, LONGEST_LABEL),
    value,
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: confirmation(label, confirm, style) }),
    ...(spoken === undefined ? {} : { accessibility_label: shortLabel(spoken, LONGEST_LABEL) }),
  }
}

function confirmation(label: string, question: string, style: Button['style']): ConfirmationDialog {
  return {
    title: plain(label, 100),
    text: { type: 'plain_text', text: cut(cleaned(question).trim(), 300) || NOTHING, emoji: false },
    confirm: plain(label, 30),
    deny: plain('Cancel', 30),
    ...(style === undefined ? {} : { style }),
  }
}

/** Rows of controls; what can't be offered is named, so that nobody looks for it in vain. */
export function controlBlocks(items: readonly (Button | Menu)[], next: NextAction): KnownBlock[] {
  const elements: (ButtonElement | StaticSelect)[] = []
  const missing: string[] = []
  for (const item of items) {
    for (const control of item.kind === 'menu' ? menuControls(item) : [item]) {
      const element = control.kind === 'menu' ? menuElement(control, next) : buttonElement(control, next)
      if (element === undefined) missing.push(oneLine(control.label))
      else elements.push(element)
    }
  }
  const rows = inGroupsOf(IN_ROW, elements).map((row): ActionsBlock => ({ type: 'actions', elements: row }))
  if (missing.length === 0) return rows
  const text = cut(`Slack has no room for this: ${missing.join(', ')}.`, 2000)
  return [...rows, { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }]
}

/** As one menu, as several where it is long, and as buttons where what an option does is too long for an option. */
function menuControls(menu: Menu): (Button | Menu)[] {
  const short = menu.options.filter(({ press }) => pressCode(press, LONGEST_IN_OPTION) !== undefined)
  const long = menu.options.filter((option) => !short.includes(option)).map(({ label, press }): Button => ({ kind: 'button', label, press }))
  const groups = inGroupsOf(IN_MENU, distinct(short))
  const menus = groups.map(
    (options, i): Menu => ({ ...menu, label: groups.length === 1 ? menu.label : `${menu.label} (${i + 1} of ${groups.length})`, options }),
  )
  return [...menus, ...long]
}

/** Two options that do the same would be one value twice. */
function distinct<T extends { press: Press }>(options: readonly T[]): T[] {
  const seen = new Set<string | undefined>()
  return options.filter(({ press }) => {
    const code = pressCode(press, LONGEST_IN_OPTION)
    return !seen.has(code) && seen.add(code) !== undefined
  })
}

function menuElement({ label, options }: Menu, next: NextAction): StaticSelect {
  const on = options[0]?.press.on ?? ''
  return {
    type: 'static_select',
    action_id: next(on),
    placeholder: plain(label, 150),
    options: options.map((option): PlainTextOption => ({ text: plain(option.label, LONGEST_LABEL), value: pressCode(option.press, LONGEST_IN_OPTION) ?? '' })),
  }
}

/** In Slack's own form where the surface has it. */
export function feedbackBlocks(answer: string, isMessage: boolean, next: NextAction): KnownBlock[] {
  const [up, down] = voteButtons(answer)
  const [positive, negative] = [pressCode(up.press), pressCode(down.press)]
  if (!isMessage || positive === undefined || negative === undefined) return controlBlocks([up, down], next)
  const block: ContextActionsBlock = {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: next(up.press.on),
        positive_button: { text: plain(up.label, LONGEST_LABEL), value: positive, accessibility_label: 'This answer was helpful' },
        negative_button: { text: plain(down.label, LONGEST_LABEL), value: negative, accessibility_label: 'This answer was not helpful' },
      },
    ],
  }
  return [block]
}
