/** What a reader would object to in an answer, found without the code that is to prevent it. */
import type { Answer, AnswerEvent } from '../answers/answer.ts'
import type { Corpus } from '../corpus/passage.ts'

const NUMBER_WORDS =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|twice|doubled?)\b/gi
/** A capital inside the sentence, or inside the word. */
const NAMES = /(?<=[\p{Ll}\d,;] )\p{Lu}[\p{L}\p{N}]+|\p{L}*\p{Ll}\p{Lu}[\p{L}\p{N}]*/gu

export interface AnswerFaults {
  /** Markers, also in the text, without a citation, and quotes that their passages don't have. */
  unresolved: string[]
  figures: string[]
  names: string[]
}

export function answerFaults({ parts, citations, text }: Pick<Answer, 'parts' | 'citations' | 'text'>, corpus: Corpus): AnswerFaults {
  const faults: AnswerFaults = { unresolved: [], figures: [], names: [] }
  for (const [marker, n] of text.matchAll(/\[(\d+)\]/g)) if (!citations.some((citation) => citation.n === Number(n))) faults.unresolved.push(marker)
  for (const { passage, quote } of citations) if (quote === '' || !corpus.passage(passage)?.text.includes(quote)) faults.unresolved.push(`“${quote}”`)
  for (const sentence of parts.flatMap((part) => part.sentences)) {
    const cited = sentence.citations.flatMap((n) => citations.find((citation) => citation.n === n) ?? [])
    if (cited.length !== sentence.citations.length) faults.unresolved.push(sentence.text)
    if (cited.length === 0) continue
    const said = cited.map(({ passage, model }) => wordsAbout(passage, model, corpus)).join(' ')
    const has = (word: string) => new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(word.replace(/s$/, ''))}`, 'iu').test(said)
    faults.figures.push(
      ...[...sentence.text.matchAll(/(?<![\p{L}\d])\d+/gu), ...sentence.text.matchAll(NUMBER_WORDS)].map(String).filter((figure) => !has(figure)),
    )
    faults.names.push(...[...sentence.text.matchAll(NAMES)].map(String).filter((name) => !has(name)))
  }
  return faults
}

function wordsAbout(passage: string, model: string, corpus: Corpus): string {
  const { title = '', text = '', level } = corpus.passage(passage) ?? {}
  const { title: name, shortTitle, aliases = [], author, publisher } = corpus.model(model) ?? {}
  return [title, text, level, name, shortTitle, ...aliases, author, publisher].join(' ')
}

/** Sentences that stood on the screen when the answer was done; what was withdrawn before is gone. */
export function shownAtTheEnd(events: readonly AnswerEvent[]): string[] {
  const since = events.findLastIndex((event) => event.type === 'withdrawn')
  return events.slice(since + 1).flatMap((event) => (event.type === 'sentence' ? [event.text] : []))
}
