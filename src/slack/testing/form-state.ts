/** What stands in the fields of a view, in the form that Slack sends it. */
import { optionsOf } from './controls.ts'
import type { Wire } from './world.ts'

export type FieldValue = string | readonly string[] | undefined
export type FieldValues = Readonly<Record<string, FieldValue>>

const TEXT = (text: unknown): string => String((text as Wire | undefined)?.text ?? '')

/** By field type: where the value stands in the state, and where its first value stands in the element. */
const PLAIN: Record<string, { state: string; initial: string; list?: true }> = {
  plain_text_input: { state: 'value', initial: 'initial_value' },
  number_input: { state: 'value', initial: 'initial_value' },
  email_text_input: { state: 'value', initial: 'initial_value' },
  url_text_input: { state: 'value', initial: 'initial_value' },
  datepicker: { state: 'selected_date', initial: 'initial_date' },
  timepicker: { state: 'selected_time', initial: 'initial_time' },
  users_select: { state: 'selected_user', initial: 'initial_user' },
  multi_users_select: { state: 'selected_users', initial: 'initial_users', list: true },
  channels_select: { state: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { state: 'selected_channels', initial: 'initial_channels', list: true },
  conversations_select: { state: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { state: 'selected_conversations', initial: 'initial_conversations', list: true },
}
const ONE_OF = new Set(['static_select', 'radio_buttons'])
const SOME_OF = new Set(['multi_static_select', 'checkboxes'])

export interface FormState {
  values: Record<string, Record<string, Wire>>
  /** By block: what Slack itself would not send. */
  errors: Record<string, string>
}

/** @param given by label, block_id or action_id of a field @throws Error for a value that belongs to no field */
export function formState(blocks: readonly Wire[], given: FieldValues = {}): FormState {
  const state: FormState = { values: {}, errors: {} }
  const used = new Set<string>()
  for (const block of blocks) {
    const elements = block.type === 'input' ? [block.element as Wire] : ((block.elements as Wire[] | undefined) ?? [block.accessory as Wire]).filter(Boolean)
    for (const element of elements) {
      const id = String(block.block_id)
      const name = [TEXT(block.label), id, String(element.action_id)].find((each) => each in given)
      if (name !== undefined) used.add(name)
      const value = fieldState(element, name === undefined ? undefined : given[name], name !== undefined)
      if (value === undefined) continue
      state.values[id] = { ...state.values[id], [String(element.action_id)]: value }
      const error = block.type === 'input' ? errorOf(block, element, value) : undefined
      if (error !== undefined) state.errors[id] = error
    }
  }
  const unused = Object.keys(given).filter((name) => !used.has(name))
  if (unused.length > 0) throw new Error(`there is no field ${unused.join(', ')} among ${fieldNames(blocks).join(', ') || 'none'}`)
  return state
}

function fieldNames(blocks: readonly Wire[]): string[] {
  return blocks.flatMap((block) => (block.type === 'input' ? [`${TEXT(block.label)} (${String(block.block_id)})`] : []))
}

/** Undefined for what has no value, such as buttons. */
function fieldState(element: Wire, given: FieldValue, isGiven: boolean): Wire | undefined {
  const type = String(element.type)
  const plain = PLAIN[type]
  if (plain !== undefined) {
    const value = isGiven ? given : (element[plain.initial] as FieldValue)
    return { type, [plain.state]: value ?? (plain.list ? [] : null) }
  }
  if (ONE_OF.has(type))
    return { type, selected_option: isGiven ? (given === undefined ? null : optionOf(element, String(given))) : (element.initial_option ?? null) }
  if (!SOME_OF.has(type)) return undefined
  const chosen = isGiven ? [given ?? []].flat().map((each) => optionOf(element, each)) : ((element.initial_options as Wire[] | undefined) ?? [])
  return { type, selected_options: chosen }
}

function optionOf(element: Wire, wanted: string): Wire {
  const options = optionsOf(element)
  const found = options.find(({ value }) => value === wanted) ?? options.find(({ text }) => TEXT(text) === wanted)
  if (found === undefined) throw new Error(`there is no option ${wanted} among ${options.map(({ text }) => TEXT(text)).join(', ')}`)
  return found
}

/** Slack's own checks, before anything is sent. */
function errorOf(block: Wire, element: Wire, { type: _type, ...state }: Wire): string | undefined {
  const [value] = Object.values(state)
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (empty) return block.optional === true ? undefined : 'Please complete this required field.'
  if (typeof value !== 'string') return undefined
  if (typeof element.max_length === 'number' && value.length > element.max_length) return `This field allows at most ${element.max_length} characters.`
  if (typeof element.min_length === 'number' && value.length < element.min_length) return `This field needs at least ${element.min_length} characters.`
  return undefined
}
