/** What most scripted models have in common: they find the sentences that fit the question, and restate and translate well. */
import type { ChatScript, Reply } from '../chat-server/chat-script.ts'
import { type ReadPrompt, readPrompt } from './read-prompt.ts'

export interface Sentence {
  text: string
  /** The passage it is from. */
  n: number
}

/** A model that answers from the passages in its own way; other work it does well. */
export function answering(answer: (sentences: readonly Sentence[], prompt: ReadPrompt) => string): ChatScript {
  return (call) => {
    const prompt = readPrompt(call)
    if (prompt.passages.length > 0) return say(answer(bestSentences(prompt), prompt))
    return say(prompt.sentences === '' ? restated(prompt, standAlone(prompt)) : translated(prompt))
  }
}

export const say = (text: string): Reply => ({ kind: 'text', text })
export const cited = ({ text, n }: Sentence) => `${text} [${n}]`

/** As one JSON object where the instructions want one. */
export function restated({ system, question: asked }: ReadPrompt, question: string): string {
  return /\bJSON\b/.test(system) ? JSON.stringify({ language: isGerman(asked) ? 'German' : 'English', question }) : question
}

export function standAlone({ question, history }: ReadPrompt): string {
  const english = isGerman(question) ? inWords(question, (word) => GLOSSARY.find(([, german]) => german === word)?.[0]) : question
  const before = history.split('\n').findLast((line) => line.includes('?'))
  return before === undefined ? english : `${english} (${before.replace(/^\W*(?:\w+\s*:)?\s*/, '').trim()})`
}

/** The words of which a German question to this model is made. */
const GLOSSARY = Object.entries({ which: 'welche', what: 'was', level: 'stufe', needs: 'braucht', the: 'die', and: 'und', are: 'sind', about: 'über' })

const isGerman = (text: string) => wordsOf(text).filter((word) => GLOSSARY.some(([, german]) => german === word)).length >= 2
const inWords = (text: string, other: (word: string) => string | undefined) => text.replace(/\p{L}+/gu, (word) => other(word.toLowerCase()) ?? word)

/** Word for word, as far as the glossary goes; what it lacks, with all figures and names, stays. */
function translated({ sentences, system }: ReadPrompt): string {
  return /\bGerman\b/.test(system) ? inWords(sentences, (word) => GLOSSARY.find(([english]) => english === word)?.[1]) : sentences
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
/** Words of which a question is made, whatever it is about. */
const ASKING = /^(?:the|and|for|are|our|does|how|who|why|can|what|when|which|where|with|need|should|have|that|this|about|from|say|model|level|stage|phase)$/

/** The sentences that share most words with the question, no more than two of a passage, in the passages' order. */
export function bestSentences({ passages, question }: ReadPrompt): Sentence[] {
  const asked = new Set(wordsOf(question).filter((word) => !ASKING.test(word)))
  const shared = ({ text }: Sentence) => new Set(wordsOf(text)).intersection(asked).size
  const best = (sentences: readonly Sentence[]) => sentences.toSorted((a, b) => shared(b) - shared(a))
  const each = passages.flatMap(({ n, text }) => best(sentencesOf(text).map((sentence) => ({ text: sentence, n }))).slice(0, 2))
  return best(each)
    .filter((sentence, index) => index < 2 || (index < 3 && shared(sentence) > 0))
    .toSorted((a, b) => a.n - b.n)
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}\d"“(])/u)
    .map((sentence) => sentence.replace(/^- /, '').trim())
    .filter((sentence) => wordsOf(sentence).length >= 4)
}

/** Puts words before the full stop. */
export const extended = (text: string, addition: string) => text.replace(/[.!?]?$/, ` ${addition}.`)

export const inTurn = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] as T
