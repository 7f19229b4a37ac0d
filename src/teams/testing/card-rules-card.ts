/** What Teams would not take of an Adaptive Card, or would show otherwise than it is meant: by Microsoft's own library and by Teams' documentation. */
import { libraryFaults } from './card-rules-library.ts'
import { isObject, isWebAddress, mentionFaults, type Part, PROPERTIES, partsOf, SHOWN, sizesOf, textOf } from './card-rules-shape.ts'

/** 28 KB with room for what is around the card; in UTF-16 each character is two. */
const MOST_BYTES = 28_000
const MOST_ACTIONS = 6
const MOST_IN_REFRESH = 60
const MOST_PICTURE_BYTES = 1_048_576
const MOST_PICTURE_SIDE = 1024
const VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5']
const PEOPLE = ['graph.microsoft.com/users', 'graph.microsoft.com/users?scope=currentContext']

/** One line for each fault; nothing for a card that Teams takes. @param isDrawn whether it is drawn too, which takes some milliseconds */
export function cardFaults(card: unknown, isDrawn = true): string[] {
  if (!isObject(card) || card.type !== 'AdaptiveCard') return ['it is no Adaptive Card']
  const parts = partsOf(card)
  return [...rootFaults(card), ...parts.flatMap(partFaults), ...idFaults(parts), ...mentionsInCard(card, parts), ...libraryFaults(forLibrary(card), isDrawn)]
}

function rootFaults(card: Part): string[] {
  const { characters, bytes } = sizesOf(card)
  return [
    ...(VERSIONS.includes(textOf(card.version)) ? [] : [`version ${String(card.version)} is none that Teams shows`]),
    ...(Array.isArray(card.body) && card.body.length > 0 ? [] : ['body is empty']),
    ...(characters * 2 > MOST_BYTES ? [`it has ${characters * 2} bytes in UTF-16, at most ${MOST_BYTES}`] : []),
    ...(bytes > MOST_BYTES ? [`it has ${bytes} bytes in UTF-8, at most ${MOST_BYTES}`] : []),
    ...refreshFaults(card.refresh),
  ]
}

function refreshFaults(refresh: unknown): string[] {
  if (refresh === undefined) return []
  const { action, userIds = [] } = isObject(refresh) ? refresh : {}
  return [
    ...(isObject(action) && action.type === 'Action.Execute' ? [] : ['refresh has no Action.Execute']),
    ...(Array.isArray(userIds) && userIds.length <= MOST_IN_REFRESH ? [] : [`refresh is for more than ${MOST_IN_REFRESH} people`]),
  ]
}

function partFaults(part: Part): string[] {
  const type = textOf(part.type)
  const known = PROPERTIES[type]
  const unknown = known === undefined ? [] : Object.keys(part).filter((name) => !known.includes(name))
  return [
    ...unknown.map((name) => `${type} has no ${name}`),
    ...shownFaults(part),
    ...actionFaults(part),
    ...inputFaults(part),
    ...(type === 'Image' ? imageFaults(part) : []),
  ]
}

function shownFaults(part: Part): string[] {
  const type = textOf(part.type)
  const faults: string[] = []
  if ((type === 'TextBlock' || type === 'TextRun') && textOf(part.text) === '') faults.push(`${type} has no text`)
  if (type === 'RichTextBlock' && !(Array.isArray(part.inlines) && part.inlines.length > 0)) faults.push('RichTextBlock has no inlines')
  if (type === 'Container' && !(Array.isArray(part.items) && part.items.length > 0)) faults.push('Container has no items')
  for (const [name, value] of Object.entries(part)) {
    if (typeof value !== 'string') continue
    if (!value.isWellFormed()) faults.push(`${type}.${name} has half a character`)
    if (SHOWN.has(name) && /\{\{|\$\{/.test(value)) faults.push(`${type}.${name} is filled in as a template`)
  }
  return faults
}

function actionFaults(part: Part): string[] {
  const type = textOf(part.type)
  const faults: string[] = []
  if (Array.isArray(part.actions) && part.actions.length > MOST_ACTIONS) faults.push(`${type} has ${part.actions.length} actions, at most ${MOST_ACTIONS}`)
  if (type === 'ActionSet' && !(Array.isArray(part.actions) && part.actions.length > 0)) faults.push('ActionSet has no actions')
  if (!type.startsWith('Action.')) return faults
  if (textOf(part.title).trim() === '') faults.push(`${type} has no title`)
  if (type === 'Action.Execute' && textOf(part.verb) === '') faults.push('Action.Execute has no verb')
  if ((type === 'Action.Execute' || type === 'Action.Submit') && !isObject(part.data)) faults.push(`${type} carries no data`)
  if (type === 'Action.OpenUrl' && !isWebAddress(part.url)) faults.push('Action.OpenUrl must open a web page')
  return faults
}

function inputFaults(part: Part): string[] {
  const type = textOf(part.type)
  if (!type.startsWith('Input.')) return []
  const faults: string[] = []
  if (textOf(part.id) === '') faults.push(`${type} has no id`)
  if (textOf(part.label) === '') faults.push(`${type} has no label`)
  if (part.isRequired === true && textOf(part.errorMessage) === '') faults.push(`${type} is required without an errorMessage`)
  if (type === 'Input.Text' && typeof part.maxLength === 'number' && textOf(part.value).length > part.maxLength) faults.push('Input.Text begins too long')
  if (type === 'Input.Date' && part.value !== undefined && Number.isNaN(Date.parse(textOf(part.value)))) faults.push('Input.Date begins with no date')
  return type === 'Input.ChoiceSet' ? [...faults, ...choiceFaults(part)] : faults
}

function choiceFaults(part: Part): string[] {
  const choices = Array.isArray(part.choices) ? part.choices.filter(isObject) : []
  const values = choices.map(({ value }) => textOf(value))
  const chosen = part.isMultiSelect === true ? textOf(part.value).split(',') : [textOf(part.value)]
  const query = part['choices.data']
  const isPicker = isObject(query) && query.type === 'Data.Query' && PEOPLE.includes(textOf(query.dataset))
  return [
    ...(query !== undefined && !isPicker ? ['Input.ChoiceSet looks up what Teams does not know'] : []),
    ...(choices.length === 0 && !isPicker ? ['Input.ChoiceSet has no choices'] : []),
    ...(choices.some(({ title }) => textOf(title).trim() === '') || values.includes('') ? ['a choice has no title or value'] : []),
    ...(new Set(values).size < values.length ? ['two choices have one value'] : []),
    ...(part.isMultiSelect === true && values.some((value) => value.includes(',')) ? ['a choice of several has a comma in its value'] : []),
    ...(isPicker || chosen.every((value) => value === '' || values.includes(value)) ? [] : ['it begins with what is no choice']),
  ]
}

function imageFaults({ url, altText }: Part): string[] {
  const faults = textOf(altText).trim() === '' ? ['Image has no altText'] : []
  const [, data] = /^data:image\/(?:png|jpeg|gif);base64,([A-Za-z0-9+/]+=*)$/.exec(textOf(url)) ?? []
  if (data === undefined) return [...faults, ...(textOf(url).startsWith('https:') ? [] : ['Image must be an https address or a picture itself'])]
  const bytes = Buffer.from(data, 'base64')
  if (bytes.length > MOST_PICTURE_BYTES) faults.push('Image has more than a megabyte')
  if (bytes.subarray(1, 4).toString() === 'PNG' && Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) > MOST_PICTURE_SIDE)
    faults.push(`Image is more than ${MOST_PICTURE_SIDE} pixels wide or high`)
  return faults
}

function idFaults(parts: readonly Part[]): string[] {
  const ids = parts.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map((id) => `the id ${id} is there twice`)
}

/** Teams looks for mentions in these alone. */
function mentionsInCard(card: Part, parts: readonly Part[]): string[] {
  const entities = isObject(card.msteams) && Array.isArray(card.msteams.entities) ? card.msteams.entities.filter(isObject) : []
  const parsed = parts.filter(({ type }) => type === 'TextBlock').map(({ text }) => textOf(text))
  const written = parts.filter(({ type }) => type === 'TextRun').filter(({ text }) => /<\/?at\b/i.test(textOf(text)))
  return [...mentionFaults(entities, parsed.join('\n'), 'msteams.entities'), ...written.map(() => 'a mention in rich text mentions nobody')]
}

/** Without people pickers, which are Teams' own: the library knows them from the next version on. */
function forLibrary(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forLibrary)
  if (!isObject(value)) return value
  const { 'choices.data': picker, ...rest } = value
  const copy = Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, name === 'data' ? each : forLibrary(each)]))
  return picker !== undefined && Array.isArray(copy.choices) && copy.choices.length === 0 ? { ...copy, choices: [{ title: 'somebody', value: 'x' }] } : copy
}
