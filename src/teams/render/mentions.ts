/** Who can be mentioned in a message: people whose names are known, each by a text of its own. */

import { shortLabel } from '../../chat/render/clean-text.ts'
import type { Block, Inline } from '../../chat/reply.ts'
import type { MentionEntity } from './card.ts'
import { inert } from './escape.ts'
import { isPerson } from './teams-ids.ts'

/** Of people's ids. */
export type Names = ReadonlyMap<string, string>

export interface Mentions {
  /** Undefined where only the name can be shown. */
  of(id: string): MentionEntity | undefined
  nameOf(id: string): string
  /** Those whose text stands there. */
  in(text: string): MentionEntity[]
  all: readonly MentionEntity[]
}

export const NOBODY_KNOWN: Names = new Map()

/** Others are shown by name: each one takes room, and whoever is among so many is not called by it. */
const MOST = 20
const LONGEST_NAME = 80
const UNKNOWN = 'somebody'

/** Everybody who is named in it, once: whose names the adapter looks up before it is rendered. */
export function peopleIn(blocks: readonly Block[]): string[] {
  return [...new Set(blocks.flatMap(partsOf).flatMap((part) => (part.kind === 'person' ? [part.id] : [])))]
}

/** @param mayMention nobody needs to be called into a conversation with the bot alone */
export function mentionsFor(blocks: readonly Block[], names: Names, mayMention: boolean): Mentions {
  const known = mayMention ? peopleIn(blocks).filter((id) => isPerson(id) && names.has(id)) : []
  const taken = new Set<string>()
  const entities = new Map(
    known.slice(0, MOST).map((id) => {
      const name = unlike(taken, shortLabel(names.get(id) ?? '', LONGEST_NAME) || UNKNOWN)
      return [id, { type: 'mention', text: `<at>${inert(name, 'x')}</at>`, mentioned: { id, name } } satisfies MentionEntity]
    }),
  )
  const all = [...entities.values()]
  return {
    all,
    of: (id) => entities.get(id),
    nameOf: (id) => shortLabel(names.get(id) ?? '', LONGEST_NAME) || UNKNOWN,
    in: (text) => all.filter((each) => text.includes(each.text)),
  }
}

/** Two people of one name would be one text. */
function unlike(taken: Set<string>, name: string): string {
  for (let number = 1; ; number++) {
    const own = number === 1 ? name : `${name} (${number})`
    if (!taken.has(own)) {
      taken.add(own)
      return own
    }
  }
}

function partsOf(block: Block): readonly Inline[] {
  switch (block.kind) {
    case 'text':
    case 'quote':
    case 'note':
    case 'option':
      return block.parts
    case 'list':
      return block.items.flat()
    default:
      return []
  }
}
