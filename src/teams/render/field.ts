/** A field of a form as an input of a card, with what is said beside it. */
import type { Place } from '../../chat/exchange.ts'
import { cleaned, cut, oneLine } from '../../chat/render/clean-text.ts'
import { isDay, isTime, leftOutNote, offeredOptions } from '../../chat/render/field-values.ts'
import type { Field, FieldOption } from '../../chat/reply.ts'
import type { CardElement, ChoiceSet, InputElement } from './card.ts'
import { choiceLabel, label } from './controls.ts'
import { choiceCode, inputId } from './form-values.ts'
import { wordsElement } from './inline.ts'
import { isPerson } from './teams-ids.ts'

/** How much each field may hold. */
export interface FieldRoom {
  options: number
  characters: number
}

export interface FieldParts {
  room: FieldRoom
  conversation: Place['kind']
  /** Offered where the client can't look people up. */
  people: readonly { id: string; name: string }[]
  error?: string
}

const LONGEST_INPUT = 3000
const LONGEST_VALUE = 150
/** As radio buttons or boxes; more of them are a menu. */
const EXPANDED = 6
const MOST_PEOPLE = 100

export function fieldElements(field: Field, parts: FieldParts): CardElement[] {
  const { room, error } = parts
  if ((field.kind === 'choice' || field.kind === 'choices') && offered(field, room).length === 0) {
    return [wordsElement(`${label(field.label, room.characters)}: there is nothing to choose from.`)]
  }
  const notes = [field.hint ?? '', leftOut(field, room)].map((note) => cut(oneLine(note), room.characters)).filter((note) => note !== '')
  return [
    inputElement(field, parts),
    ...(error === undefined ? [] : [errorElement(error, room)]),
    ...(notes.length === 0 ? [] : [{ ...wordsElement(notes.join(' '), { size: 'Small', isSubtle: true }), spacing: 'Small' as const }]),
  ]
}

export function errorElement(error: string, room: FieldRoom): CardElement {
  return { ...wordsElement(cut(oneLine(error), room.characters), { color: 'Attention', weight: 'Bolder' }), spacing: 'Small' }
}

function inputElement(field: Field, { room, conversation, people }: FieldParts): InputElement {
  const base = {
    id: inputId(field),
    label: label(field.label, room.characters),
    ...(field.optional ? {} : { isRequired: true as const, errorMessage: errorMessage(field) }),
  }
  switch (field.kind) {
    case 'line':
    case 'area': {
      const maxLength = Math.min(Math.max(field.longest ?? LONGEST_INPUT, 1), LONGEST_INPUT)
      const given = cut(cleaned(field.initial ?? ''), Math.min(maxLength, room.characters))
      const value = field.kind === 'line' ? given.replaceAll('\n', ' ') : given
      return {
        type: 'Input.Text',
        ...base,
        maxLength,
        ...(field.kind === 'area' ? { isMultiline: true } : {}),
        ...(value === '' ? {} : { value }),
        ...(field.placeholder ? { placeholder: label(field.placeholder, Math.min(150, room.characters)) } : {}),
      }
    }
    case 'choice':
    case 'choices': {
      const choices = choicesOf(offered(field, room))
      const initial = field.kind === 'choice' ? [field.initial ?? ''] : (field.initial ?? [])
      const codes = choices.map(({ value }) => value).filter((value) => initial.some((each) => choiceCode(each) === value))
      return {
        type: 'Input.ChoiceSet',
        ...base,
        choices,
        ...(choices.length <= EXPANDED ? { style: 'expanded', wrap: true } : { style: 'compact' }),
        ...(field.kind === 'choices' ? { isMultiSelect: true } : {}),
        ...(codes.length === 0 ? {} : { value: codes.join(',') }),
      }
    }
    case 'people':
      return { ...base, ...peoplePicker(field.initial ?? [], people.slice(0, Math.min(room.options, MOST_PEOPLE)), conversation) }
    case 'day':
      return { type: 'Input.Date', ...base, ...(isDay(field.initial) ? { value: field.initial } : {}) }
    case 'time':
      return { type: 'Input.Time', ...base, ...(isTime(field.initial) ? { value: field.initial } : {}) }
  }
}

function errorMessage({ kind }: Field): string {
  return kind === 'line' || kind === 'area' ? 'Write something here.' : 'Choose something here.'
}

/** https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker: everybody can be found in personal chats only. */
function peoplePicker(
  initial: readonly string[],
  people: FieldParts['people'],
  conversation: Place['kind'],
): Pick<ChoiceSet, 'type' | 'choices' | 'choices.data' | 'isMultiSelect' | 'value'> {
  const known = people.filter(({ id }) => isPerson(id))
  const value = [...new Set(initial.filter(isPerson))].join(',')
  const dataset = `graph.microsoft.com/users${conversation === 'personal' ? '' : '?scope=currentContext'}`
  return {
    type: 'Input.ChoiceSet',
    choices: [...new Map(known.map((each) => [each.id, each])).values()].map(({ id, name }) => ({ title: choiceLabel(name), value: id })),
    'choices.data': { type: 'Data.Query', dataset },
    isMultiSelect: true,
    ...(value === '' ? {} : { value }),
  }
}

/** A choice has one line: what it means stands behind its name. */
function choicesOf(options: readonly FieldOption[]): ChoiceSet['choices'] {
  return options.map(({ value, label: name, description }) => ({
    title: choiceLabel(description ? `${oneLine(name)}: ${description}` : name, description ? 200 : 75),
    value: choiceCode(value),
  }))
}

function offered({ options }: { options: readonly FieldOption[] }, room: FieldRoom): FieldOption[] {
  return offeredOptions(options, room.options, (value) => value.isWellFormed() && choiceCode(value).length <= LONGEST_VALUE)
}

/** Empty for what offers nothing. */
function leftOut(field: Field, room: FieldRoom): string {
  return 'options' in field ? leftOutNote(field.options, offered(field, room), 'Teams') : ''
}
