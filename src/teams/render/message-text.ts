/** Blocks as the text of a message, in the part of Markdown that Teams shows on every device. */

import { cleaned } from '../../chat/render/clean-text.ts'
import { fitBlocks } from '../../chat/render/fit-blocks.ts'
import { plus } from '../../chat/render/room.ts'
import type { Block, Inline } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import { itemMark } from './draw.ts'
import { markdown } from './markdown.ts'
import type { Mentions } from './mentions.ts'
import { FOR_THE_NOTE, sizeOfText, type TeamsRoom } from './room.ts'
import { paragraphs } from './stream-text.ts'

/** With card, citations and everything around them well below the 80 KB that Teams is sure to take. */
const TEXT: TeamsRoom = { characters: 12_000, bytes: 36_000 }
const BETWEEN = '\n\n'

/** What a message of text can say. */
export function isText({ kind }: Block): boolean {
  return kind === 'heading' || kind === 'text' || kind === 'list' || kind === 'quote' || kind === 'note'
}

export function messageText(blocks: readonly Block[], mentions: Mentions): string {
  const sizeOf = (paragraph: string) => plus(sizeOfText(paragraph), sizeOfText(BETWEEN))
  const draw = (block: Block) => paragraphsOf(block, mentions)
  return fitBlocks(blocks, { platform: 'Teams', room: TEXT, forTheNote: FOR_THE_NOTE, draw, sizeOf }).join(BETWEEN)
}

function paragraphsOf(block: Block, mentions: Mentions): string[] {
  switch (block.kind) {
    case 'heading':
      return paragraph([{ kind: 'text', text: cleaned(block.text).replace(/\s+/g, ' '), strong: true }], mentions)
    case 'text':
    case 'note':
      return paragraph(block.parts, mentions)
    case 'list':
      return block.items
        .filter((item) => paragraph(item, mentions).length > 0)
        .flatMap((item, i) => paragraph([...itemMark(i, block.ordered ?? false), ...item], mentions))
    case 'quote':
      return paragraph(block.parts, mentions).map((text) => text.replace(/^(?=.)/gm, '> '))
    default:
      return []
  }
}

function paragraph(parts: readonly Inline[], mentions: Mentions): string[] {
  const text = paragraphs(markdown(parts, mentions)).trim()
  return text === '' ? [] : [text]
}

/** Of a reply without a word in it. */
export function orSummary(summary: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length > 0 ? blocks : [{ kind: 'text', parts: [words(cleaned(summary).trim() || '…')] }]
}
