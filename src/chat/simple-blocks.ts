/** Blocks and buttons of plain words, as most of what is said needs them. */
import { type Block, type Button, type Inline, type Press, words } from './reply.ts'

export function heading(said: string): Block {
  return { kind: 'heading', text: said }
}

export function text(...parts: readonly (Inline | string)[]): Block {
  return { kind: 'text', parts: parts.map((part) => (typeof part === 'string' ? words(part) : part)) }
}

export function note(said: string): Block {
  return { kind: 'note', parts: [words(said)] }
}

export function button(label: string, press: Press): Button {
  return { kind: 'button', label, press }
}
