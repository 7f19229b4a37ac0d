/** Puts checked sentences into another language; what can't be checked any more is shown in English. */
import { NUMBER_WORDS } from './figures-and-names.ts'

const LINE = /^\s*(\d{1,3})\s*[:.)]\s*(.+?)\s*$/u
/** Against the English: scripts and languages differ in length, but not without bounds. */
const SHORTEST = 0.2
const LONGEST = 3
/** A name that keeps its spelling in every language: capitals, digits or both inside. */
const FIXED_NAME = /\b(?:\p{Lu}{2,}|\p{L}*\p{Ll}\p{Lu}[\p{L}\p{N}]*)\b/gu
const FIGURE = /\d+(?:[.,\s]\d{3}\b)*(?:[.,]\d+)*/gu
const MARKUP_OR_ADDRESS = /https?:|www\.|[<>[\]]/iu

export function toLines(sentences: readonly string[]): string {
  return sentences.map((sentence, i) => `${i + 1}: ${sentence}`).join('\n')
}

/** One for one; a line that is missing, or differs from the English in a figure or a fixed name, stays English. */
export function readTranslated(text: string, sentences: readonly string[]): string[] {
  const lines = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [, number, sentence] = LINE.exec(line) ?? []
    if (number !== undefined && sentence !== undefined && !lines.has(Number(number))) lines.set(Number(number), sentence)
  }
  return sentences.map((sentence, i) => {
    const translated = lines.get(i + 1)
    return translated !== undefined && saysTheSame(translated, sentence) ? translated : sentence
  })
}

function saysTheSame(translated: string, english: string): boolean {
  const share = [...translated].length / [...english].length
  if (share < SHORTEST || share > LONGEST || MARKUP_OR_ADDRESS.test(translated)) return false
  const [said, given] = [figures(translated), figures(english)]
  // "Three" may become "3".
  const spelled = new Set((english.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((word) => NUMBER_WORDS[word] ?? []))
  if (!given.isSubsetOf(said) || !said.isSubsetOf(given.union(spelled))) return false
  const names = (text: string) => new Set(text.match(FIXED_NAME) ?? [])
  return names(english).isSubsetOf(names(translated)) && names(translated).isSubsetOf(names(english))
}

/** Thousands and decimals are marked differently from language to language: the digits count. */
function figures(text: string): Set<string> {
  return new Set((text.normalize('NFKC').match(FIGURE) ?? []).map((figure) => figure.replace(/\D/gu, '')))
}
