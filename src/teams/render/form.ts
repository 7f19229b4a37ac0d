/** A form as a card: Teams has no dialog that a message typed by somebody could open. */

import { oneLine } from '../../chat/render/clean-text.ts'
import type { OpenedFrom } from '../../chat/render/form-target.ts'
import { fits } from '../../chat/render/room.ts'
import type { Field, Form, FormErrors, FormValues } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import type { AdaptiveCard, CardElement } from './card.ts'
import { label } from './controls.ts'
import { errorElement, type FieldRoom, fieldElements } from './field.ts'
import { fitCard, roomFor } from './fit-card.ts'
import { inputId, type TeamsFormTarget } from './form-values.ts'
import { type Mentions, mentionsFor, type Names, NOBODY_KNOWN } from './mentions.ts'
import { summaryOf } from './reply.ts'

export interface FormOptions {
  names?: Names
  /** Who can be chosen where the client can't look people up: the members of the conversation. */
  people?: readonly { id: string; name: string }[]
  /** What was filled in before, and what is wrong with it. */
  filled?: { values: FormValues; errors: FormErrors }
}

export interface RenderedForm {
  card: AdaptiveCard
  /** Plain text: what stands in notifications. */
  summary: string
}

const LONGEST_TARGET = 3000
/** From all that Teams takes to what always fits. */
const ROOMS: readonly FieldRoom[] = [
  { options: 100, characters: 3000 },
  { options: 60, characters: 1500 },
  { options: 30, characters: 600 },
  { options: 15, characters: 300 },
  { options: 8, characters: 120 },
  { options: 4, characters: 60 },
]
/** For what stands above the fields. */
const LEAST_FOR_BLOCKS = { characters: 1500, bytes: 3000 }

export function renderForm(form: Form, from: OpenedFrom, { names = NOBODY_KNOWN, people = [], filled }: FormOptions = {}): RenderedForm {
  const { title, blocks = [], fields, submit } = form
  if (fields.length > 0 && submit === undefined) throw new Error(`the form “${title}” asks for something but can't be handed in`)
  const summary = summaryOf(title)
  const conversation = from.place.kind
  const mentions = mentionsFor(blocks, names, conversation !== 'personal')
  const given = fields.map((field) => withValue(field, filled?.values))
  const foot = (room: FieldRoom) => [
    ...otherErrors(fields, filled?.errors, room),
    ...given.flatMap((field) => {
      const error = own(filled?.errors, field.id)
      return fieldElements(field, { room, conversation, people, ...(error === undefined ? {} : { error }) })
    }),
    ...submitElements(form, from),
  ]
  const heading = oneLine(title) === '' ? [] : [{ kind: 'heading', text: title } as const]
  const all = [...heading, ...blocks]
  const shown = all.length > 0 || fields.length > 0 ? all : [{ kind: 'text', parts: [words('…')] } as const]
  return { summary, card: fitCard(shown, { mentions, fallbackText: summary, foot: fitting(foot, mentions, summary), isForm: true }) }
}

function fitting(foot: (room: FieldRoom) => CardElement[], mentions: Mentions, summary: string): CardElement[] {
  for (const room of ROOMS) {
    const elements = foot(room)
    if (fits(LEAST_FOR_BLOCKS, roomFor(elements, mentions, summary))) return elements
  }
  throw new Error(`the form “${summary}” has more fields than a card takes`)
}

function withValue(field: Field, values: FormValues | undefined): Field {
  if (values === undefined) return field
  const { initial: _, ...empty } = field
  const value = own(values, field.id)
  if (field.kind === 'choices' || field.kind === 'people') return { ...empty, ...(Array.isArray(value) ? { initial: value } : {}) } as Field
  return { ...empty, ...(typeof value === 'string' ? { initial: value } : {}) } as Field
}

/** What is wrong with none of the fields. */
function otherErrors(fields: readonly Field[], errors: FormErrors | undefined, room: FieldRoom): CardElement[] {
  const known = new Set(fields.map(({ id }) => id))
  return Object.entries(errors ?? {}).flatMap(([id, error]) => (known.has(id) ? [] : [errorElement(error, room)]))
}

function own<T>(record: Readonly<Record<string, T>> | undefined, id: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, id) ? record[id] : undefined
}

function submitElements({ submit, fields }: Form, { place, pressed }: OpenedFrom): CardElement[] {
  if (submit === undefined) return []
  const lists = fields.filter(({ kind }) => kind === 'choices' || kind === 'people').map(inputId)
  const form: TeamsFormTarget = { on: submit.on, with: submit.with ?? {}, place, ...(pressed === undefined ? {} : { pressed }), lists }
  const length = JSON.stringify(form).length
  if (length > LONGEST_TARGET) throw new Error(`the form for ${submit.on} carries ${length} characters, a card has room for ${LONGEST_TARGET}`)
  return [
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.Execute', title: label(submit.label), verb: submit.on, data: { form }, associatedInputs: 'auto', style: 'positive' }],
    },
  ]
}
