/** "Why is zero trust at security level 2?": a question that takes for granted that a level asks for what another one asks for. */
import { type Corpus, levelHeading, type Passage } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'
import type { Understanding } from '../questions/understand.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'

const TAKES_FOR_GRANTED =
  /^\W*(?:and |but |so )?(?:why|how come|for what reason|what(?:'s| is) the (?:reason|rationale|point))\b|\bhow is (?:that|this|it) justified\b/i

/** A word that more of the passages have does not tell where something belongs. */
const MAX_SHARE = 0.4

export interface Misplaced {
  /** One sentence that says where it belongs. */
  correction: string
  passage: Passage
  quote: string
}

/** Looks only at what the question puts at one level of one model, in words that the model uses elsewhere but not there. */
export function findMisplaced({ question, ownStems, places, levels }: Understanding, corpus: Corpus): Misplaced | undefined {
  const model = places.models.length === 1 ? corpus.model(places.models[0] as string) : undefined
  const level = levels.length === 1 ? levels[0]?.number : undefined
  if (model === undefined || level === undefined || !TAKES_FOR_GRANTED.test(question)) return undefined

  const named = places.sections.filter((section) => section.model === model.id)
  const inPlace = (passage: Passage) => passage.model === model.id && (named.length === 0 || named.some((section) => section.section === passage.section))
  const ofModel = corpus.passages
    .filter((passage) => passage.level !== null && inPlace(passage))
    .map((passage) => ({ passage, stems: new Set(stemsOf(wordsOf(`${passage.heading} ${passage.text}`))) }))

  const names = new Set(
    stemsOf(
      wordsOf([model.title, ...model.aliases, ...model.sections.flatMap((section) => [section.title, section.dimension ?? '']), model.levelWord].join(' ')),
    ),
  )
  const shareOf = (stem: string) => ofModel.filter(({ stems }) => stems.has(stem)).length / ofModel.length
  const key = [...new Set(ownStems)].filter((stem) => !names.has(stem) && !/^\d+$/.test(stem) && shareOf(stem) > 0 && shareOf(stem) <= MAX_SHARE)
  if (key.length === 0) return undefined
  if (ofModel.some(({ passage, stems }) => passage.level === level && key.some((stem) => stems.has(stem)))) return undefined
  const home = ofModel.find(({ passage, stems }) => passage.level !== level && key.every((stem) => stems.has(stem)))?.passage
  if (home === undefined) return undefined
  const sentences = splitSentences(home.text)
  const quote = sentences.find((sentence) => key.every((stem) => stemsOf(wordsOf(sentence)).includes(stem))) ?? sentences[0] ?? ''
  return {
    correction: `The ${model.shortTitle} does not put that at ${model.levelWord.toLowerCase()} ${level}, but at ${levelHeading(model, home.level as number)}.`,
    passage: home,
    quote,
  }
}
