/**
 * What somebody filled in on a card. The id of each input says its kind (`choices:models`): what comes back is text alone, of several choices with
 * commas between them. It comes from people's clients, so it is parsed as anything from outside.
 */
import { z } from 'zod'
import type { MessageRef, Place } from '../../chat/exchange.ts'
import type { Field, FormValues, PressArgs, Submission } from '../../chat/reply.ts'
import { dataOf, PressParts } from './press-code.ts'

/** Where a form is opened: what is handed in is answered there. */
export interface OpenedFrom {
  place: Place
  /** The message whose button opened it. */
  pressed?: MessageRef
}

/** What the button of a form carries. */
export interface FormTarget extends OpenedFrom {
  on: string
  with: PressArgs
  /** Inputs for lists: of one that is left empty nothing comes back. */
  lists: readonly string[]
}

export type FilledForm = Submission & OpenedFrom

const LONGEST_TEXT = 20_000
const MOST_CHOSEN = 200

const PlaceData = z.object({ id: z.string(), kind: z.enum(['personal', 'group', 'channel']), thread: z.string().exactOptional() })
const MessageData = z.object({ place: z.string(), id: z.string(), thread: z.string().exactOptional() })
const Target = z.object({ ...PressParts.shape, place: PlaceData, pressed: MessageData.exactOptional(), lists: z.array(z.string().max(200)).max(100) })
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

export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

export function isTime(text: string | undefined): text is string {
  return text !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}
