/** What stands in the inputs of a card, as Teams sends it, and what Teams itself would not send. */

import { objectsIn } from '../../testing/http-bodies.ts'
import type { Control, Field } from './cards.ts'
import type { Wire } from './world.ts'

export type FieldValue = string | number | boolean | readonly string[]
export type FieldValues = Readonly<Record<string, FieldValue>>

/** By input id. @param given by label or id @throws Error for a value that belongs to no input */
export function typedValues(fields: readonly Field[], given: FieldValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = fields.find(({ label }) => label === name) ?? fields.find(({ id }) => id === name)
      if (field === undefined) throw new Error(`there is no field ${name} among ${fields.map(({ label, id }) => `${label} (${id})`).join(', ') || 'none'}`)
      return [field.id, typedInto(field, value)]
    }),
  )
}

function typedInto({ input, label, id }: Field, value: FieldValue): string {
  const type = String(input.type)
  if (type === 'Input.Toggle') return String(value === true ? (input.valueOn ?? 'true') : value === false ? (input.valueOff ?? 'false') : value)
  if (type === 'Input.ChoiceSet')
    return [value]
      .flat()
      .map((each) => choiceOf(input, String(each)))
      .join(',')
  const text = String(value)
  if (typeof input.maxLength === 'number' && text.length > input.maxLength) throw new Error(`${label || id} takes ${input.maxLength} characters at most`)
  return text
}

function choiceOf(input: Wire, wanted: string): string {
  const choices = objectsIn(input.choices)
  const found = choices.find(({ value }) => value === wanted) ?? choices.find(({ title }) => title === wanted)
  if (found === undefined) throw new Error(`there is no choice ${wanted} among ${choices.map(({ title }) => title).join(', ')}`)
  return String(found.value)
}

export interface Inputs {
  /** Empty ones are left out. */
  values: Record<string, string>
  /** By input id. */
  errors: Record<string, string>
}

/** Of the card that the control stands in and those around it. */
export function inputsFor(control: Control, fields: readonly Field[], typed: Readonly<Record<string, string>>): Inputs {
  const inputs: Inputs = { values: {}, errors: {} }
  if (String(control.action.associatedInputs).toLowerCase() === 'none') return inputs
  for (const { input, id, card, path } of fields) {
    if (card !== control.card || !path.every((each, at) => control.path[at] === each)) continue
    const value = typed[id] ?? initialValue(input)
    if (value !== '') inputs.values[id] = value
    if (isWrong(input, value)) inputs.errors[id] = String(input.errorMessage ?? 'This field is required or wrong.')
  }
  return inputs
}

function initialValue({ type, value, valueOff }: Wire): string {
  if (type === 'Input.Toggle') return String(value ?? valueOff ?? 'false')
  return value === undefined ? '' : String(value)
}

/** The client's own checks, before anything is sent. */
function isWrong(input: Wire, value: string): boolean {
  if (value === '' || (input.type === 'Input.Toggle' && value === (input.valueOff ?? 'false'))) return input.isRequired === true
  if (typeof input.regex === 'string') return !new RegExp(input.regex).test(value)
  if (input.type !== 'Input.Number') return false
  const number = Number(value)
  return Number.isNaN(number) || number < Number(input.min ?? Number.NEGATIVE_INFINITY) || number > Number(input.max ?? Number.POSITIVE_INFINITY)
}
