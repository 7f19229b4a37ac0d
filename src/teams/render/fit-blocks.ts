/** What fits of some blocks: all of them nearly always; else the later ones become shorter, and the reader is told. */
import type { Block } from '../../chat/reply.ts'
import { words } from '../../chat/reply.ts'
import { fits, half, minus, plus, type Room } from './room.ts'
import { shortenings } from './shorten.ts'

/** As card elements, or as paragraphs of a message. */
export interface Drawing<T> {
  draw(block: Block): T[]
  sizeOf(drawn: T): Room
}

/** Without these the rest is of little use, so that it gives way. */
const FIRST: ReadonlySet<Block['kind']> = new Set(['sources', 'buttons', 'feedback'])
const FOR_THE_NOTE: Room = { characters: 250, bytes: 300 }
const NOTHING: Room = { characters: 0, bytes: 0 }

export function fitBlocks<T>(blocks: readonly Block[], { draw, sizeOf }: Drawing<T>, all: Room): T[] {
  const measure = (drawn: readonly T[]) => drawn.map(sizeOf).reduce(plus, NOTHING)
  const drawn = blocks.map(draw)
  const sizes = drawn.map(measure)
  if (fits(sizes.reduce(plus, NOTHING), all)) return drawn.flat()

  let room = minus(all, FOR_THE_NOTE)
  const kept = keptOf(blocks, sizes, room)
  for (const i of kept) room = minus(room, sizes[i] as Room)

  const shown: T[] = []
  let noteAt: number | undefined
  let missing = 0
  for (const [i, block] of blocks.entries()) {
    const size = sizes[i] as Room
    if (kept.has(i)) {
      shown.push(...(drawn[i] as T[]))
    } else if (noteAt === undefined && fits(size, room)) {
      shown.push(...(drawn[i] as T[]))
      room = minus(room, size)
    } else {
      const short = noteAt === undefined ? shortened(block, draw, (each) => fits(measure(each), room)) : undefined
      if (short === undefined) missing += block.kind === 'divider' ? 0 : 1
      else shown.push(...short)
      noteAt ??= shown.length
    }
  }
  return noteAt === undefined ? shown : shown.toSpliced(noteAt, 0, ...draw({ kind: 'note', parts: [words(noteOf(missing))] }))
}

function noteOf(missing: number): string {
  const more = missing === 0 ? 'There is more' : `… and ${missing} more ${missing === 1 ? 'part' : 'parts'}`
  return `${more}: Teams has no room for all of it here.`
}

/** At most half of the room, in their order. */
function keptOf(blocks: readonly Block[], sizes: readonly Room[], room: Room): Set<number> {
  let left = half(room)
  const kept = new Set<number>()
  for (const [i, { kind }] of blocks.entries()) {
    const size = sizes[i] as Room
    if (!FIRST.has(kind) || !fits(size, left)) continue
    kept.add(i)
    left = minus(left, size)
  }
  return kept
}

/** The longest of its shorter forms that fits. */
function shortened<T>(block: Block, draw: (block: Block) => T[], isFitting: (drawn: readonly T[]) => boolean): T[] | undefined {
  const { most, take } = shortenings(block)
  const drawn = (count: number) => take(count).flatMap(draw)
  let [least, greatest] = [0, most]
  while (least < greatest) {
    const middle = Math.ceil((least + greatest) / 2)
    if (isFitting(drawn(middle))) least = middle
    else greatest = middle - 1
  }
  return least === 0 ? undefined : drawn(least)
}
