/** Follow-ups and questions in other languages, put so that search can read them; what the model adds is thrown away. */
import * as z from 'zod'
import type { Restated } from '../answers/answer-writer.ts'
import { isInstruction } from '../answers/guard.ts'
import { wordsOf } from '../retrieval/terms.ts'
import { figuresIn } from './figures-and-names.ts'

const MAX_CHARACTERS = 500
const LANGUAGE = /^\p{L}[\p{L} ()-]{1,30}$/u
/** "Was ist GitOps?" has two words of three that English has too. */
const ENGLISH_SHARE = 0.75
/** Written large, but for the first word. */
const NAME = /(?<=\S\s+["“'(]?)\p{Lu}[\p{L}\p{N}]*/gu

const reply = z.object({
  language: z.string().trim().regex(LANGUAGE),
  question: z.string().trim().min(1).max(MAX_CHARACTERS),
})

/**
 * Undefined when the reply is not in form, is an instruction, or holds a name or a figure that nobody said: what is wrong
 * with a question is said back to whoever asked it.
 * @param said the question and the turns before it
 * @param isKnownWord whether the corpus has it
 */
export function readRestated(text: string, said: string, isKnownWord: (word: string) => boolean): Restated | undefined {
  const parsed = reply.safeParse(jsonIn(text))
  if (!parsed.success || isInstruction(parsed.data.question)) return undefined
  const { question, language } = parsed.data
  const spoken = new Set(wordsOf(said))
  const names = wordsOf((question.match(NAME) ?? []).join(' '))
  if (names.some((word) => !spoken.has(word) && !isKnownWord(word))) return undefined
  if (!/^english\b/i.test(language)) return { question, language }
  // Other languages' number words can't be read.
  return inventsFigure(question, said) ? undefined : { question, language: undefined }
}

/** "The next one" may become a figure one above another; nothing else may appear. */
function inventsFigure(question: string, said: string): boolean {
  const known = figuresIn(said)
  const near = new Set(known.flatMap((figure) => [figure, String(Number(figure) + 1), String(Number(figure) - 1)]))
  return figuresIn(question).some((figure) => !near.has(figure))
}

/** Models like to put JSON into a code fence, or a sentence before it. */
function jsonIn(text: string): unknown {
  const [object] = /\{[\s\S]*\}/.exec(text) ?? []
  if (object === undefined) return undefined
  try {
    return JSON.parse(object)
  } catch {
    return undefined
  }
}

/** Most of its words are ones that the corpus or everyday English knows. A short question of names alone is asked about. */
export function readsAsEnglish(words: readonly string[], knows: (word: string) => boolean): boolean {
  const letters = words.filter((word) => /\p{L}/u.test(word))
  return letters.length === 0 || letters.filter(knows).length / letters.length >= ENGLISH_SHARE
}
