/** What a line for one person alone can say of a reply. */

import { cleaned } from '../chat/render/clean-text.ts'
import type { Block, Reply } from '../chat/reply.ts'
import { isToOurChat } from './links.ts'
import { unparsed } from './render/escape.ts'

const LONGEST = 300

/** Undefined for what has more than short text in it, but for the way into our chat: said there instead, it would lead to itself. */
export function shortPlainText({ blocks }: Reply): string | undefined {
  const lines = blocks.map(wordsOf)
  if (lines.includes(undefined)) return undefined
  const text = unparsed(cleaned(lines.join('\n')).trim())
  return text === '' || text.length > LONGEST ? undefined : text
}

function wordsOf(block: Block): string | undefined {
  if (block.kind !== 'text' && block.kind !== 'note') return undefined
  const parts = block.parts.filter((part) => part.kind !== 'link' || !isToOurChat(part.url)).map((part) => (part.kind === 'text' ? part.text : undefined))
  return parts.includes(undefined) ? undefined : parts.join('')
}
