/** One block of a reply as Slack's blocks, in full, whatever room there is. */
import type { ContextBlock, KnownBlock, RichTextElement, RichTextSection, SectionBlock } from '@slack/types'
import { cleaned, oneLine } from '../../chat/render/clean-text.ts'
import { safeUrl } from '../../chat/render/safe-link.ts'
import { inGroupsOf, passageButtons, passageMenu } from '../../chat/render/shared-controls.ts'
import type { Block, Button, Inline, Source } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import { buttonElement, controlBlocks, feedbackBlocks, type NextAction } from './controls.ts'
import { richElements, textObject } from './inline.ts'
import { splitParts } from './split-parts.ts'
import { linedTable, nativeTable } from './table.ts'

export interface Canvas {
  isMessage: boolean
  next: NextAction
  /** The one table that a message may have. */
  isNative(table: Block): boolean
}

const LONGEST_HEADER = 150
const LONGEST_SECTION = 3000
/** Small print: less than a section, and ten pieces of it a block. */
const LONGEST_NOTE = 2000
/** More than that are a menu. */
const SOURCE_BUTTONS = 5

export function draw(block: Block, canvas: Canvas): KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return heading(block.text)
    case 'text':
      return paragraph(richElements(block.parts))
    case 'quote': {
      const elements = richElements(block.parts)
      return elements.length === 0 ? [] : [{ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements }] }]
    }
    case 'list': {
      const items = block.items.map(richElements).filter((elements) => elements.length > 0)
      const elements = items.map((item): RichTextSection => ({ type: 'rich_text_section', elements: item }))
      if (elements.length === 0) return []
      return [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: block.ordered ? 'ordered' : 'bullet', elements }] }]
    }
    case 'note':
      return note(block.parts)
    case 'option':
      return option(block.parts, block.button, canvas)
    case 'table':
      return canvas.isNative(block) ? nativeTable(block) : linedTable(block)
    case 'sources':
      return sources(block.items, canvas)
    case 'picture':
      return note([words(canvas.isMessage ? `Picture: ${block.picture.title}` : `${block.picture.title}: ${block.picture.alt}`)])
    case 'buttons':
      return controlBlocks(block.items, canvas.next)
    case 'feedback':
      return feedbackBlocks(block.answer, canvas.isMessage, canvas.next)
    case 'divider':
      return [{ type: 'divider' }]
  }
}

function paragraph(elements: RichTextElement[]): KnownBlock[] {
  return elements.length === 0 ? [] : [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]
}

/** One that is too long for a header is shown in full, in bold. */
function heading(text: string): KnownBlock[] {
  const line = oneLine(text)
  if (line === '') return []
  if (line.length > LONGEST_HEADER) return paragraph([{ type: 'text', text: line, style: { bold: true } }])
  return [{ type: 'header', text: { type: 'plain_text', text: line, emoji: false } }]
}

function note(parts: readonly Inline[]): ContextBlock[] {
  return inGroupsOf(10, texts(parts, LONGEST_NOTE)).map((elements) => ({ type: 'context', elements }))
}

/** The wording in full, over several sections if need be; the button is beside its beginning. */
function option(parts: readonly Inline[], button: Button, { next }: Canvas): KnownBlock[] {
  const accessory = buttonElement(button, next)
  const [first, ...others] = texts(parts, LONGEST_SECTION).map((text): SectionBlock => ({ type: 'section', text }))
  if (first === undefined || accessory === undefined) return [...(first === undefined ? [] : [first, ...others]), ...controlBlocks([button], next)]
  return [{ ...first, accessory }, ...others]
}

function texts(parts: readonly Inline[], most: number) {
  return splitParts(parts, most).flatMap((each) => textObject(each) ?? [])
}

/** Readable where nothing can be pressed; beneath it what opens the passages. */
function sources(items: readonly Source[], { next }: Canvas): KnownBlock[] {
  const lines = items.flatMap(({ n, title, quote, url }, i): RichTextElement[] => {
    const safe = safeUrl(url)
    const words = `${i === 0 ? '' : '\n'}[${n}] ${oneLine(title)}: “${cleaned(quote).trim()}”${safe === undefined ? '' : ' '}`
    return [{ type: 'text', text: words }, ...(safe === undefined ? [] : [{ type: 'link' as const, url: safe }])]
  })
  return [...paragraph(lines), ...openers(items, next)]
}

function openers(items: readonly Source[], next: NextAction): KnownBlock[] {
  if (items.length > SOURCE_BUTTONS) return controlBlocks([passageMenu(items)], next)
  const buttons = passageButtons(items)
  const elements = buttons.flatMap(({ button, spoken }) => buttonElement(button, next, spoken) ?? [])
  if (elements.length === buttons.length) return elements.length === 0 ? [] : [{ type: 'actions', elements }]
  const all = buttons.map(({ button }) => button)
  return controlBlocks(all, next)
}
