/** Blocks as one card that Teams takes, whatever they hold. */
import { fitBlocks } from '../../chat/render/fit-blocks.ts'
import { minus } from '../../chat/render/room.ts'
import type { Block, ShownPicture } from '../../chat/reply.ts'
import { type AdaptiveCard, type CardElement, cardOf } from './card.ts'
import { countMenus } from './controls.ts'
import { type Canvas, draw, withDividers } from './draw.ts'
import { fitPicture, LONGEST_SIDE } from './fit-picture.ts'
import type { Mentions } from './mentions.ts'
import { FOR_THE_NOTE, sizeOf, type TeamsRoom } from './room.ts'

/** 28 KB is what every way into Teams takes, in UTF-16 (two bytes a character) and in UTF-8; some of it stays free for what the adapter adds. */
const CARD: TeamsRoom = { characters: 14_000, bytes: 28_000 }
/** Of all pictures in a card, as text: not counted by Teams, but the whole message is limited too. */
const PICTURE_CHARACTERS = 150_000

export interface CardParts {
  mentions: Mentions
  /** Plain text that stands for the card. */
  fallbackText: string
  /** Stands under everything else and can't be shorter: the fields of a form. */
  foot?: readonly CardElement[]
  isForm?: boolean
}

export function fitCard(blocks: readonly Block[], { mentions, fallbackText, foot = [], isForm = false }: CardParts): AdaptiveCard {
  const addresses = addressesOf(blocks)
  const canvas: Canvas = { mentions, isForm, next: countMenus(), addressOf: (picture) => addresses.get(picture) }
  // A line between two elements is written on the one below it.
  const dividers = { separator: true, spacing: 'Medium' }
  const sizeOfElement = (element: CardElement) => sizeOf({ ...element, ...dividers })
  const room = roomFor(foot, mentions, fallbackText)
  const body = fitBlocks(blocks, { platform: 'Teams', room, forTheNote: FOR_THE_NOTE, draw: (block) => draw(block, canvas), sizeOf: sizeOfElement })
  const shown = [...withDividers(body), ...foot]
  const json = JSON.stringify(shown)
  return cardOf(
    shown,
    fallbackText,
    mentions.all.filter(({ text }) => json.includes(JSON.stringify(text).slice(1, -1))),
  )
}

/** How much room a card with nothing but this at its foot leaves; less than nothing where that is too much already. */
export function roomFor(foot: readonly CardElement[], mentions: Mentions, fallbackText: string): TeamsRoom {
  return minus(CARD, sizeOf(cardOf([...foot], fallbackText, [...mentions.all])))
}

function addressesOf(blocks: readonly Block[]): Map<ShownPicture, string> {
  const addresses = new Map<ShownPicture, string>()
  let left = PICTURE_CHARACTERS
  for (const block of blocks) {
    const png = block.kind === 'picture' ? fitPicture(block.picture.png(LONGEST_SIDE)) : undefined
    const address = png === undefined ? undefined : `data:image/png;base64,${png.toString('base64')}`
    if (block.kind !== 'picture' || address === undefined || address.length > left) continue
    addresses.set(block.picture, address)
    left -= address.length
  }
  return addresses
}
