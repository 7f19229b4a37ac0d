/** Ties an answer to the wording it was given on. */
import { createHash } from 'node:crypto'
import type { Corpus, Passage } from '../corpus/passage.ts'
import type { SeenPassage } from './records.ts'

/** A passage object never changes; a changed corpus has new ones. */
const known = new WeakMap<Passage, string>()

/** SHA-256 of a passage's text, the first 16 hexadecimal digits. */
export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Whether the text of any of them is another one now, or gone. */
export function isOlderWording(seen: readonly SeenPassage[], corpus: Corpus): boolean {
  return seen.some(({ passage: id, hash }) => {
    const passage = corpus.passage(id)
    return passage === undefined || hashOfPassage(passage) !== hash
  })
}

function hashOfPassage(passage: Passage): string {
  const hash = known.get(passage) ?? hashOfText(passage.text)
  known.set(passage, hash)
  return hash
}
