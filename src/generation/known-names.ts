/** The products and organisations of the field: listed ones, and words that the corpus, or people who speak of it, write with a capital. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { wordsOf } from '../retrieval/terms.ts'

const INSIDE = /(?<=[\p{Ll}\d,;:(/]\s)\p{L}[\p{L}\p{N}]{2,}/gu

interface Spelling {
  large: number
  small: number
}

const LISTED = fileURLToPath(new URL('../../corpus/product-names.txt', import.meta.url))

/** @param said chat: there, names are often written small */
export function findKnownNames(texts: readonly string[], said: readonly string[]): (word: string) => boolean {
  const written = spellingsIn(texts)
  const spoken = spellingsIn(said)
  const listed = readFileSync(LISTED, 'utf8').replace(/^#.*$/gm, '')
  const names = new Set<string>(wordsOf(listed))
  for (const [word, { large, small }] of written) if (large > 0 && small === 0) names.add(word)
  for (const [word, { large, small }] of spoken) if (!written.has(word) && large > 0 && large >= small) names.add(word)
  return (word) => names.has(word)
}

function spellingsIn(texts: readonly string[]): Map<string, Spelling> {
  const spellings = new Map<string, Spelling>()
  for (const text of texts) {
    for (const [found] of text.matchAll(INSIDE)) {
      const word = wordsOf(found)[0] ?? found.toLowerCase()
      const seen = spellings.get(word) ?? { large: 0, small: 0 }
      if (/^\p{Lu}/u.test(found)) seen.large++
      else seen.small++
      spellings.set(word, seen)
    }
  }
  return spellings
}
