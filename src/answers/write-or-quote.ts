/** The answer in a chat model's words where there is one and it can be had; quoted where not, with a word on why. */
import type { Corpus, Passage } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import type { Retrieval } from '../retrieval/retriever.ts'
import type { Answer, AnswerEvent, AnswerPart, Asker, Checks, Citation, Outcome, Sentence } from './answer.ts'
import { type AnswerWriter, WriterError, type WriterTrouble } from './answer-writer.ts'
import type { Plan } from './choose-passages.ts'
import { verifyQuotes } from './verify-quotes.ts'

const GIVEN_PASSAGES = 6

export interface WriteOrQuoteRequest {
  /** In English, standing alone. */
  question: string
  history: readonly string[]
  passages: readonly Passage[]
  /** The language of the question; undefined for English. */
  language: string | undefined
}

export interface Made {
  outcome: Outcome
  parts: AnswerPart[]
  citations: Citation[]
  answerer: Answer['answerer']
  checks?: Checks
  /** Whether `onEvent` was told of it already. */
  told: boolean
}

const NOTES: Readonly<Record<WriterTrouble, string>> = {
  'time-out': 'The chat model did not answer in time, so this is quoted from the passages.',
  unreachable: "The chat model can't be reached at the moment, so this is quoted from the passages.",
  refused: 'The chat model refused the request (whoever runs Cairn finds the reason in its log), so this is quoted from the passages.',
  unreadable: "The chat model's reply could not be read, so this is quoted from the passages.",
  budget: "Today's budget for the chat model is used up, so this is quoted from the passages.",
  uncounted: "What the chat model costs can't be counted at the moment, so it is not used and this is quoted from the passages.",
  unverified: 'What the chat model wrote could not be verified in the passages, so this is quoted from them.',
  'no-answer': 'The chat model found no direct answer in the passages; these come closest.',
}

/** What a chat model gets to read: the passages that a quoted answer would use and, where it has to find the answer, the next best. */
export function passagesToGive(plan: Plan, { places }: Understanding, { ranked }: Retrieval): readonly Passage[] {
  if (plan.kind !== 'find' && plan.kind !== 'models') return plan.passages
  const next = ranked.map((each) => each.passage).filter(({ model }) => places.models.length === 0 || places.models.includes(model))
  return [...new Set([...plan.passages, ...next])].slice(0, GIVEN_PASSAGES)
}

export async function writeOrQuote(
  request: WriteOrQuoteRequest,
  writer: AnswerWriter,
  quote: () => Made,
  deps: { corpus: Corpus; asker: Asker; onEvent(event: AnswerEvent): void; onNotice(notice: string): void },
): Promise<Made> {
  const { corpus, asker, onEvent, onNotice } = deps
  let told = false
  try {
    const written = await writer.write(request, asker, (sentence, startsPart) => {
      // What is still to be translated is shown when it is.
      if (request.language !== undefined) return
      if (startsPart && told) onEvent({ type: 'paragraph' })
      told = true
      onEvent({ type: 'sentence', ...sentence })
    })
    const { withdrawn: _, ...verified } = verifyQuotes(written, corpus)
    const parts = request.language === undefined ? verified.parts : await translateParts(verified.parts, request.language, writer, asker)
    return { outcome: 'answered', parts, citations: verified.citations, answerer: writer.name, checks: written.checks, told }
  } catch (error) {
    if (!(error instanceof WriterError)) throw error
    onNotice(`answered without the chat model (${error.trouble}): ${error.message}`)
    const note = NOTES[error.trouble]
    if (told) onEvent({ type: 'withdrawn', reason: note })
    const quoted = quote()
    return {
      ...quoted,
      parts: [...quoted.parts, { sentences: [{ text: note, citations: [] }] }],
      ...(error.checks === undefined ? {} : { checks: error.checks }),
    }
  }
}

/** Quotes stay as they are; what the bot or the model says is translated. */
export async function translateParts(
  parts: readonly AnswerPart[],
  language: string,
  writer: AnswerWriter,
  asker: Asker,
  isQuote: (sentence: Sentence) => boolean = () => false,
): Promise<AnswerPart[]> {
  const own = parts.flatMap((part) => part.sentences).filter((sentence) => !isQuote(sentence))
  const translated = await writer.translate(
    own.map((sentence) => sentence.text),
    language,
    asker,
  )
  const textOf = new Map(own.map((sentence, i) => [sentence, translated[i] ?? sentence.text]))
  return parts.map((part) => ({ ...part, sentences: part.sentences.map((sentence) => ({ ...sentence, text: textOf.get(sentence) ?? sentence.text })) }))
}
