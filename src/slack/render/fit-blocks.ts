/** What fits of a reply: all of it nearly always; else the later parts become shorter, and the reader is told. */
import type { KnownBlock } from '@slack/types'
import type { Block } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import { shortenings } from './shorten.ts'

/** Of blocks, and of characters of their JSON: Slack counts the text and something for everything around it, and says nowhere how much. */
export interface Room {
  blocks: number
  characters: number
}

type Draw = (block: Block) => KnownBlock[]

/** Without these the rest is of little use, so that it gives way. */
const FIRST: ReadonlySet<Block['kind']> = new Set(['sources', 'buttons', 'feedback'])
const FOR_THE_NOTE: Room = { blocks: 1, characters: 200 }

export function fitBlocks(blocks: readonly Block[], draw: Draw, all: Room): KnownBlock[] {
  const drawn = blocks.map(draw)
  const sizes = drawn.map(sizeOf)
  if (fits(sizes.reduce(plus, { blocks: 0, characters: 0 }), all)) return drawn.flat()

  let room = minus(all, FOR_THE_NOTE)
  const kept = keptOf(blocks, sizes, room)
  for (const i of kept) room = minus(room, sizes[i] as Room)

  const shown: KnownBlock[] = []
  let noteAt: number | undefined
  let missing = 0
  for (const [i, block] of blocks.entries()) {
    const size = sizes[i] as Room
    if (kept.has(i)) {
      shown.push(...(drawn[i] as KnownBlock[]))
    } else if (noteAt === undefined && fits(size, room)) {
      shown.push(...(drawn[i] as KnownBlock[]))
      room = minus(room, size)
    } else {
      const short = noteAt === undefined ? shortened(block, draw, room) : undefined
      if (short === undefined) missing += block.kind === 'divider' ? 0 : 1
      else shown.push(...short)
      noteAt ??= shown.length
    }
  }
  return noteAt === undefined ? shown : shown.toSpliced(noteAt, 0, ...draw({ kind: 'note', parts: [words(noteOf(missing))] }))
}

function noteOf(missing: number): string {
  const more = missing === 0 ? 'There is more' : `… and ${missing} more ${missing === 1 ? 'part' : 'parts'}`
  return `${more}: Slack has no room for all of it here.`
}

/** At most half of the room, in their order. */
function keptOf(blocks: readonly Block[], sizes: readonly Room[], room: Room): Set<number> {
  let half: Room = { blocks: Math.floor(room.blocks / 2), characters: room.characters / 2 }
  const kept = new Set<number>()
  for (const [i, { kind }] of blocks.entries()) {
    const size = sizes[i] as Room
    if (!FIRST.has(kind) || !fits(size, half)) continue
    kept.add(i)
    half = minus(half, size)
  }
  return kept
}

/** The longest of its shorter forms that fits. */
function shortened(block: Block, draw: Draw, room: Room): KnownBlock[] | undefined {
  const { most, take } = shortenings(block)
  const drawn = (count: number) => take(count).flatMap(draw)
  let [least, greatest] = [0, most]
  while (least < greatest) {
    const middle = Math.ceil((least + greatest) / 2)
    if (fits(sizeOf(drawn(middle)), room)) least = middle
    else greatest = middle - 1
  }
  return least === 0 ? undefined : drawn(least)
}

function sizeOf(blocks: readonly KnownBlock[]): Room {
  return { blocks: blocks.length, characters: blocks.reduce((sum, block) => sum + JSON.stringify(block).length + 1, 0) }
}

function fits(size: Room, room: Room): boolean {
  return size.blocks <= room.blocks && size.characters <= room.characters
}

function plus(a: Room, b: Room): Room {
  return { blocks: a.blocks + b.blocks, characters: a.characters + b.characters }
}

function minus(a: Room, b: Room): Room {
  return { blocks: a.blocks - b.blocks, characters: a.characters - b.characters }
}
