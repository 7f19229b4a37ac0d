/** Shows an answer while it comes into being, and keeps what was said in case it is stopped. */
import { type AnswerEvent, type AnswerPart, renderPlainText, type Sentence } from '../../answers/answer.ts'
import type { Stream } from '../exchange.ts'

export interface Told {
  /** What stands so far. */
  readonly parts: readonly AnswerPart[]
  onEvent(event: AnswerEvent): void
  /** Takes back what was said. */
  withdraw(): void
}

interface GrowingPart {
  heading?: string
  sentences: Sentence[]
}

export function createTold(stream: Stream): Told {
  const parts: GrowingPart[] = []
  const write = (text: string) => stream.write(text)
  const begin = (heading?: string) => {
    const gap = parts.length === 0 ? '' : '\n\n'
    parts.push({ sentences: [], ...(heading === undefined ? {} : { heading }) })
    const text = `${gap}${heading === undefined ? '' : `${heading}\n`}`
    if (text !== '') write(text)
  }
  const withdraw = () => {
    if (parts.length === 0) return
    parts.length = 0
    stream.withdraw()
  }
  return {
    parts,
    withdraw,
    onEvent(event) {
      // After the person's "stop" nothing more is said, whatever is still on its way.
      if (stream.stopped.aborted) return
      switch (event.type) {
        case 'heading':
          return begin(event.text)
        case 'paragraph':
          return begin()
        case 'sentence': {
          if (parts.length === 0) begin()
          const { text, citations } = event
          const { sentences } = parts.at(-1) as GrowingPart
          write(`${sentences.length === 0 ? '' : ' '}${renderPlainText([{ sentences: [event] }])}`)
          sentences.push({ text, citations })
          return
        }
        case 'withdrawn':
          return withdraw()
        case 'done':
      }
    },
  }
}
