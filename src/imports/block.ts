/** What every kind of document is turned into first: headings and the text between them, in reading order. */

export type Block =
  | {
      kind: 'heading'
      /** 1 for the highest; only the order of depths counts, not their values. */
      depth: number
      text: string
      /** The part of an address behind `#` that leads here. */
      fragment?: string
    }
  /** A paragraph, or lines of code that are kept apart by line breaks. */
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }

export interface ParsedSource {
  /** Absent where the document does not say; then the first heading or the file's name stands in. */
  title?: string
  blocks: readonly Block[]
  /** A feed's item has an address of its own. */
  address?: string
}

export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?])(?=\s|$)/g, '$1')
    .trim()
}
