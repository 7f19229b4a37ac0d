/** Words and their stems: questions and passages meet here. */
import { stemmer } from 'stemmer'

/** Marks that belong to a word: "ci/cd", "c++", "node.js", "80%". */
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?%?/gu

/** Lower case, without accents; "CI/CD" becomes two words, "Argo CD" stays two, "can't" one. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/’/g, "'")
  return plain.match(WORD) ?? []
}

export function stemsOf(words: readonly string[]): string[] {
  return words.map(stemOf)
}

/** Texts repeat their words: stems are worth keeping. */
const MAX_KEPT_STEMS = 50_000
const kept = new Map<string, string>()

export function stemOf(word: string): string {
  const known = kept.get(word)
  if (known !== undefined) return known
  const stem = stemmer(american(word.replace(/'s$/, '')))
  if (kept.size < MAX_KEPT_STEMS) kept.set(word, stem)
  return stem
}

/** The corpus is written in American English; people write both. */
function american(word: string): string {
  return word
    .replace(/is(e|es|ed|ing|ation|ations|ational|er|ers)$/, (ending) => (word.length > 6 ? `iz${ending.slice(2)}` : ending))
    .replace(/^(col|behavi|fav|lab|neighb|harb)our/, '$1or')
    .replace(/^centre/, 'center')
    .replace(/^licence/, 'license')
    .replace(/^defence/, 'defense')
    .replace(/^programme$/, 'program')
    .replace(/^catalogue/, 'catalog')
    .replace(/lled$/, 'led')
    .replace(/lling$/, 'ling')
    .replace(/lysed?$/, (ending) => ending.replace('ys', 'yz'))
}
