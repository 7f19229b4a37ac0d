/** Slips of the keyboard: "scalabilty" is one letter away from a word of the models, and no word of theirs itself. */
import { distance } from 'fastest-levenshtein'
import type { Corpus } from '../corpus/passage.ts'
import { stemOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'

/** Shorter words are one letter away from too many others. */
const MIN_LETTERS = 7
/** A word that the models use once or twice is as rare as the slip. */
const MIN_USES = 3

/** @returns a function that puts slips right and leaves all else, names with a capital among it, as it is */
export function createSpeller(corpus: Corpus, vocabulary: Vocabulary): (text: string) => string {
  const uses = new Map<string, number>()
  for (const { title, text } of corpus.passages) for (const word of wordsOf(`${title} ${text}`)) uses.set(word, (uses.get(word) ?? 0) + 1)
  const stems = new Set([...uses.keys()].map(stemOf))
  const known = Map.groupBy(
    [...uses].filter(([word, count]) => word.length >= MIN_LETTERS && count >= MIN_USES).map(([word]) => word),
    (word) => word.charAt(0),
  )
  const isKnown = (word: string) => stems.has(stemOf(word)) || vocabulary.isStopWord(word) || vocabulary.related([word]).length > 0
  const right = (typed: string) => {
    if (typed.length < MIN_LETTERS - 1 || isKnown(typed)) return typed
    const near = (known.get(typed.charAt(0)) ?? []).filter((word) => isOneSlip(typed, word))
    return near.toSorted((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0))[0] ?? typed
  }
  return (text) => text.replace(/\b[a-z]+\b/g, right)
}

/** One letter left out, added or mistaken, or two neighbours swapped. */
function isOneSlip(typed: string, word: string): boolean {
  if (Math.abs(typed.length - word.length) > 1) return false
  if (distance(typed, word) === 1) return true
  const at = [...typed].findIndex((letter, i) => letter !== word[i])
  return typed.length === word.length && `${typed.slice(0, at)}${typed[at + 1] ?? ''}${typed[at]}${typed.slice(at + 2)}` === word
}
