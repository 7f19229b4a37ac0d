/** The people whom a reply names, as they are called. */
import type { Directory, Place } from '../chat/exchange.ts'
import type { Block, Inline } from '../chat/reply.ts'
import { words } from '../chat/reply.ts'
import { type Names, peopleIn } from './render/mentions.ts'

export interface Named {
  blocks: readonly Block[]
  names: Names
}

/** Teams refuses a message that mentions somebody who is not in the conversation: they are only called by name. */
export async function withNames(tenant: string, place: Pick<Place, 'id' | 'kind'>, blocks: readonly Block[], directory: Directory): Promise<Named> {
  const people = peopleIn(blocks)
  if (people.length === 0) return { blocks, names: new Map() }
  const present = new Set(place.kind === 'personal' ? [] : await directory.members(tenant, place.id))
  const found = await Promise.all(people.map(async (id) => [id, (await directory.person(tenant, id))?.name] as const))
  const names = new Map(found.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])))
  if (place.kind === 'personal' || people.every((id) => present.has(id))) return { blocks, names }
  const byName = (part: Inline): Inline => {
    const name = part.kind === 'person' && !present.has(part.id) ? names.get(part.id) : undefined
    return name === undefined ? part : words(name)
  }
  return { blocks: blocks.map((block) => mapParts(block, byName)), names }
}

function mapParts(block: Block, change: (part: Inline) => Inline): Block {
  switch (block.kind) {
    case 'text':
    case 'quote':
    case 'note':
    case 'option':
      return { ...block, parts: block.parts.map(change) }
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(change)) }
    default:
      return block
  }
}
