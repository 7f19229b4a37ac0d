/** A reply as a message or as a Home view, within everything that Slack limits. */
import type { HomeView, KnownBlock } from '@slack/types'
import { oneLine } from '../../chat/render/clean-text.ts'
import { fitBlocks } from '../../chat/render/fit-blocks.ts'
import type { Room } from '../../chat/render/room.ts'
import type { Block, Reply, ShownPicture } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import { countActions, type NextAction } from './controls.ts'
import { type Canvas, draw } from './draw.ts'
import { notificationText } from './escape.ts'
import { fitsNatively } from './table.ts'

export interface RenderedReply {
  text: string
  blocks: KnownBlock[]
  /** To be sent beside it: they are not blocks. */
  pictures: ShownPicture[]
}

/** Of characters of JSON: Slack counts the text and something for everything around it, and says nowhere how much. */
type SlackRoom = Room<'blocks' | 'characters'>

/** Slack fails near 13,200 characters, and with rich text before that. */
const MESSAGE: SlackRoom = { blocks: 50, characters: 12_000 }
/** Slack fails at 250 KB. */
const VIEW: SlackRoom = { blocks: 100, characters: 80_000 }
const FOR_THE_NOTE: SlackRoom = { blocks: 1, characters: 200 }
const NOTHING = '…'

export function renderReply(reply: Reply): RenderedReply {
  const blocks = drawAll(orSummary(reply), { isMessage: true, next: countActions() }, MESSAGE)
  return {
    text: notificationText(reply.summary) || NOTHING,
    blocks,
    pictures: reply.blocks.flatMap((block) => (block.kind === 'picture' ? [block.picture] : [])),
  }
}

export function renderHome(reply: Reply): HomeView {
  return { type: 'home', blocks: viewBlocks(orSummary(reply), countActions()) }
}

/** @param taken how many blocks of the view are used for something else */
export function viewBlocks(blocks: readonly Block[], next: NextAction, taken = 0): KnownBlock[] {
  return drawAll(blocks, { isMessage: false, next }, { ...VIEW, blocks: VIEW.blocks - taken })
}

function drawAll(blocks: readonly Block[], surface: Omit<Canvas, 'isNative'>, room: SlackRoom): KnownBlock[] {
  // The same table may stand there twice, and only one of them is the one.
  const own = blocks.map((block) => ({ ...block }))
  const native = surface.isMessage ? own.find((block) => block.kind === 'table' && fitsNatively(block)) : undefined
  const canvas: Canvas = { ...surface, isNative: (block) => block === native }
  return fitBlocks(own, { platform: 'Slack', room, forTheNote: FOR_THE_NOTE, draw: (block) => draw(block, canvas), sizeOf })
}

/** With the comma behind it. */
function sizeOf(block: KnownBlock): SlackRoom {
  return { blocks: 1, characters: JSON.stringify(block).length + 1 }
}

/** Slack takes no empty message. */
function orSummary({ summary, blocks }: Reply): readonly Block[] {
  const canvas: Canvas = { isMessage: true, next: countActions(), isNative: () => false }
  if (blocks.some((block) => draw(block, canvas).length > 0)) return blocks
  return [{ kind: 'text', parts: [words(oneLine(summary) === '' ? NOTHING : summary)] }]
}
