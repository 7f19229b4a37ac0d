/** The field's abbreviations and everyday words, from `corpus/vocabulary.yaml`. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import * as z from 'zod'
import { stemsOf, wordsOf } from './terms.ts'

const VOCABULARY = fileURLToPath(new URL('../../corpus/vocabulary.yaml', import.meta.url))

const schema = z.strictObject({
  abbreviations: z.record(z.string(), z.array(z.string())),
  everyday: z.record(z.string(), z.array(z.string())),
  stopWords: z.string(),
})

export interface Vocabulary {
  isStopWord(word: string): boolean
  /** The stems of what the words of a question also mean, without the words' own. */
  related(words: readonly string[]): string[]
  /** The words with abbreviations written out: "release and ops" becomes "release and operations". */
  expand(words: readonly string[]): string[]
}

/** Longest phrase, in words, that has an entry. */
const LONGEST_PHRASE = 4

export function loadVocabulary(path: string = VOCABULARY): Vocabulary {
  const { abbreviations, everyday, stopWords } = schema.parse(parse(readFileSync(path, 'utf8')))
  const stops = new Set(wordsOf(stopWords))
  const meanings = new Map<string, string[]>()
  const add = (phrase: string, meaning: string) => {
    const key = keyOf(wordsOf(phrase))
    const stems = stemsOf(wordsOf(meaning).filter((word) => !stops.has(word)))
    meanings.set(key, [...(meanings.get(key) ?? []), ...stems])
  }
  for (const [short, longs] of Object.entries(abbreviations)) {
    for (const long of longs) {
      add(short, long)
      add(long, short)
    }
  }
  for (const [said, meant] of Object.entries(everyday)) for (const meaning of meant) add(said, meaning)

  return {
    expand: (words) => words.flatMap((word) => wordsOf(abbreviations[word]?.[0] ?? word)),
    isStopWord: (word) => stops.has(word),
    related(words) {
      const own = new Set(stemsOf(words))
      const found = new Set<string>()
      for (let length = 1; length <= LONGEST_PHRASE; length++) {
        for (let start = 0; start + length <= words.length; start++) {
          for (const stem of meanings.get(keyOf(words.slice(start, start + length))) ?? []) if (!own.has(stem)) found.add(stem)
        }
      }
      return [...found]
    },
  }
}

/** Phrases meet by their stems, so that "passwords" finds the entry for "password". */
function keyOf(words: readonly string[]): string {
  return stemsOf(words).join(' ')
}
