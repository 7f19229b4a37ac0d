/** An inline part as its words alone. */
import type { Inline } from '../reply.ts'
import { oneLine } from './clean-text.ts'
import { timeText } from './time-text.ts'

export type TextInline = Extract<Inline, { kind: 'text' }>

/** @param nameOf how somebody is called where they can't be mentioned */
export function asText(part: Inline, nameOf: (id: string) => string): TextInline {
  switch (part.kind) {
    case 'text':
      return part
    case 'link':
      return { kind: 'text', text: oneLine(part.label) }
    case 'person':
      return { kind: 'text', text: nameOf(part.id) }
    case 'place':
      return { kind: 'text', text: oneLine(part.name) }
    case 'time':
      return { kind: 'text', text: timeText(part) }
  }
}
