/** One block of a reply as elements of a card, in full, whatever room there is. */

import { cleaned, oneLine } from '../../chat/render/clean-text.ts'
import { safeUrl } from '../../chat/render/safe-link.ts'
import { passageButtons, passageMenu } from '../../chat/render/shared-controls.ts'
import type { Block, Button, Inline, ShownPicture, Source } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import type { CardElement } from './card.ts'
import { actionOf, actionSets, controlElements, feedbackElements, type NextId } from './controls.ts'
import { inert, unparsed } from './escape.ts'
import { textElements, wordsElement } from './inline.ts'
import type { Mentions } from './mentions.ts'
import { tableElements } from './table.ts'

export interface Canvas {
  mentions: Mentions
  next: NextId
  isForm: boolean
  /** The address of a picture that the card has room for. */
  addressOf(picture: ShownPicture): string | undefined
}

/** More than that are a menu. */
const SOURCE_BUTTONS = 6
const SMALL = { size: 'Small', isSubtle: true } as const

export function draw(block: Block, canvas: Canvas): CardElement[] {
  const { mentions, next, isForm } = canvas
  switch (block.kind) {
    case 'heading':
      return heading(block.text)
    case 'text':
      return textElements(block.parts, mentions)
    case 'quote': {
      const items = textElements(block.parts, mentions)
      return items.length === 0 ? [] : [{ type: 'Container', style: 'emphasis', items }]
    }
    case 'list':
      return list(block.items, block.ordered ?? false, mentions)
    case 'note':
      return textElements(block.parts, mentions, SMALL)
    case 'option':
      return option(block.parts, block.button, canvas)
    case 'table':
      return tableElements(block)
    case 'sources':
      return sources(block.items, canvas)
    case 'picture':
      return picture(block.picture, canvas)
    case 'buttons':
      return controlElements(block.items, next, isForm)
    case 'feedback':
      return feedbackElements(block.answer, next)
    case 'divider':
      return [{ type: 'Container', separator: true, items: [] }]
  }
}

/** A line is drawn by what stands under it: an empty container is none. */
export function withDividers(elements: readonly CardElement[]): CardElement[] {
  const shown: CardElement[] = []
  let isDivided = false
  for (const element of elements) {
    if (element.type === 'Container' && element.items.length === 0) {
      isDivided = true
      continue
    }
    shown.push(isDivided && shown.length > 0 ? { ...element, separator: true, spacing: 'Medium' } : element)
    isDivided = false
  }
  return shown
}

function heading(text: string): CardElement[] {
  const line = oneLine(text)
  return line === '' ? [] : [{ type: 'TextBlock', text: inert(line), wrap: true, size: 'Medium', weight: 'Bolder', style: 'heading' }]
}

/** The numbers are bold in cards so that no client counts for itself. */
export function itemMark(index: number, isOrdered: boolean): Inline[] {
  return isOrdered ? [{ kind: 'text', text: `${index + 1}.`, strong: true }, words(' ')] : [words('• ')]
}

function list(items: readonly (readonly Inline[])[], isOrdered: boolean, mentions: Mentions): CardElement[] {
  return items
    .filter((item) => textElements(item, mentions).length > 0)
    .flatMap((item, i) => textElements([...itemMark(i, isOrdered), ...item], mentions).map((element) => ({ ...element, spacing: 'Small' as const })))
}

/** The wording in full, with its button under it. */
function option(parts: readonly Inline[], button: Button, { mentions, next, isForm }: Canvas): CardElement[] {
  const controls = controlElements([button], next, isForm).map((element) => ({ ...element, spacing: 'Small' as const }))
  return [{ type: 'Container', items: [...textElements(parts, mentions), ...controls] }]
}

/** Readable where nothing can be pressed; beneath it what opens the passages. */
function sources(items: readonly Source[], { next, isForm }: Canvas): CardElement[] {
  return [...items.map(sourceElement), ...openers(items, next, isForm)]
}

function sourceElement({ n, title, quote, url }: Source): CardElement {
  const safe = safeUrl(url)
  const said = `[${n}] ${oneLine(title)}: “${oneLine(quote)}”`
  if (safe === undefined) return wordsElement(said)
  const address = { kind: 'link', label: new URL(safe).hostname, url: safe } as const
  const [element] = textElements([words(`${said} `), address], NO_MENTIONS)
  return element ?? wordsElement(said)
}

/** A passage calls nobody. */
const NO_MENTIONS: Mentions = { all: [], of: () => undefined, nameOf: (id) => id, in: () => [] }

function openers(items: readonly Source[], next: NextId, isForm: boolean): CardElement[] {
  if (items.length > SOURCE_BUTTONS) return controlElements([passageMenu(items)], next, isForm)
  const buttons = passageButtons(items)
  const actions = buttons.flatMap(({ button, spoken }) => actionOf(button, spoken) ?? [])
  if (actions.length === buttons.length) return actionSets(actions)
  const all = buttons.map(({ button }) => button)
  return controlElements(all, next, isForm)
}

/** In words where there is no room for it. */
function picture(shown: ShownPicture, { addressOf }: Canvas): CardElement[] {
  const url = addressOf(shown)
  const title = oneLine(shown.title)
  const altText = unparsed(cleaned(shown.alt).trim()) || title || 'Picture'
  if (url === undefined) return [wordsElement(title === '' ? altText : `${title}: ${altText}`, SMALL)]
  return [{ type: 'Image', url, altText, size: 'Stretch', msteams: { allowExpand: true } }]
}
