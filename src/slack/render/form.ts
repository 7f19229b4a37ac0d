/** A form as a modal, and what somebody filled in. */
import type { InputBlock, KnownBlock, ModalView, Option } from '@slack/types'
import { z } from 'zod'
import { cleaned, cut } from '../../chat/render/clean-text.ts'
import { isDay, isTime, leftOutNote, offeredOptions } from '../../chat/render/field-values.ts'
import { type FormTarget, FormTargetData, type OpenedFrom } from '../../chat/render/form-target.ts'
import { jsonOf } from '../../chat/render/press-code.ts'
import type { Field, FieldOption, Form, FormValues } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import { viewBlocks } from './blocks.ts'
import { countActions, plain } from './controls.ts'
import { isPerson } from './slack-ids.ts'

/** The `callback_id` of every modal. */
export const FORM = 'form'

/** What can only be read is never handed in, but what is pressed in it asks where it was opened. */
const READING = { on: 'read', with: {} }

const LONGEST_TITLE = 24
const LONGEST_METADATA = 3000
const LONGEST_TEXT = 3000
const LONGEST_HINT = 2000
const LONGEST_VALUE = 150
const RADIOS = 5
const CHECKBOXES = 10
const OPTIONS = 100
/** Other controls in a modal have values too, and are no fields. */
const FIELD = 'field:'

export function renderForm({ title, blocks = [], fields, submit }: Form, from: OpenedFrom): ModalView {
  if (fields.length > 0 && submit === undefined) throw new Error(`the form “${title}” asks for something but can't be handed in`)
  const shown = [...viewBlocks(blocks, countActions(), fields.length), ...fields.map(fieldBlock)]
  return {
    type: 'modal',
    callback_id: FORM,
    title: plain(title, LONGEST_TITLE),
    close: plain(submit === undefined ? 'Close' : 'Cancel', LONGEST_TITLE),
    ...(submit === undefined ? {} : { submit: plain(submit.label, LONGEST_TITLE) }),
    private_metadata: metadataOf(submit === undefined ? { ...from, ...READING } : { ...from, on: submit.on, with: submit.with ?? {} }),
    blocks: shown.length > 0 ? shown : viewBlocks([{ kind: 'text', parts: [words(title || '…')] }], countActions()),
  }
}

function metadataOf({ on, with: args, place, pressed }: FormTarget): string {
  const metadata = JSON.stringify({ on, with: args, place, ...(pressed === undefined ? {} : { pressed }) } satisfies FormTarget)
  if (metadata.length > LONGEST_METADATA) throw new Error(`the form for ${on} carries ${metadata.length} characters, Slack takes ${LONGEST_METADATA}`)
  return metadata
}

/** Slack takes no choice among nothing. */
function fieldBlock(field: Field): KnownBlock {
  if ((field.kind !== 'choice' && field.kind !== 'choices') || offered(field).length > 0) return inputBlock(field)
  return { type: 'section', text: plain(`${field.label}: there is nothing to choose from.`, LONGEST_TEXT) }
}

function inputBlock(field: Field): InputBlock {
  const notes = [field.hint, leftOut(field)].filter((each) => each !== undefined && each !== '').join(' ')
  return {
    type: 'input',
    block_id: field.id,
    label: plain(field.label, LONGEST_HINT),
    ...(notes === '' ? {} : { hint: plain(notes, LONGEST_HINT) }),
    optional: field.optional ?? false,
    element: inputElement(field),
  }
}

function inputElement(field: Field): InputBlock['element'] {
  const action_id = `${FIELD}${field.id}`
  switch (field.kind) {
    case 'line':
    case 'area': {
      const max_length = Math.min(Math.max(field.longest ?? LONGEST_TEXT, 1), LONGEST_TEXT)
      const initial = cut(cleaned(field.initial ?? ''), max_length)
      return {
        type: 'plain_text_input',
        action_id,
        multiline: field.kind === 'area',
        max_length,
        ...(initial === '' ? {} : { initial_value: field.kind === 'line' ? initial.replaceAll('\n', ' ') : initial }),
        ...(field.placeholder ? { placeholder: plain(field.placeholder, 150) } : {}),
      }
    }
    case 'choice': {
      const options = optionsOf(field)
      const initial_option = options.find(({ value }) => value === field.initial)
      const common = { action_id, options, ...(initial_option === undefined ? {} : { initial_option }) }
      const asRadios = options.length <= RADIOS && options.some(({ description }) => description !== undefined)
      return asRadios ? { type: 'radio_buttons', ...common } : { type: 'static_select', ...common }
    }
    case 'choices': {
      const options = optionsOf(field)
      const initial_options = options.filter(({ value }) => field.initial?.includes(value))
      const common = { action_id, options, ...(initial_options.length === 0 ? {} : { initial_options }) }
      return options.length <= CHECKBOXES ? { type: 'checkboxes', ...common } : { type: 'multi_static_select', ...common }
    }
    case 'people': {
      const initial_users = [...new Set(field.initial?.filter(isPerson))]
      return { type: 'multi_users_select', action_id, ...(initial_users.length === 0 ? {} : { initial_users }) }
    }
    case 'day':
      return { type: 'datepicker', action_id, ...(isDay(field.initial) ? { initial_date: field.initial } : {}) }
    case 'time':
      return { type: 'timepicker', action_id, ...(isTime(field.initial) ? { initial_time: field.initial } : {}) }
  }
}

type PlainOption = Extract<Option, { text: { type: 'plain_text' } }> & { value: string }

function optionsOf(field: { options: readonly FieldOption[] }): PlainOption[] {
  return offered(field).map(({ value, label, description }) => ({
    text: plain(label, 75),
    value,
    ...(description ? { description: plain(description, 75) } : {}),
  }))
}

function offered({ options }: { options: readonly FieldOption[] }): FieldOption[] {
  return offeredOptions(options, OPTIONS, (value) => value.length <= LONGEST_VALUE)
}

/** Empty for what offers nothing. */
function leftOut(field: Field): string {
  return 'options' in field ? leftOutNote(field.options, offered(field), 'Slack') : ''
}

/** @param metadata a view's `private_metadata` @returns nothing for a view that is none of ours */
export function readTarget(metadata: string): FormTarget | undefined {
  return FormTargetData.safeParse(jsonOf(metadata)).data
}

const Chosen = z.object({ value: z.string() })
const Filled = z.union([
  z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }).transform(({ value }) => value || undefined),
  z.object({ type: z.enum(['static_select', 'radio_buttons']), selected_option: Chosen.nullish() }).transform((each) => each.selected_option?.value),
  z
    .object({ type: z.enum(['checkboxes', 'multi_static_select']), selected_options: z.array(Chosen).nullish() })
    .transform((each) => each.selected_options?.map(({ value }) => value) ?? []),
  z.object({ type: z.literal('multi_users_select'), selected_users: z.array(z.string()).nullish() }).transform((each) => each.selected_users ?? []),
  z.object({ type: z.literal('datepicker'), selected_date: z.string().nullish() }).transform((each) => each.selected_date ?? undefined),
  z.object({ type: z.literal('timepicker'), selected_time: z.string().nullish() }).transform((each) => each.selected_time ?? undefined),
])
const Values = z.record(z.string(), z.record(z.string(), z.unknown()))

/** @param values a view's `state.values` @returns what fits; the fields that are left out or strange are left out */
export function readValues(values: unknown): FormValues {
  const state = Values.safeParse(values).data ?? {}
  const read = Object.entries(state).flatMap(([id, elements]): [string, string | readonly string[]][] => {
    const element = Object.hasOwn(elements, `${FIELD}${id}`) ? elements[`${FIELD}${id}`] : undefined
    const value = Filled.safeParse(element).data
    return value === undefined ? [] : [[id, value]]
  })
  return Object.fromEntries(read)
}
