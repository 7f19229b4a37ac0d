/**
 * What Slack would not take of a message, modal or Home view, by its documentation and, where that is silent, by what people measured:
 * written apart from the code that renders, so that the one holds the other.
 */
import { blockRule } from './block-kit-rules-blocks.ts'
import { plainText } from './block-kit-rules-elements.ts'
import { booleanRule, type Inspection, isObject, listOf, objectOf, oneOf, type Rule, type Surface, textRule } from './block-kit-rules-shape.ts'

export interface SlackPayload {
  text?: unknown
  /** A list, or its JSON as it comes in a form. */
  blocks?: unknown
  attachments?: unknown
  /** A modal or Home view, or its JSON. */
  view?: unknown
}

const MOST_BLOCKS = { message: 50, modal: 100, home: 100 } as const
/** Of the text that stands for a message; counted in bytes, as `chat.update` does. */
const MOST_TEXT_BYTES = 4000
/** A message fails near 13,200 characters, where each block counts for about a hundred besides its text. */
const MOST_MESSAGE = 13_200
const EACH_BLOCK = 100
const MOST_IN_TABLES = 10_000
const MOST_IN_MARKDOWN = 12_000
const MOST_VIEW_BYTES = 250_000

/** One line for each fault, with where it is; nothing for a payload that Slack takes. */
export function blockKitFaults(payload: SlackPayload): string[] {
  const faults: string[] = []
  if (payload.view !== undefined) faults.push(...viewFaults(parsed(payload.view)))
  else if (payload.text === undefined && payload.blocks === undefined && payload.attachments === undefined)
    faults.push('text, blocks or attachments are missing')
  if (payload.text !== undefined) faults.push(...textFaults(payload.text))
  if (payload.blocks !== undefined) faults.push(...messageFaults(parsed(payload.blocks), 'blocks'))
  if (payload.attachments !== undefined) faults.push(...attachmentFaults(parsed(payload.attachments)))
  return faults
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function textFaults(text: unknown): string[] {
  const inspection: Inspection = { surface: 'message', faults: [] }
  textRule({ least: 0 })(text, 'text', inspection)
  const bytes = Buffer.byteLength(String(text))
  if (bytes > MOST_TEXT_BYTES) inspection.faults.push(`text must have at most ${MOST_TEXT_BYTES} bytes, has ${bytes}`)
  return inspection.faults
}

function messageFaults(blocks: unknown, at: string): string[] {
  const faults = blockFaults(blocks, at, 'message')
  const all = flatten(blocks)
  const tables = all.filter(({ type }) => type === 'table' || type === 'data_table')
  if (tables.length > 1) faults.push(`${at} has more than one table: only_one_table_allowed`)
  const inTables = charactersIn(tables)
  if (inTables > MOST_IN_TABLES) faults.push(`${at} has ${inTables} characters in tables, at most ${MOST_IN_TABLES}`)
  const inMarkdown = charactersIn(all.filter(({ type }) => type === 'markdown'))
  if (inMarkdown > MOST_IN_MARKDOWN) faults.push(`${at} has ${inMarkdown} characters of markdown, at most ${MOST_IN_MARKDOWN}`)
  if (all.filter(({ type }) => type === 'data_visualization').length > 2) faults.push(`${at} has more than two charts`)
  const size = charactersIn(blocks) + all.length * EACH_BLOCK
  if (size > MOST_MESSAGE) faults.push(`${at} is too long (${size}): msg_blocks_too_long`)
  return faults
}

function attachmentFaults(attachments: unknown): string[] {
  const inspection: Inspection = { surface: 'message', faults: [] }
  listOf(() => {}, { least: 0, most: 100 })(attachments, 'attachments', inspection)
  for (const [index, attachment] of (Array.isArray(attachments) ? attachments : []).entries()) {
    if (!isObject(attachment)) inspection.faults.push(`attachments[${index}] must be an object`)
    else if (attachment.blocks !== undefined) inspection.faults.push(...messageFaults(attachment.blocks, `attachments[${index}].blocks`))
  }
  return inspection.faults
}

const anyBlocks: Rule = () => {}
const viewBase = { type: oneOf('modal', 'home'), blocks: anyBlocks }
const viewOptional = { private_metadata: textRule({ least: 0, most: 3000 }), callback_id: textRule({ most: 255 }), external_id: textRule({ most: 255 }) }
const modal = objectOf(
  { ...viewBase, title: plainText(24) },
  { ...viewOptional, submit: plainText(24), close: plainText(24), clear_on_close: booleanRule, notify_on_close: booleanRule, submit_disabled: booleanRule },
)
const home = objectOf(viewBase, viewOptional)

function viewFaults(view: unknown): string[] {
  if (!isObject(view) || (view.type !== 'modal' && view.type !== 'home')) return ['view.type must be modal or home']
  const inspection: Inspection = { surface: view.type, faults: [] }
  ;(view.type === 'modal' ? modal : home)(view, 'view', inspection)
  inspection.faults.push(...blockFaults(view.blocks, 'view.blocks', view.type))
  const all = flatten(view.blocks)
  if (view.type === 'modal' && view.submit === undefined && all.some(({ type }) => type === 'input')) {
    inspection.faults.push('view.submit is missing where something can be filled in')
  }
  if (all.filter(({ element }) => isObject(element) && element.focus_on_load === true).length > 1)
    inspection.faults.push('view has more than one focus_on_load')
  const bytes = Buffer.byteLength(JSON.stringify(view))
  if (bytes > MOST_VIEW_BYTES) inspection.faults.push(`view has ${bytes} bytes: view_too_large`)
  return inspection.faults
}

function blockFaults(blocks: unknown, at: string, surface: Surface): string[] {
  const inspection: Inspection = { surface, faults: [] }
  listOf(blockRule, { least: 0, most: MOST_BLOCKS[surface] })(blocks, at, inspection)
  const all = flatten(blocks)
  const ids = all.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]))
  if (new Set(ids).size < ids.length) inspection.faults.push(`${at} has two blocks of the same block_id`)
  for (const each of all) {
    const actions = actionIdsIn(each)
    if (new Set(actions).size < actions.length) inspection.faults.push(`${at} has a ${String(each.type)} block with the same action_id twice`)
  }
  return inspection.faults
}

/** With the blocks inside containers and carousels. */
function flatten(blocks: unknown): Record<string, unknown>[] {
  return (Array.isArray(blocks) ? blocks.filter(isObject) : []).flatMap((block) => [
    block,
    ...flatten(block.child_blocks),
    ...(block.type === 'carousel' ? flatten(block.elements) : []),
  ])
}

function actionIdsIn(block: Record<string, unknown>): unknown[] {
  const elements = [block.accessory, block.element, ...(Array.isArray(block.elements) ? block.elements : [])]
  return elements.flatMap((element) => (isObject(element) && typeof element.action_id === 'string' ? [element.action_id] : []))
}

/** What somebody reads: everything that is called a text, and the links beneath it. */
function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + charactersIn(each), 0)
  if (!isObject(value)) return 0
  return Object.entries(value).reduce((sum, [name, each]) => sum + (typeof each === 'string' ? (READ.has(name) ? each.length : 0) : charactersIn(each)), 0)
}

const READ = new Set(['text', 'url', 'fallback', 'caption', 'title', 'alt_text', 'name', 'label'])
