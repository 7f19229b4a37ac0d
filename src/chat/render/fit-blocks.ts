/** What fits of some blocks: all of them nearly always; else the later ones become shorter, and the reader is told. */
import { type Block, words } from '../reply.ts'
import { fits, half, minus, plus, type Room } from './room.ts'
import { type Shortenings, shortenings } from './shortenings.ts'

/** As blocks of a platform, or as paragraphs of a message. */
export interface Drawing<T, Measure extends string> {
  /** As its people call it. */
  platform: string
  room: Room<Measure>
  /** For what is said where something is missing. */
  forTheNote: Room<Measure>
  draw(block: Block): T[]
  sizeOf(drawn: T): Room<Measure>
}

/** Without these the rest is of little use, so that it gives way. */
const FIRST: ReadonlySet<Block['kind']> = new Set(['sources', 'buttons', 'feedback'])

export function fitBlocks<T, M extends string>(blocks: readonly Block[], drawing: Drawing<T, M>): T[] {
  const { platform, room: all, forTheNote, draw, sizeOf } = drawing
  const nothing = minus(all, all)
  const measure = (drawn: readonly T[]) => drawn.map(sizeOf).reduce(plus, nothing)
  const drawn = blocks.map(draw)
  const sizes = drawn.map(measure)
  if (fits(sizes.reduce(plus, nothing), all)) return drawn.flat()

  let room = minus(all, forTheNote)
  const kept = keptOf(blocks, sizes, room)
  for (const i of kept) room = minus(room, sizes[i] as Room<M>)

  const shown: T[] = []
  let noteAt: number | undefined
  let missing = 0
  for (const [i, block] of blocks.entries()) {
    const size = sizes[i] as Room<M>
    if (kept.has(i)) {
      shown.push(...(drawn[i] as T[]))
    } else if (noteAt === undefined && fits(size, room)) {
      shown.push(...(drawn[i] as T[]))
      room = minus(room, size)
    } else {
      const short = noteAt === undefined ? longest(shortenings(block), draw, (each) => fits(measure(each), room)) : undefined
      if (short === undefined) missing += block.kind === 'divider' ? 0 : 1
      else shown.push(...short)
      noteAt ??= shown.length
    }
  }
  return noteAt === undefined ? shown : shown.toSpliced(noteAt, 0, ...draw({ kind: 'note', parts: [words(noteOf(missing, platform))] }))
}

function noteOf(missing: number, platform: string): string {
  const more = missing === 0 ? 'There is more' : `… and ${missing} more ${missing === 1 ? 'part' : 'parts'}`
  return `${more}: ${platform} has no room for all of it here.`
}

/** At most half of the room, in their order. */
function keptOf<M extends string>(blocks: readonly Block[], sizes: readonly Room<M>[], room: Room<M>): Set<number> {
  let left = half(room)
  const kept = new Set<number>()
  for (const [i, { kind }] of blocks.entries()) {
    const size = sizes[i] as Room<M>
    if (!FIRST.has(kind) || !fits(size, left)) continue
    kept.add(i)
    left = minus(left, size)
  }
  return kept
}

/** The longest of the shorter forms that fits. */
function longest<T>({ most, take }: Shortenings, draw: (block: Block) => T[], isFitting: (drawn: readonly T[]) => boolean): T[] | undefined {
  const drawn = (count: number) => take(count).flatMap(draw)
  let [least, greatest] = [0, most]
  while (least < greatest) {
    const middle = Math.ceil((least + greatest) / 2)
    if (isFitting(drawn(middle))) least = middle
    else greatest = middle - 1
  }
  return least === 0 ? undefined : drawn(least)
}
