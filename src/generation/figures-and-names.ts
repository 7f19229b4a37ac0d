/** Numbers and names are what readers carry away, and what chat models invent: each must stand in the passage. */
import { stemOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'

export const NUMBER_WORDS: Readonly<Record<string, string>> = {
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  fifteen: '15',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  sixty: '60',
  seventy: '70',
  eighty: '80',
  ninety: '90',
  hundred: '100',
  hundreds: '100',
  thousand: '1000',
  thousands: '1000',
  million: '1000000',
  millions: '1000000',
  billion: '1000000000',
  dozen: '12',
  dozens: '12',
  half: '0.5',
  third: '1/3',
  thirds: '1/3',
  quarters: '1/4',
  twice: '2x',
  double: '2x',
  doubles: '2x',
  doubled: '2x',
  triple: '3x',
  triples: '3x',
  tripled: '3x',
  tenfold: '10x',
}

const FIGURE = /\d+(?:[.,]\d+)*(?:\s?(?:%|per ?cent\b))?/gu
/** Which level something is of is checked apart; SLSA counts levels of its own. */
const LEVEL = /(?<!\bSLSA\s(?:Build\s)?)\b(?:levels?|stages?|phases?|version)\s+\d+(?:\.\d+)*(?:\s*(?:,|and|or|to|-|–)\s*\d+\b)*/giu

/** Every figure of a text in one spelling: "1,000" and "a thousand" are "1000", "5 percent" is "5%". "One" is seldom a figure and left out. */
export function figuresIn(whole: string): string[] {
  const text = whole.replace(LEVEL, ' ')
  const digits = [...text.matchAll(FIGURE)].map(([figure]) =>
    figure
      .replace(/,(?=\d{3}\b)/g, '')
      .replace(/\.0+$/, '')
      .replace(/\s?(?:%|per ?cent)$/, '%'),
  )
  const words = wordsOf(text).flatMap((word) => NUMBER_WORDS[word.replace(/'s$/, '')] ?? [])
  return [...new Set([...digits, ...words])]
}

/** A capital, a digit inside, or capitals only: "Argo", "OpenTelemetry", "x509", "SLSA". */
const NAME = /\p{Lu}[\p{L}\p{N}]*(?:['’]s)?|\p{L}+\p{N}[\p{L}\p{N}]*|\p{Ll}+\p{Lu}[\p{L}\p{N}]*/gu
const SENTENCE_START = /^[\s"'“‘(]*$/u
/** Not a name although it may be written large: the parts of a model. */
const PLACE = /^(?:level|stage|phase|step|model|dimension|section|models|levels|stages|phases)$/
/** What sentences begin with although no passage does. */
const CONNECTIVE =
  /^(?:however|moreover|furthermore|meanwhile|therefore|thus|hence|nevertheless|nonetheless|overall|besides|likewise|conversely|altogether|afterwards|alternatively)$/
/** Addresses are names of places that no passage sends anyone to. */
const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|io|org|net|dev|sh|ai|cloud|xyz|example)\b/giu

export interface NameContext {
  vocabulary: Vocabulary
  /** Whether the corpus, or people who speak of it, say this word: then it begins a sentence without being a name. */
  isEverydayWord(stem: string): boolean
  /** Products and organisations of the field, in lower case. */
  isKnownName(word: string): boolean
}

/** The names in a sentence, lower case. */
export function namesIn(sentence: string, { vocabulary, isEverydayWord, isKnownName }: NameContext): string[] {
  const addresses = [...sentence.matchAll(ADDRESS)].map(([address]) => address.toLowerCase())
  const capitalised = [...sentence.matchAll(NAME)].flatMap((match) => {
    const word = match[0].replace(/['’]s$/, '').toLowerCase()
    if (PLACE.test(word) || CONNECTIVE.test(word) || vocabulary.isStopWord(word)) return []
    const begins = SENTENCE_START.test(sentence.slice(0, match.index)) || /[:.]\s+["“]?$/u.test(sentence.slice(0, match.index))
    const plain = /^\p{Lu}?\p{Ll}+$/u.test(match[0].replace(/['’]s$/, ''))
    const everyday = plain && !isKnownName(word) && (isEverydayWord(stemOf(word)) || /(?:ing|ly)$/.test(word))
    return begins && everyday ? [] : [word]
  })
  const lower = wordsOf(sentence).filter((word) => isKnownName(word))
  return [...new Set([...addresses, ...capitalised, ...lower])]
}

/** Whether a name stands in a text, also written out or abbreviated. */
export function standsIn(name: string, stems: ReadonlySet<string>, vocabulary: Vocabulary): boolean {
  const words = wordsOf(name)
  if (words.length === 0) return false
  if (words.every((word) => stems.has(stemOf(word)))) return true
  const writtenOut = vocabulary.expand(words).filter((word) => !vocabulary.isStopWord(word))
  return writtenOut.join(' ') !== words.join(' ') && writtenOut.every((word) => stems.has(stemOf(word)))
}
