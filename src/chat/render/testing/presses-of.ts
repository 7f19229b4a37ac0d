/** What a rendered reply is held against: every press that is in it, and links that pretend. */
import { voteOn } from '../../presses.ts'
import type { Block, Press } from '../../reply.ts'

export function pressesOf(block: Block): Press[] {
  switch (block.kind) {
    case 'option':
      return [block.button.press]
    case 'buttons':
      return block.items.flatMap((item) => (item.kind === 'menu' ? item.options.map(({ press }) => press) : [item.press]))
    case 'sources':
      return block.items.map(({ open }) => open)
    case 'feedback':
      return (['up', 'down'] as const).map((vote) => voteOn(block.answer, vote))
    default:
      return []
  }
}

/** The same for presses that do the same. */
export function pressKey({ on, with: args = {} }: Press): string {
  return JSON.stringify([on, args])
}

/** Whether a label names one of the hosts of hostile text, and the link goes elsewhere. */
export function misleads(label: string, url: string): boolean {
  const names = label.toLowerCase()
  return /(bank|evil)\.example/.test(names) && !names.includes(new URL(url).hostname)
}
