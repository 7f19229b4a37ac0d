/** What messages and views consist of, held against Slack's rules for it. */
import { z } from 'zod'
import { blockKitFaults } from '../block-kit-rules.ts'
import { fault, type SlackMessage, type Wire } from '../world.ts'
import { type Call, flag, json, need, wireArray, wireObject, wrong } from './method.ts'

const LONGEST_TEXT = 4_000
const LONGEST_MARKDOWN = 12_000
const LARGEST_METADATA = 16_000

const metadataSchema = json(z.strictObject({ event_type: z.string().min(1), event_payload: wireObject }))

/** Arguments that every method has which writes a message. */
export const contentArgs = {
  text: z.string().optional(),
  blocks: wireArray.optional(),
  attachments: wireArray.optional(),
  markdown_text: z.string().optional(),
  parse: z.enum(['none', 'full']).optional(),
  link_names: flag.optional(),
}

export const authorArgs = { username: z.string().optional(), icon_emoji: z.string().optional(), icon_url: z.string().optional() }

export const metadataArg = { metadata: json(wireObject).optional() }

export interface Content {
  text?: string | undefined
  blocks?: Wire[] | undefined
  attachments?: Wire[] | undefined
  markdown_text?: string | undefined
}

/** @throws ApiError when Slack would not take it */
export function contentOf(call: Call, { text, blocks, attachments, markdown_text: markdown }: Content): Pick<SlackMessage, 'text' | 'blocks' | 'attachments'> {
  if (markdown !== undefined && (text !== undefined || blocks !== undefined)) {
    throw wrong('markdown_text_conflict', 'markdown_text stands beside text or blocks')
  }
  if ((markdown?.length ?? 0) > LONGEST_MARKDOWN)
    throw wrong('msg_too_long', `markdown_text has ${markdown?.length} characters, the most is ${LONGEST_MARKDOWN}`)
  if ((text?.length ?? 0) > LONGEST_TEXT) throw wrong('msg_too_long', `text has ${text?.length} characters, the most is ${LONGEST_TEXT}`)
  const said = markdown ?? text ?? ''
  if (said === '' && !blocks?.length && !attachments?.length) throw wrong('no_text', 'there is neither text nor blocks')
  if (blocks?.length && said === '') fault(call.world, call.method, 'blocks without a text, which notifications and screen readers need')
  checkBlocks(call, { text: said, ...(blocks === undefined ? {} : { blocks }) })
  return { text: said, ...(blocks?.length ? { blocks: withBlockIds(call, blocks) } : {}), ...(attachments?.length ? { attachments } : {}) }
}

export function checkBlocks(call: Pick<Call, 'workspace'>, message: { text: string; blocks?: Wire[] }): void {
  const faults = [...blockKitFaults(message), ...missingFiles(call, message.blocks ?? [])]
  if (faults.length > 0) throw invalid('invalid_blocks', faults)
}

export function checkView(call: Pick<Call, 'workspace'>, view: Wire): void {
  const faults = [...blockKitFaults({ view }), ...missingFiles(call, (view.blocks ?? []) as Wire[])]
  if (faults.length > 0) throw invalid('invalid_arguments', faults)
}

function invalid(code: string, faults: string[]) {
  const error = wrong(code, faults.join('; '))
  error.fields.response_metadata = { messages: faults.map((what) => `[ERROR] ${what}`) }
  return error
}

/** Pictures may be files of Slack, which must be there. */
function missingFiles({ workspace }: Pick<Call, 'workspace'>, blocks: Wire[]): string[] {
  const ids = [...JSON.stringify(blocks).matchAll(/"slack_file":\{"id":"([^"]+)"/g)].map(([, id]) => id as string)
  return ids.filter((id) => !workspace.files.get(id)?.completed).map((id) => `invalid slack file: ${id}`)
}

/** Slack names the blocks that have no name. */
export function withBlockIds({ world }: Pick<Call, 'world'>, blocks: Wire[]): Wire[] {
  return blocks.map((block) => ({ block_id: world.ids.next('b'), ...block }))
}

export function metadataOf(given: Wire | undefined): SlackMessage['metadata'] {
  if (given === undefined || Object.keys(given).length === 0) return undefined
  const read = metadataSchema.safeParse(given)
  if (!read.success) throw wrong('invalid_metadata_schema', `metadata: ${z.prettifyError(read.error)}`)
  if (JSON.stringify(given).length > LARGEST_METADATA) throw wrong('metadata_too_large', `metadata is larger than ${LARGEST_METADATA} bytes`)
  return read.data
}

/** A name or picture of its own asks for one more scope. */
export function authorOf(call: Call, { username, icon_emoji, icon_url }: z.infer<z.ZodObject<typeof authorArgs>>): { username?: string } {
  if (username !== undefined || icon_emoji !== undefined || icon_url !== undefined) need(call, ['chat:write.customize'])
  return username === undefined ? {} : { username }
}
