/** The passages that a chat model is given, numbered, with what the check of its sentences needs of them. */
import { isInstruction } from '../answers/guard.ts'
import type { Corpus, Passage } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'
import { stemOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'

export interface GivenPassage {
  /** Its number in the prompt, from 1. */
  number: number
  passage: Passage
  /** What the model sees, and all that can support a sentence of it. */
  text: string
  sentences: readonly GivenSentence[]
  /** Content stems of text and heading path, and what the model is called. */
  stems: ReadonlySet<string>
}

export interface GivenSentence {
  text: string
  stems: ReadonlySet<string>
}

/** Paragraphs that tell a reader what to do with the bot are no text of a maturity model: they are left out, and a passage of nothing else with them. */
export function givePassages(passages: readonly Passage[], corpus: Corpus, vocabulary: Vocabulary): GivenPassage[] {
  const readable = passages.map((passage) => ({ passage, text: withoutInstructions(passage.text) })).filter(({ text }) => text !== '')
  return readable.map(({ passage, text }, i) => {
    const model = corpus.model(passage.model)
    const names = [passage.title, model?.title, model?.shortTitle, ...(model?.aliases ?? []), model?.author, model?.publisher].join(' ')
    return {
      number: i + 1,
      passage,
      text,
      sentences: splitSentences(text).map((sentence) => ({ text: sentence, stems: contentStems(sentence, vocabulary) })),
      stems: new Set([...contentStems(text, vocabulary), ...contentStems(names, vocabulary)]),
    }
  })
}

/** A person may talk like that in a question; a text about maturity has nobody to talk to. */
const SPEAKS_TO_THE_BOT = /\b(?:as|like) you (?:told|said|promised|confirmed|agreed)\b|\btell (?:me|us|them|people|everyone) that\b/i

export function withoutInstructions(text: string): string {
  return text
    .split('\n\n')
    .filter((paragraph) => !splitSentences(paragraph).some((sentence) => isInstruction(sentence) || SPEAKS_TO_THE_BOT.test(sentence)))
    .join('\n\n')
}

/** The stems of the words that carry meaning. */
export function contentStems(text: string, vocabulary: Vocabulary): Set<string> {
  return new Set(wordsOf(text).flatMap((word) => (vocabulary.isStopWord(word) ? [] : [stemOf(word)])))
}
