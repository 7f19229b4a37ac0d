/** The small parts that cards of an assessment are put together from. */
import { type Block, type Button, type PressArgs, words } from '../reply.ts'

const LONGEST_SAID = 300

export function text(sentence: string): Block {
  return { kind: 'text', parts: [words(sentence)] }
}

export function note(sentence: string): Block {
  return { kind: 'note', parts: [words(sentence)] }
}

export function button(label: string, on: string, args: PressArgs, style?: Button['style']): Button {
  return { kind: 'button', label, press: { on, with: args }, ...(style === undefined ? {} : { style }) }
}

/** Somebody's own words, where the whole of them would push everything else away. */
export function shortened(said: string): string {
  return said.length <= LONGEST_SAID ? said : `${said.slice(0, LONGEST_SAID).trimEnd()}…`
}
