/** The products and organisations of the field: listed ones, and words that the corpus, or people who speak of it, write with a capital. */
import { productNames } from '../corpus/product-names.ts'
import { wordsOf } from '../retrieval/terms.ts'

const INSIDE = /(?<=[\p{Ll}\d,;:(/]\s)\p{L}[\p{L}\p{N}]{2,}/gu

interface Spelling {
  large: number
  small: number
}

/** @param said chat: there, names are often written small */
export function findKnownNames(texts: readonly string[], said: readonly string[]): (word: string) => boolean {
  const written = spellingsIn(texts)
  const spoken = spellingsIn(said)
  const names = new Set<string>(wordsOf([...productNames()].join(' ')))
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
