/**
 * What somebody filled in on a card. The id of each input says its kind (`choices:models`): what comes back is text alone, of several choices with
 * commas between them. It comes from people's clients, so it is parsed as anything from outside.
 */
import { z } from 'zod'
import { isDay, isTime } from '../../chat/render/field-values.ts'
import { type FormTarget, FormTargetData, type OpenedFrom } from '../../chat/render/form-target.ts'
import type { Field, FormValues, Submission } from '../../chat/reply.ts'
import { dataOf } from './read-press.ts'

/** What the button of a form carries. */
export interface TeamsFormTarget extends FormTarget {
  /** Inputs for lists: of one that is left empty nothing comes back. */
  lists: readonly string[]
}

export type FilledForm = Submission & OpenedFrom

const LONGEST_TEXT = 20_000
const MOST_CHOSEN = 200

const Target = z.object({ ...FormTargetData.shape, lists: z.array(z.string().max(200)).max(100) })
const Filled = z.looseObject({ form: Target })

const INPUT = /^(line|area|choice|choices|people|day|time):(.{1,100})$/
type Kind = Field['kind']

export function inputId({ kind, id }: Pick<Field, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}

/** A value as it travels: no commas. */
export function choiceCode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

/** @param value of an `adaptiveCard/action` invoke, or of a message that Action.Submit sent @returns nothing for what is no form of ours */
export function readSubmission(value: unknown): FilledForm | undefined {
  return readForm(dataOf(value))
}

/** @param data of the action, with the inputs beside it */
export function readForm(data: unknown): FilledForm | undefined {
  const filled = Filled.safeParse(data).data
  if (filled === undefined) return undefined
  const { form, ...inputs } = filled
  const { on, with: args, place, pressed, lists } = form
  const empty = lists.flatMap((id) => fieldOf(id, ''))
  const given = Object.entries(inputs).flatMap(([id, each]) => fieldOf(id, each))
  return { on, with: args, place, ...(pressed === undefined ? {} : { pressed }), values: Object.fromEntries([...empty, ...given]) satisfies FormValues }
}

function fieldOf(input: string, given: unknown): [string, string | readonly string[]][] {
  const [, kind, id] = INPUT.exec(input) ?? []
  if (kind === undefined || id === undefined || typeof given !== 'string' || given.length > LONGEST_TEXT) return []
  const value = readValue(kind as Kind, given)
  return value === undefined ? [] : [[id, value]]
}

function readValue(kind: Kind, given: string): string | readonly string[] | undefined {
  switch (kind) {
    case 'line':
    case 'area':
      return given === '' ? undefined : given
    case 'choice':
      return decoded(given)
    case 'choices':
      return chosen(given).flatMap((each) => decoded(each) ?? [])
    case 'people':
      return chosen(given)
    case 'day':
      return isDay(given) ? given : undefined
    case 'time':
      return isTime(given) ? given : undefined
  }
}

function chosen(given: string): string[] {
  const all = given.split(',').map((each) => each.trim())
  return [...new Set(all.filter((each) => each !== ''))].slice(0, MOST_CHOSEN)
}

function decoded(code: string): string | undefined {
  try {
    return decodeURIComponent(code) || undefined
  } catch {
    return undefined
  }
}
