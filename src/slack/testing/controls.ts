/** What somebody can press in blocks, found by what stands on it. */
import type { Wire } from './world.ts'

export interface Control {
  element: Wire
  block: string
  /** All words of the block that it stands in. */
  around: string
  /** Of a menu. */
  option?: Wire
  /** What stands on it; of feedback buttons there are two. */
  label: string
  value?: string
}

const TEXT = (text: unknown): string => String((text as Wire | undefined)?.text ?? '')
const PRESSED = new Set(['button', 'icon_button', 'workflow_button'])
const CHOSEN = new Set(['static_select', 'overflow', 'radio_buttons', 'multi_static_select', 'checkboxes'])

/** By label or action_id; where several have the same label, `beside` is in the words of the block. */
export type Wanted = string | RegExp | { label: string | RegExp; beside: string | RegExp }

/** Every interactive element of the blocks, with those inside containers and cards. */
function elementsIn(blocks: readonly Wire[]): { element: Wire; block: string; around: string }[] {
  return blocks.flatMap((block) => elementsOf(block, String(block.block_id ?? '')).map((each) => ({ ...each, around: wordsIn(block).join(' ') })))
}

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => (name === 'text' && typeof each === 'string' ? [each] : wordsIn(each)))
}

function elementsOf(value: unknown, block: string): { element: Wire; block: string }[] {
  if (Array.isArray(value)) return value.flatMap((each) => elementsOf(each, block))
  if (typeof value !== 'object' || value === null) return []
  const wire = value as Wire
  const inside = typeof wire.block_id === 'string' ? wire.block_id : block
  const nested = Object.entries(wire).flatMap(([name, each]) => (name === 'options' || name === 'option_groups' ? [] : elementsOf(each, inside)))
  return typeof wire.action_id === 'string' ? [{ element: wire, block: inside }, ...nested] : nested
}

/** All that can be pressed or picked. */
export function controlsIn(blocks: readonly Wire[]): Control[] {
  return elementsIn(blocks).flatMap((found): Control[] => {
    const { element } = found
    const type = String(element.type)
    if (PRESSED.has(type)) return [{ ...found, label: TEXT(element.text), ...givenValue(element) }]
    if (CHOSEN.has(type)) return optionsOf(element).map((option) => ({ ...found, option, label: TEXT(option.text), ...givenValue(option) }))
    if (type !== 'feedback_buttons') return [{ ...found, label: TEXT(element.placeholder) }]
    const both = [element.positive_button, element.negative_button] as Wire[]
    return both.map((button) => ({ ...found, label: TEXT(button.text), ...givenValue(button) }))
  })
}

export function optionsOf(element: Wire): Wire[] {
  const groups = (element.option_groups as Wire[] | undefined) ?? []
  return [...((element.options as Wire[] | undefined) ?? []), ...groups.flatMap((group) => (group.options as Wire[] | undefined) ?? [])]
}

function givenValue({ value }: Wire): { value?: string } {
  return typeof value === 'string' ? { value } : {}
}

/** @throws Error naming what there is */
export function findControl(blocks: readonly Wire[], wanted: Wanted, which: (control: Control) => boolean = () => true): Control {
  const { label, beside } = typeof wanted === 'string' || wanted instanceof RegExp ? { label: wanted, beside: '' } : wanted
  const controls = controlsIn(blocks).filter(
    (control) => which(control) && (typeof beside === 'string' ? control.around.includes(beside) : beside.test(control.around)),
  )
  const fits = (text: string) => (typeof label === 'string' ? text === label : label.test(text))
  const found = controls.find((control) => fits(control.label)) ?? controls.find(({ element }) => fits(String(element.action_id)))
  if (found === undefined)
    throw new Error(`there is nothing to press called ${label} among ${controls.map((control) => control.label).join(', ') || 'nothing'}`)
  return found
}

/** As it stands in `actions` of a payload. */
export function actionOf({ element, block, option, label, value }: Control, actionTs: string): Wire {
  const type = String(element.type)
  const common = { type, action_id: element.action_id, block_id: block, action_ts: actionTs }
  if (type === 'feedback_buttons') return { ...common, value, text: { type: 'plain_text', text: label, emoji: true } }
  if (type === 'multi_static_select' || type === 'checkboxes') return { ...common, selected_options: [option] }
  if (option !== undefined) return { ...common, selected_option: option, ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }) }
  const { text, url, style, confirm } = element
  const given = Object.entries({ text, value, url, style, confirm }).filter(([, each]) => each !== undefined)
  return { ...common, ...Object.fromEntries(given) }
}
