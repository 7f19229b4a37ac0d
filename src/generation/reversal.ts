/** A chat model that repeats a passage's sentence and leaves out, or puts in, a "not" says the opposite in the same words. */
import { stemsOf, wordsOf } from '../retrieval/terms.ts'

const NEGATION =
  /^(?:no|not|never|nobody|none|nothing|neither|nor|without|cannot|lacks?|lacking|missing|absent|hardly|rarely|seldom|instead|except|unlike)$|n't$/
/** So much of the shorter sentence has to stand in the other, in the same order, for the two to be compared word by word. */
const SAME_WORDS = 0.7
const MIN_SAME_WORDS = 4

/** Whether a sentence is nearly one of a passage's, but for a negation. */
export function isReversed(sentence: string, passageSentences: readonly string[]): boolean {
  const own = wordsOf(sentence)
  const compared = passageSentences.map((each) => {
    const said = wordsOf(each)
    return { said, pairs: alignWords(own, said) }
  })
  const nearest = compared.toSorted((a, b) => b.pairs.length - a.pairs.length)[0]
  if (nearest === undefined) return false
  const { said, pairs } = nearest
  if (pairs.length < Math.max(MIN_SAME_WORDS, SAME_WORDS * Math.min(own.length, said.length))) return false
  // Where the passage's sentence says more before and after, that is merely left out.
  const [first, last] = [pairs[0]?.[1] ?? 0, pairs.at(-1)?.[1] ?? 0]
  const added = negations(own, new Set(pairs.map(([i]) => i)), 0, own.length - 1)
  const leftOut = negations(said, new Set(pairs.map(([, j]) => j)), first - 1, last)
  return added !== leftOut
}

function negations(words: readonly string[], shared: ReadonlySet<number>, from: number, to: number): number {
  return words.filter((word, i) => i >= from && i <= to && !shared.has(i) && NEGATION.test(word)).length
}

/** The longest run of words, by their stems, that both have in the same order: pairs of positions. */
function alignWords(own: readonly string[], said: readonly string[]): [number, number][] {
  const [a, b] = [stemsOf(own), stemsOf(said)]
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    const row = longest[i] as Uint16Array
    for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}
